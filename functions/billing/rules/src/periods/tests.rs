use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn starts(first: Date, periods: usize) -> Vec<String> {
    let anchor = Anchor::of(first);
    let mut period = Period::beginning(first, anchor);
    let mut starts = vec![period.start.to_string()];
    for _ in 1..periods {
        period = period.next(anchor);
        starts.push(period.start.to_string());
    }
    starts
}

#[test]
fn the_31st_comes_back_after_a_short_month() {
    let expected = ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"];
    assert_eq!(starts(date(2027, 1, 31), 5), expected);
}

#[test]
fn a_leap_year_has_its_29th() {
    assert_eq!(starts(date(2028, 1, 30), 3), ["2028-01-30", "2028-02-29", "2028-03-30"]);
    assert_eq!(starts(date(2028, 2, 29), 3), ["2028-02-29", "2028-03-29", "2028-04-29"]);
    assert_eq!(starts(date(2100, 1, 29), 2), ["2100-01-29", "2100-02-28"]);
}

#[test]
fn a_year_ends_in_the_middle_of_a_period() {
    let period = Period::beginning(date(2026, 12, 15), Anchor::of(date(2026, 12, 15)));
    assert_eq!(period.end, date(2027, 1, 15));
}

#[test]
fn the_last_day_there_is_ends_a_period_without_an_error() {
    let period = Period::beginning(Date::MAX, Anchor::of(Date::MAX));
    assert_eq!(period.end, Date::MAX);
}

#[test]
fn a_stored_anchor_is_a_day_of_a_month() {
    assert!(serde_json::from_str::<Anchor>("31").is_ok());
    assert!(serde_json::from_str::<Anchor>("0").is_err());
    assert!(serde_json::from_str::<Anchor>("32").is_err());
}

fn days() -> impl Strategy<Value = Date> {
    (0..146_097_i64).prop_map(|days| date(2000, 1, 1).saturating_add(Span::new().days(days)))
}

/// More periods than a hundred years have.
const A_CENTURY: usize = 100 * 12 + 1;

#[test]
fn the_31st_is_kept_through_every_february_of_a_century() {
    let starts = starts(date(2027, 1, 31), A_CENTURY);
    let of_month = |month: usize| starts.iter().skip(month - 1).step_by(12);
    assert!(of_month(1).all(|start| start.ends_with("-01-31")));
    assert!(of_month(3).all(|start| start.ends_with("-03-31")));
    let leap_years = of_month(2).filter(|start| start.ends_with("-02-29")).count();
    let other_years = of_month(2).filter(|start| start.ends_with("-02-28")).count();
    // 2028, 2032 … 2124, without 2100.
    assert_eq!((leap_years, other_years), (24, 76));
}

proptest! {
    /// The n-th period begins n calendar months after the first, as jiff adds months: on the same day, or on the
    /// month's last. Nothing of the way there is left in it.
    #[test]
    fn the_nth_period_begins_n_months_after_the_first(first in days()) {
        let anchor = Anchor::of(first);
        let mut period = Period::beginning(first, anchor);
        for months in 0..A_CENTURY {
            prop_assert_eq!(period.start, first.saturating_add(Span::new().months(months as i64)));
            period = period.next(anchor);
        }
    }

    /// Counted day by day over a century: periods neither overlap nor leave a day out, and each is a month long.
    #[test]
    fn periods_leave_out_no_day_and_count_none_twice(first in days()) {
        let anchor = Anchor::of(first);
        let mut period = Period::beginning(first, anchor);
        let mut days = 0;
        for _ in 0..A_CENTURY {
            prop_assert!(period.start < period.end);
            let length = period.start.until(period.end).unwrap().get_days();
            prop_assert!((28..=31).contains(&length), "{} days", length);
            days += length;
            let next = period.next(anchor);
            prop_assert_eq!(period.end, next.start);
            period = next;
        }
        prop_assert_eq!(days, first.until(period.start).unwrap().get_days());
    }
}
