//! Which likes of a resume are told together: those of one hour.
//!
//! A window begins with a like and takes the likes of the hour after it, by the time at which they were made.
//! The like that is an hour late to the second begins another one. Messages can come in any order: a like that
//! arrives after one that was made later joins that one's window if less than an hour lies between, so that a
//! delay makes no second notification.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// For how long a window takes likes.
const LENGTH: SignedDuration = SignedDuration::from_hours(1);

/// How many windows of a resume are known, the latest ones: two days without a quiet hour.
const KNOWN: usize = 48;

/// The known windows of one resume.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Windows {
    windows: Vec<Window>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Window {
    begins_at: Timestamp,
    notification_id: String,
}

impl Windows {
    /// The notification that tells of a like made at `at`, if there is one.
    #[must_use]
    pub fn find(&self, at: Timestamp) -> Option<&str> {
        let before =
            |window: &&Window| window.begins_at <= at && at.duration_since(window.begins_at) < LENGTH;
        let after = |window: &&Window| window.begins_at > at && window.begins_at.duration_since(at) < LENGTH;
        let found = self.windows.iter().find(before).or_else(|| self.windows.iter().find(after));
        found.map(|window| window.notification_id.as_str())
    }

    /// The windows with one more that begins at `at`.
    #[must_use]
    pub fn with(mut self, at: Timestamp, notification: &str) -> Self {
        self.windows.push(Window { begins_at: at, notification_id: notification.to_owned() });
        self.windows.sort_unstable_by_key(|window| window.begins_at);
        let forgotten = self.windows.len().saturating_sub(KNOWN);
        self.windows.drain(..forgotten);
        self
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + seconds).unwrap()
    }

    /// Which notification tells of each like, when they arrive in this order.
    fn grouped(arrivals: &[i64]) -> BTreeMap<i64, String> {
        let mut windows = Windows::default();
        let mut grouped = BTreeMap::new();
        for (number, seconds) in arrivals.iter().enumerate() {
            let found = windows.find(at(*seconds)).map(str::to_owned);
            let notification = found.unwrap_or_else(|| {
                let new = format!("ntf_{number}");
                windows = std::mem::take(&mut windows).with(at(*seconds), &new);
                new
            });
            grouped.insert(*seconds, notification);
        }
        grouped
    }

    #[test]
    fn an_hour_begins_with_its_first_like_and_ends_before_the_next_one() {
        let told = grouped(&[0, 1, 3_599, 3_600, 7_199, 7_200]);
        let told: Vec<&str> = told.values().map(String::as_str).collect();
        assert_eq!(told, ["ntf_0", "ntf_0", "ntf_0", "ntf_3", "ntf_3", "ntf_5"]);
    }

    #[test]
    fn a_like_that_arrives_late_joins_the_hour_that_it_is_next_to() {
        assert_eq!(grouped(&[3_000, 0])[&0], "ntf_0");
        assert_eq!(grouped(&[3_600, 0])[&0], "ntf_1");
        assert_eq!(grouped(&[0, 3_600, 3_599])[&3_599], "ntf_0");
    }

    #[test]
    fn only_the_latest_hours_are_remembered() {
        let arrivals: Vec<i64> = (0..60).map(|hour| hour * 3_600).collect();
        let mut windows = Windows::default();
        for seconds in &arrivals {
            windows = windows.with(at(*seconds), &seconds.to_string());
        }
        assert_eq!(windows.windows.len(), KNOWN);
        assert_eq!(windows.find(at(59 * 3_600)), Some("212400"));
        assert_eq!(windows.find(at(0)), None);
    }

    proptest! {
        #[test]
        fn likes_told_together_are_less_than_two_hours_apart_in_any_order(
            arrivals in proptest::collection::vec(0i64..40_000, 1..40)
        ) {
            let mut span: BTreeMap<String, (i64, i64)> = BTreeMap::new();
            for (seconds, notification) in grouped(&arrivals) {
                let (first, last) = span.entry(notification).or_insert((seconds, seconds));
                (*first, *last) = ((*first).min(seconds), (*last).max(seconds));
            }
            prop_assert!(span.values().all(|(first, last)| last - first < 7_200), "{span:?}");
        }

        #[test]
        fn in_the_order_in_which_they_were_made_a_new_hour_begins_only_after_an_hour(
            mut arrivals in proptest::collection::vec(0i64..40_000, 1..40)
        ) {
            arrivals.sort_unstable();
            let mut begin: Option<(i64, String)> = None;
            for (seconds, notification) in grouped(&arrivals) {
                match &begin {
                    Some((first, current)) if seconds - first < 3_600 => prop_assert_eq!(&notification, current),
                    _ => begin = Some((seconds, notification)),
                }
            }
        }
    }
}
