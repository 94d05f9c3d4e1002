//! `revenue-trend`: the revenue of every day of a range.

use jiff::{ToSpan, civil::Date};
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    DashboardError, Scope,
    revenue::{paid_within, sum},
    selection::days_between,
};

/// The revenue of each day from `from` to `dataUntil`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RevenueTrend {
    /// The selected lecture; null for all lectures.
    pub lecture_id: Option<String>,
    /// The title of the selected lecture; null for all lectures.
    pub title: Option<String>,
    /// The first day of the selected range.
    pub from: Date,
    /// The last day of the selected range.
    pub to: Date,
    /// The last day of the range that is counted: `to`, or the day of the published run if that is earlier.
    /// Null if the whole range lies after the published run.
    pub data_until: Option<Date>,
    /// What was paid in the range, in KRW.
    pub total: i64,
    /// One point for each day from `from` to `dataUntil`, also for those without revenue.
    pub points: Vec<TrendPoint>,
}

/// One day of [`RevenueTrend`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TrendPoint {
    /// The calendar day in Asia/Seoul.
    pub day: Date,
    /// What was paid on the day, in KRW.
    pub amount: i64,
}

impl RevenueTrend {
    /// Computes the chart of the lectures and the range in scope. A day after the published run is no
    /// point: nothing is known of it, which is not the same as no revenue.
    ///
    /// # Errors
    /// [`DashboardError::RevenueOverflow`].
    pub fn compute(scope: &Scope<'_>) -> Result<Self, DashboardError> {
        let until = scope.to.min(scope.day);
        let days = scope.from.series(1.day()).take_while(|day| *day <= until);
        let mut points: Vec<TrendPoint> = days.map(|day| TrendPoint { day, amount: 0 }).collect();
        for paid in scope.lectures().flat_map(|lecture| paid_within(lecture, scope.from, until)) {
            let index = usize::try_from(days_between(scope.from, paid.day)).unwrap_or(usize::MAX);
            if let Some(point) = points.get_mut(index) {
                point.amount = sum([point.amount, paid.amount])?;
            }
        }
        Ok(Self {
            lecture_id: scope.lecture.map(|lecture| lecture.lecture_id.clone()),
            title: scope.lecture.map(|lecture| lecture.title.clone()),
            from: scope.from,
            to: scope.to,
            data_until: points.last().map(|point| point.day),
            total: sum(points.iter().map(|point| point.amount))?,
            points,
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::dashboard::{
        Selection,
        fixtures::{Described, any_lecturer, lecture, lecturer},
    };
    use crate::generation::numbers::LecturerNumbers;

    const DAY: Date = date(2025, 9, 3);

    fn trend(numbers: &LecturerNumbers, lecture: Option<&str>, from: Date, to: Date) -> RevenueTrend {
        let lecture_id = lecture.map(str::to_owned);
        let selection = Selection { lecture_id, from: Some(from), to: Some(to) };
        RevenueTrend::compute(&selection.resolve(numbers, DAY).unwrap()).unwrap()
    }

    fn two_lectures() -> LecturerNumbers {
        lecturer(vec![
            lecture("a").paid(date(2025, 9, 1), 100).paid(DAY, 5),
            lecture("b").paid(date(2025, 9, 1), 40),
        ])
    }

    fn amounts(trend: &RevenueTrend) -> Vec<i64> {
        trend.points.iter().map(|point| point.amount).collect()
    }

    #[test]
    fn every_day_has_a_point_and_lectures_add_up() {
        let all = trend(&two_lectures(), None, date(2025, 8, 31), DAY);
        assert_eq!(amounts(&all), [0, 140, 0, 5]);
        assert_eq!((all.total, all.lecture_id), (145, None));
    }

    #[test]
    fn one_lecture_shows_only_its_own_revenue() {
        let one = trend(&two_lectures(), Some("b"), date(2025, 9, 1), DAY);
        assert_eq!(amounts(&one), [40, 0, 0]);
        assert_eq!((one.total, one.lecture_id.as_deref()), (40, Some("b")));
    }

    #[test]
    fn days_after_the_published_run_are_no_points() {
        let ahead = trend(&two_lectures(), None, date(2025, 9, 3), date(2025, 9, 9));
        assert_eq!((amounts(&ahead), ahead.data_until), (vec![5], Some(DAY)));
        assert_eq!(ahead.to, date(2025, 9, 9));
    }

    #[test]
    fn a_range_wholly_after_the_published_run_has_no_data() {
        let future = trend(&two_lectures(), None, date(2025, 9, 4), date(2025, 9, 9));
        assert_eq!((future.points.len(), future.data_until, future.total), (0, None, 0));
    }

    #[test]
    fn a_leap_year_has_366_points() {
        let year = trend(&two_lectures(), None, date(2024, 1, 1), date(2024, 12, 31));
        assert_eq!(year.points.len(), 366);
    }

    proptest! {
        #[test]
        fn points_sum_to_the_revenue_of_the_range(
            numbers in any_lecturer(DAY), begin in 0_i32..500, length in 0_i32..366
        ) {
            let from = DAY.saturating_sub(begin.days());
            let to = from.saturating_add(length.days());
            let trend = trend(&numbers, None, from, to);
            let paid = numbers.lectures.iter().flat_map(|lecture| &lecture.revenue);
            let within: i64 =
                paid.filter(|paid| paid.day >= from && paid.day <= to).map(|paid| paid.amount).sum();
            prop_assert_eq!(trend.points.iter().map(|point| point.amount).sum::<i64>(), within);
            prop_assert_eq!(trend.total, within);
        }
    }
}
