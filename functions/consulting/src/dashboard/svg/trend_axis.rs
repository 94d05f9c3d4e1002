//! The time axis of a trend: where a day stands, and which days are marked.

use jiff::{ToSpan, civil::Date};

use super::{
    Language, dates,
    lettering::{Anchor, Lettering},
    picture::{Area, Picture},
};
use crate::dashboard::selection::days_between;

/// An axis of the days `from` to `to`.
#[derive(Clone, Copy)]
pub(super) struct TrendAxis {
    from: Date,
    to: Date,
}

/// From this many days on, months are marked instead of days.
const DAYS_OF_MONTH_MARKS: i64 = 93;

/// Marks that an axis has at most; this many labels stand side by side without touching.
const MOST_MARKS: usize = 10;

impl TrendAxis {
    pub(super) const fn new(from: Date, to: Date) -> Self {
        Self { from, to }
    }

    /// Gives where a day stands from left to right; a single day stands in the middle.
    pub(super) fn x(self, day: Date, plot: Area) -> f64 {
        let whole = days_between(self.from, self.to);
        if whole == 0 {
            return plot.centre().0;
        }
        plot.left + plot.width * lossless(days_between(self.from, day)) / lossless(whole)
    }

    /// Draws the marked days under the plot.
    pub(super) fn draw(self, picture: &mut Picture, plot: Area) {
        for (day, label) in self.marks(picture.style.language) {
            let x = self.x(day, plot);
            picture.rule((x, plot.bottom()), (x, plot.bottom() + 5.0));
            picture.text((x, plot.bottom() + 20.0), Lettering::Remark, Anchor::Middle, &label);
        }
    }

    /// Gives the marked days with their labels.
    fn marks(self, language: Language) -> Vec<(Date, String)> {
        if days_between(self.from, self.to) >= DAYS_OF_MONTH_MARKS {
            let months = self.months();
            let step = if months.len() > 7 { 2 } else { 1 };
            return months.into_iter().step_by(step).map(|day| (day, dates::month(day, language))).collect();
        }
        self.days().into_iter().map(|day| (day, dates::short(day, language))).collect()
    }

    /// Gives the first days of the months in the range.
    fn months(self) -> Vec<Date> {
        let first = self.from.first_of_month();
        let months = first.series(1.month()).skip_while(|day| *day < self.from);
        months.take_while(|day| *day <= self.to).collect()
    }

    /// Gives days at equal distances, counted back from the last, which readers look for first.
    fn days(self) -> Vec<Date> {
        let all: Vec<Date> = self.from.series(1.day()).take_while(|day| *day <= self.to).collect();
        let step = [1, 2, 3, 7, 14].into_iter().find(|step| all.len().div_ceil(*step) <= MOST_MARKS);
        all.into_iter().rev().step_by(step.unwrap_or(14)).collect()
    }
}

/// A range has no more days than an `i32` holds.
fn lossless(days: i64) -> f64 {
    f64::from(i32::try_from(days).unwrap_or(i32::MAX))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn labels(from: Date, to: Date) -> Vec<String> {
        TrendAxis::new(from, to).marks(Language::English).into_iter().map(|(_, label)| label).collect()
    }

    #[test]
    fn a_week_marks_every_day_and_a_month_every_third() {
        assert_eq!(labels(date(2025, 9, 1), date(2025, 9, 7)).len(), 7);
        let month = labels(date(2025, 8, 9), date(2025, 9, 7));
        assert_eq!((month.len(), month[0].as_str()), (10, "7 Sep"));
    }

    #[test]
    fn a_year_marks_every_second_month() {
        assert_eq!(
            labels(date(2024, 9, 7), date(2025, 9, 7)),
            ["Oct 2024", "Dec 2024", "Feb 2025", "Apr 2025", "Jun 2025", "Aug 2025"]
        );
    }

    #[test]
    fn no_range_has_more_marks_than_have_room() {
        let from = date(2024, 1, 1);
        for days in 0..366 {
            let marks = labels(from, from.saturating_add(days.days()));
            assert!(!marks.is_empty() && marks.len() <= MOST_MARKS, "{days} days: {marks:?}");
        }
    }
}
