//! Sums of what was paid: checked, per lecture, over a range of days.

use std::cmp::Reverse;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::{DashboardError, Percent, percent};
use crate::generation::numbers::{DayRevenue, LectureNumbers, LecturerNumbers};

/// What one lecture earned in a range of days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LectureRevenue {
    /// The key of the lecture.
    pub lecture_id: String,
    /// The title as the lecture platform has it; not unique.
    pub title: String,
    /// What was paid in the range, in KRW.
    pub amount: i64,
    /// The part of the range's total, in percent. The shares of all items sum to exactly 100, or are all 0
    /// if nothing was paid.
    pub share: Percent,
}

/// Gives the lecture's revenue on the days `from` to `to`, both included.
pub(super) fn paid_within(lecture: &LectureNumbers, from: Date, to: Date) -> &[DayRevenue] {
    let begin = lecture.revenue.partition_point(|paid| paid.day < from);
    let end = lecture.revenue.partition_point(|paid| paid.day <= to);
    lecture.revenue.get(begin..end).unwrap_or_default()
}

/// Adds up amounts of money.
pub(super) fn sum(amounts: impl IntoIterator<Item = i64>) -> Result<i64, DashboardError> {
    amounts.into_iter().try_fold(0_i64, i64::checked_add).ok_or(DashboardError::RevenueOverflow)
}

/// Gives each amount's share of their sum (see [`percent::shares`]).
pub(super) fn shares(amounts: impl IntoIterator<Item = i64>) -> Vec<Percent> {
    // Revenue is never negative: a refund removes a payment instead of adding one below zero.
    let parts = amounts.into_iter().map(|amount| u64::try_from(amount).unwrap_or(0));
    percent::shares(&parts.collect::<Vec<_>>())
}

/// Gives the total of the range, and what each lecture earned in it: the greatest amount first, equal ones
/// in the order of their ids.
pub(super) fn rank_lectures(
    numbers: &LecturerNumbers,
    from: Date,
    to: Date,
) -> Result<(i64, Vec<LectureRevenue>), DashboardError> {
    let mut earned = Vec::with_capacity(numbers.lectures.len());
    for lecture in &numbers.lectures {
        earned.push((sum(paid_within(lecture, from, to).iter().map(|paid| paid.amount))?, lecture));
    }
    earned.sort_by_key(|(amount, lecture)| (Reverse(*amount), &lecture.lecture_id));
    let shares = shares(earned.iter().map(|(amount, _)| *amount));
    let total = sum(earned.iter().map(|(amount, _)| *amount))?;
    let ranked = earned.into_iter().zip(shares).map(|((amount, lecture), share)| LectureRevenue {
        lecture_id: lecture.lecture_id.clone(),
        title: lecture.title.clone(),
        amount,
        share,
    });
    Ok((total, ranked.collect()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::dashboard::fixtures::{Described, lecture, lecturer};

    #[test]
    fn both_ends_of_a_range_count() {
        let days = [1, 2, 3, 4].map(|day| date(2025, 9, day));
        let lecture = days.iter().fold(lecture("a"), |lecture, day| lecture.paid(*day, 10));
        assert_eq!(paid_within(&lecture, days[1], days[2]).len(), 2);
        assert_eq!(paid_within(&lecture, date(2025, 9, 5), date(2025, 9, 9)).len(), 0);
    }

    #[test]
    fn lectures_of_one_title_stay_apart_and_equal_amounts_go_by_id() {
        let day = date(2025, 9, 1);
        let numbers = lecturer(vec![
            lecture("b").titled("Rust").paid(day, 500),
            lecture("a").titled("Rust").paid(day, 500),
            lecture("c").titled("Rust").paid(day, 1_000),
        ]);
        let (total, ranked) = rank_lectures(&numbers, day, day).unwrap();
        assert_eq!(total, 2_000);
        let ids: Vec<_> = ranked.iter().map(|item| (item.lecture_id.as_str(), item.amount)).collect();
        assert_eq!(ids, [("c", 1_000), ("a", 500), ("b", 500)]);
    }

    #[test]
    fn a_sum_beyond_the_range_of_money_is_an_error_and_never_a_wrong_number() {
        let day = date(2025, 9, 1);
        let numbers = lecturer(vec![lecture("a").paid(day, i64::MAX), lecture("b").paid(day, 1)]);
        assert_eq!(rank_lectures(&numbers, day, day), Err(DashboardError::RevenueOverflow));
    }
}
