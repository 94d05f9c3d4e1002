//! `monthly-revenue`: what this month has brought so far, and which lecture brought it.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::{DashboardError, LectureRevenue, revenue::rank_lectures};
use crate::generation::numbers::LecturerNumbers;

/// The revenue of the calendar month of the published run's day, up to that day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MonthlyRevenue {
    /// The month, `YYYY-MM`.
    pub month: String,
    /// The first day of the month.
    pub from: Date,
    /// The day of the published run: the last day that is counted.
    pub to: Date,
    /// What was paid in the month so far, in KRW.
    pub total: i64,
    /// One entry for each lecture, also for those without revenue; the greatest amount first.
    pub items: Vec<LectureRevenue>,
}

impl MonthlyRevenue {
    /// Computes the chart as of `day`. Nothing of the month before is in it, whatever this month sold.
    ///
    /// # Errors
    /// [`DashboardError::RevenueOverflow`].
    pub fn compute(numbers: &LecturerNumbers, day: Date) -> Result<Self, DashboardError> {
        let from = day.first_of_month();
        let (total, items) = rank_lectures(numbers, from, day)?;
        let month = format!("{:04}-{:02}", day.year(), day.month());
        Ok(Self { month, from, to: day, total, items })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::dashboard::{
        Percent,
        fixtures::{Described, any_lecturer, lecture, lecturer},
    };

    #[test]
    fn only_this_month_counts() {
        let numbers = lecturer(vec![
            lecture("a").paid(date(2025, 8, 31), 900).paid(date(2025, 9, 1), 30),
            lecture("b").paid(date(2025, 9, 7), 10),
        ]);
        let chart = MonthlyRevenue::compute(&numbers, date(2025, 9, 7)).unwrap();
        insta::assert_json_snapshot!(chart, @r#"
        {
          "month": "2025-09",
          "from": "2025-09-01",
          "to": "2025-09-07",
          "total": 40,
          "items": [
            {
              "lectureId": "a",
              "title": "a",
              "amount": 30,
              "share": 75.0
            },
            {
              "lectureId": "b",
              "title": "b",
              "amount": 10,
              "share": 25.0
            }
          ]
        }
        "#);
    }

    #[test]
    fn a_lecture_that_sold_nothing_this_month_is_there_with_nothing() {
        let numbers = lecturer(vec![lecture("a").paid(date(2025, 8, 31), 900)]);
        let chart = MonthlyRevenue::compute(&numbers, date(2025, 9, 1)).unwrap();
        assert_eq!((chart.total, chart.items[0].amount, chart.items[0].share), (0, 0, Percent::default()));
    }

    proptest! {
        #[test]
        fn amounts_sum_to_the_total_and_shares_to_100(numbers in any_lecturer(date(2025, 9, 30))) {
            let chart = MonthlyRevenue::compute(&numbers, date(2025, 9, 30)).unwrap();
            prop_assert_eq!(chart.items.iter().map(|item| item.amount).sum::<i64>(), chart.total);
            let shares: u32 = chart.items.iter().map(|item| u32::from(item.share.hundredths())).sum();
            prop_assert_eq!(shares, if chart.total > 0 { 10_000 } else { 0 });
        }
    }
}
