//! `revenue-share`: how the lectures share the revenue of each of the last seven days.

use std::collections::HashMap;

use jiff::{ToSpan, civil::Date};
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    DashboardError, LectureRevenue, Percent,
    revenue::{paid_within, rank_lectures, shares, sum},
};
use crate::generation::numbers::{LectureNumbers, LecturerNumbers};

/// The last seven days, the day of the published run included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RevenueShare {
    /// The first of the seven days.
    pub from: Date,
    /// The last of the seven days: the day of the published run.
    pub to: Date,
    /// What was paid in the seven days, in KRW.
    pub total: i64,
    /// The lectures that earned something in the seven days, the greatest amount first.
    pub lectures: Vec<LectureRevenue>,
    /// The seven days in their order, also those without revenue.
    pub days: Vec<DayShares>,
}

/// One day of [`RevenueShare`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DayShares {
    /// The calendar day in Asia/Seoul.
    pub day: Date,
    /// What was paid on the day, in KRW.
    pub total: i64,
    /// The lectures that earned something on the day, in the order of [`RevenueShare::lectures`].
    pub items: Vec<LectureShare>,
}

/// What one lecture earned on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LectureShare {
    /// The key of the lecture.
    pub lecture_id: String,
    /// What was paid on the day, in KRW; greater than 0.
    pub amount: i64,
    /// The part of the day's total, in percent. The shares of a day's items sum to exactly 100.
    pub share: Percent,
}

impl RevenueShare {
    /// The first of the seven days up to `day`.
    pub(super) fn first_day(day: Date) -> Date {
        day.saturating_sub(6.days())
    }

    /// Computes the chart as of `day`.
    ///
    /// # Errors
    /// [`DashboardError::RevenueOverflow`].
    pub fn compute(numbers: &LecturerNumbers, day: Date) -> Result<Self, DashboardError> {
        let from = Self::first_day(day);
        let (total, mut lectures) = rank_lectures(numbers, from, day)?;
        lectures.retain(|lecture| lecture.amount > 0);
        let by_id: HashMap<&str, &LectureNumbers> =
            numbers.lectures.iter().map(|lecture| (lecture.lecture_id.as_str(), lecture)).collect();
        let ranked: Vec<&LectureNumbers> =
            lectures.iter().filter_map(|earner| by_id.get(earner.lecture_id.as_str()).copied()).collect();
        let days = from.series(1.day()).take_while(|each| *each <= day);
        let days = days.map(|each| share_day(&ranked, each)).collect::<Result<_, _>>()?;
        Ok(Self { from, to: day, total, lectures, days })
    }
}

fn share_day(ranked: &[&LectureNumbers], day: Date) -> Result<DayShares, DashboardError> {
    let paid: Vec<(&str, i64)> = ranked
        .iter()
        .flat_map(|lecture| {
            paid_within(lecture, day, day).iter().map(|paid| (lecture.lecture_id.as_str(), paid.amount))
        })
        .collect();
    let total = sum(paid.iter().map(|(_, amount)| *amount))?;
    let shares = shares(paid.iter().map(|(_, amount)| *amount));
    let items = paid.into_iter().zip(shares).map(|((lecture_id, amount), share)| LectureShare {
        lecture_id: lecture_id.to_owned(),
        amount,
        share,
    });
    Ok(DayShares { day, total, items: items.collect() })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::dashboard::fixtures::{Described, any_lecturer, lecture, lecturer};

    const DAY: Date = date(2025, 9, 2);

    #[test]
    fn seven_days_end_with_the_day_of_the_run_across_a_month() {
        let numbers = lecturer(vec![
            lecture("a").paid(date(2025, 8, 26), 1).paid(date(2025, 8, 27), 100),
            lecture("b").paid(date(2025, 8, 27), 300).paid(DAY, 50),
        ]);
        let chart = RevenueShare::compute(&numbers, DAY).unwrap();
        assert_eq!(chart.total, 450);
        assert_eq!(chart.days.len(), 7);
        assert_eq!((chart.days[0].day, chart.days[6].day), (date(2025, 8, 27), DAY));
        let first: Vec<_> =
            chart.days[0].items.iter().map(|item| (&*item.lecture_id, item.share.hundredths())).collect();
        assert_eq!(first, [("b", 7_500), ("a", 2_500)]);
        assert_eq!((chart.days[1].total, chart.days[1].items.len()), (0, 0));
    }

    #[test]
    fn a_lecture_without_revenue_in_the_week_is_left_out() {
        let numbers = lecturer(vec![lecture("a"), lecture("b").paid(DAY, 50)]);
        let chart = RevenueShare::compute(&numbers, DAY).unwrap();
        assert_eq!(chart.lectures.len(), 1);
        assert_eq!(chart.lectures[0].lecture_id, "b");
    }

    proptest! {
        #[test]
        fn days_sum_to_the_week_and_their_shares_to_100(numbers in any_lecturer(DAY)) {
            let chart = RevenueShare::compute(&numbers, DAY).unwrap();
            prop_assert_eq!(chart.days.iter().map(|day| day.total).sum::<i64>(), chart.total);
            for day in chart.days.iter().filter(|day| day.total > 0) {
                prop_assert_eq!(day.items.iter().map(|item| item.amount).sum::<i64>(), day.total);
                let shares: u32 = day.items.iter().map(|item| u32::from(item.share.hundredths())).sum();
                prop_assert_eq!(shares, 10_000);
            }
        }
    }
}
