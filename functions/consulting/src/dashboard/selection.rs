//! What the caller asks to see, and what that means on the day of the published run.

use jiff::{ToSpan, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{DashboardError, RevenueShare};
use crate::generation::numbers::{LectureNumbers, LecturerNumbers};

/// Days that a range may have at most, first and last counted: a leap year.
pub const MAX_RANGE_DAYS: i64 = 366;

/// Days of the range if the caller does not say where it begins, first and last counted.
pub const DEFAULT_RANGE_DAYS: i64 = 30;

/// The filters of a dashboard, as they come in the query.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Selection {
    /// The lecture that `revenue-trend` and `progress-groups` are drawn of; all lectures if absent.
    pub lecture_id: Option<String>,
    /// First day of `revenue-trend`; 29 days before `to` if absent.
    pub from: Option<Date>,
    /// Last day of `revenue-trend`; the day of the published run if absent.
    pub to: Option<Date>,
}

/// A [`Selection`] that has been checked against one lecturer's numbers.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// Everything that is known of the lecturer.
    pub numbers: &'a LecturerNumbers,
    /// The selected lecture, or all.
    pub lecture: Option<&'a LectureNumbers>,
    /// The day of the published run: nothing is known of later days.
    pub day: Date,
    /// First day of the range.
    pub from: Date,
    /// Last day of the range; it may be after `day`.
    pub to: Date,
}

impl Selection {
    /// Checks the selection against `numbers` as of `day`, the day of the published run.
    ///
    /// # Errors
    /// [`DashboardError::InvalidRange`] if the range ends before it begins,
    /// [`DashboardError::RangeTooLong`] beyond [`MAX_RANGE_DAYS`],
    /// [`DashboardError::LectureNotFound`] if the lecture is not among the lecturer's.
    pub fn resolve<'a>(&self, numbers: &'a LecturerNumbers, day: Date) -> Result<Scope<'a>, DashboardError> {
        let (from, to) = self.range(day)?;
        Ok(Scope { numbers, lecture: self.find_lecture(numbers)?, day, from, to })
    }

    /// Gives the earliest day of which any chart shows the revenue, `day` being that of the published run:
    /// the numbers have to be at hand from then on.
    ///
    /// # Errors
    /// [`DashboardError::InvalidRange`] and [`DashboardError::RangeTooLong`].
    pub fn first_day(&self, day: Date) -> Result<Date, DashboardError> {
        let (from, _) = self.range(day)?;
        Ok(from.min(day.first_of_month()).min(RevenueShare::first_day(day)))
    }

    fn range(&self, day: Date) -> Result<(Date, Date), DashboardError> {
        let to = self.to.unwrap_or(day);
        let from = self.from.unwrap_or_else(|| to.saturating_sub((DEFAULT_RANGE_DAYS - 1).days()));
        if from > to {
            return Err(DashboardError::InvalidRange { from, to });
        }
        match days_between(from, to) + 1 {
            days if days > MAX_RANGE_DAYS => Err(DashboardError::RangeTooLong { days }),
            _ => Ok((from, to)),
        }
    }

    fn find_lecture<'a>(
        &self,
        numbers: &'a LecturerNumbers,
    ) -> Result<Option<&'a LectureNumbers>, DashboardError> {
        let Some(lecture_id) = &self.lecture_id else { return Ok(None) };
        let found = numbers.lectures.iter().find(|lecture| lecture.lecture_id == *lecture_id);
        found.map(Some).ok_or_else(|| DashboardError::LectureNotFound { lecture_id: lecture_id.clone() })
    }
}

impl<'a> Scope<'a> {
    /// Gives the selected lecture alone, or every lecture.
    pub fn lectures(&self) -> impl Iterator<Item = &'a LectureNumbers> + Clone {
        let all = if self.lecture.is_none() { self.numbers.lectures.as_slice() } else { &[] };
        self.lecture.into_iter().chain(all)
    }
}

/// Gives how many days `later` comes after `earlier`.
pub(super) fn days_between(earlier: Date, later: Date) -> i64 {
    earlier.duration_until(later).as_hours() / 24
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::dashboard::fixtures::{Described, lecture, lecturer};

    const DAY: Date = date(2025, 9, 7);

    fn range(from: Option<Date>, to: Option<Date>) -> Result<(Date, Date), DashboardError> {
        let numbers = LecturerNumbers::default();
        let selection = Selection { lecture_id: None, from, to };
        selection.resolve(&numbers, DAY).map(|scope| (scope.from, scope.to))
    }

    #[test]
    fn without_a_range_the_last_30_days_are_shown() {
        assert_eq!(range(None, None), Ok((date(2025, 8, 9), DAY)));
    }

    #[test]
    fn without_a_start_the_range_begins_29_days_before_its_end() {
        assert_eq!(range(None, Some(date(2025, 3, 30))), Ok((date(2025, 3, 1), date(2025, 3, 30))));
    }

    #[test]
    fn one_day_is_a_range() {
        assert_eq!(range(Some(DAY), Some(DAY)), Ok((DAY, DAY)));
    }

    #[test]
    fn a_start_after_the_end_is_refused_even_if_the_end_is_a_default() {
        let from = date(2025, 9, 8);
        assert_eq!(range(Some(from), None), Err(DashboardError::InvalidRange { from, to: DAY }));
    }

    #[test]
    fn a_range_of_366_days_is_allowed_and_one_of_367_is_not() {
        let from = date(2024, 1, 1);
        assert!(range(Some(from), Some(date(2024, 12, 31))).is_ok());
        assert_eq!(
            range(Some(from), Some(date(2025, 1, 1))),
            Err(DashboardError::RangeTooLong { days: 367 })
        );
    }

    #[test]
    fn the_longest_conceivable_range_is_refused_like_any_other() {
        let refused = range(Some(Date::MIN), Some(Date::MAX));
        assert!(matches!(refused, Err(DashboardError::RangeTooLong { .. })), "{refused:?}");
        assert_eq!(range(None, Some(Date::MIN)), Ok((Date::MIN, Date::MIN)));
    }

    #[test]
    fn revenue_is_read_from_the_first_day_that_any_chart_shows() {
        let first_day = |from, day| Selection { from, ..Selection::default() }.first_day(day).unwrap();
        assert_eq!(first_day(Some(date(2025, 6, 1)), DAY), date(2025, 6, 1), "the trend");
        assert_eq!(first_day(Some(date(2025, 9, 6)), date(2025, 9, 8)), date(2025, 9, 1), "the month");
        assert_eq!(first_day(Some(date(2025, 9, 2)), date(2025, 9, 2)), date(2025, 8, 27), "the week");
    }

    #[test]
    fn a_lecture_is_found_by_its_id_and_never_by_its_title() {
        let numbers = lecturer(vec![lecture("all").titled("Rust"), lecture("lec-1").titled("all")]);
        let chosen = |id: &str| {
            let selection = Selection { lecture_id: Some(id.to_owned()), ..Selection::default() };
            selection
                .resolve(&numbers, DAY)
                .map(|scope| scope.lectures().map(|lecture| lecture.title.clone()).collect::<Vec<_>>())
        };
        assert_eq!(chosen("all"), Ok(vec!["Rust".to_owned()]));
        assert_eq!(chosen("lec-1"), Ok(vec!["all".to_owned()]));
        let lecture_id = "Rust".to_owned();
        assert_eq!(chosen("Rust"), Err(DashboardError::LectureNotFound { lecture_id }));
    }

    #[test]
    fn without_a_lecture_all_are_in_scope() {
        let numbers = lecturer(vec![lecture("a"), lecture("b")]);
        let scope = Selection::default().resolve(&numbers, DAY).unwrap();
        assert_eq!(scope.lectures().count(), 2);
    }
}
