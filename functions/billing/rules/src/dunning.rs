//! On which days a declined charge is tried again.

use jiff::{Span, civil::Date};

/// The days of the retries, counted from the one on which the charge was first sent. The rule of the product.
pub const DAYS: [i8; 4] = [1, 3, 5, 7];

/// The first day of a retry after `today`; `None` when there is none left.
///
/// `begun_on` is the day on which the period's charge was first sent. It is the due day, unless billing was down:
/// a member does not lose retries to that.
#[must_use]
pub fn next_try(begun_on: Date, today: Date) -> Option<Date> {
    let mut tries = DAYS.iter().map(|days| begun_on.saturating_add(Span::new().days(*days)));
    tries.find(|day| *day > today)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_declined_charge_is_tried_on_days_1_3_5_and_7() {
        let begun_on = date(2028, 2, 27);
        let mut today = begun_on;
        let mut tries = Vec::new();
        while let Some(day) = next_try(begun_on, today) {
            tries.push(day.to_string());
            today = day;
        }
        assert_eq!(tries, ["2028-02-28", "2028-03-01", "2028-03-03", "2028-03-05"]);
    }

    #[test]
    fn a_retry_that_came_late_leaves_out_those_it_passed() {
        let begun_on = date(2027, 1, 1);
        assert_eq!(next_try(begun_on, date(2027, 1, 5)), Some(date(2027, 1, 6)));
        assert_eq!(next_try(begun_on, date(2027, 1, 8)), None);
    }
}
