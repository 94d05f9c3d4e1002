//! Limits: so many of something per subject and window, kept by conditional writes.
//!
//! Windows are fixed: they begin at multiples of their length since the Unix epoch, so that nothing has to be
//! reset; those of whole days nine hours before, with the calendar day in Asia/Seoul. Around a border twice `most` can pass within one length; a limit that must not allow that is half
//! as high and half as long. An item is `pk = LIMIT#<name>#<subject>, sk = <begin of the window, seconds>`;
//! it needs `dynamodb:UpdateItem`.

use std::net::IpAddr;
use std::time::Duration;

use ::http::{HeaderName, StatusCode, header};
use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use maru_lambda::Problem;

use crate::table::{Key, Outcome, Table, integer};
use crate::{Item, StoreError};

/// The length of a day, in seconds.
const DAY: i64 = 24 * 60 * 60;

/// By how much the clocks of Asia/Seoul are ahead of UTC, in seconds.
const SEOUL_AHEAD: i64 = 9 * 60 * 60;

/// What one more does, and when it may.
const TAKE: &str = "SET expiresAt = :end ADD used :one";
const LEFT: &str = "attribute_not_exists(used) OR used < :most";

/// How many of something one subject may have in each window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Names the limit in its items and in `RateLimit`: letters, digits and hyphens, such as `login-address`.
    pub name: &'static str,
    /// The length of a window, in whole seconds, at least one.
    pub per: Duration,
    /// How many are allowed in a window.
    pub most: u32,
}

/// One that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "one was taken"]
pub struct Allowance {
    key: Key,
    /// How many are left in this window.
    pub left: u32,
}

/// Why nothing was taken.
#[derive(Debug, thiserror::Error)]
pub enum LimitError {
    /// The subject has had all of this window.
    #[error("the limit {} of {} per {} s is reached", limit.name, limit.most, limit.per.as_secs())]
    Reached {
        /// Which limit.
        limit: Limit,
        /// When the next window begins, in seconds from now, at least 1.
        resets_in: u64,
    },
    /// The database did not answer as it should.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Table {
    /// Takes one of what `limit` allows `subject` (an account, an address) in the window that `now` is in.
    /// One conditional write: of many at once, no more than `most` succeed.
    ///
    /// # Errors
    /// [`LimitError`], which becomes 429 with `Retry-After`, `RateLimit` and `RateLimit-Policy`.
    pub async fn take(&self, limit: &Limit, subject: &str, now: Timestamp) -> Result<Allowance, LimitError> {
        let (begin, end) = limit.window(now);
        let key = limit.key(subject, begin);
        let update = self
            .update(&key)
            .update_expression(TAKE)
            .condition_expression(LEFT)
            .expression_attribute_values(":one", integer(1))
            .expression_attribute_values(":most", integer(limit.most))
            .expression_attribute_values(":end", integer(end));
        match self.update_if(update).await? {
            Outcome::Done(item) => Ok(Allowance { key, left: limit.most.saturating_sub(used(&item)) }),
            Outcome::Refused(_) => Err(limit.reached(now)),
        }
    }

    /// The same as part of a transaction, for what is taken only together with what it is taken for. A condition that
    /// does not hold means [`Limit::reached`].
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub fn taken_with(
        &self,
        limit: &Limit,
        subject: &str,
        now: Timestamp,
    ) -> Result<TransactWriteItem, StoreError> {
        let (begin, end) = limit.window(now);
        let update = self
            .transact_update(&limit.key(subject, begin))
            .update_expression(TAKE)
            .condition_expression(LEFT)
            .expression_attribute_values(":one", integer(1))
            .expression_attribute_values(":most", integer(limit.most))
            .expression_attribute_values(":end", integer(end));
        self.part(update.build())
    }

    /// Gives back what was taken, for what turned out not to count, such as a login that succeeded.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn give_back(&self, allowance: Allowance) -> Result<(), StoreError> {
        let update = self
            .update(&allowance.key)
            .update_expression("ADD used :one_less")
            .condition_expression("used > :none")
            .expression_attribute_values(":one_less", integer(-1))
            .expression_attribute_values(":none", integer(0));
        // Refused when the window is over and its item deleted: there is nothing to give back to.
        self.update_if(update).await.map(|_| ())
    }
}

impl Limit {
    /// That the subject has had all of the window that `now` is in.
    #[must_use]
    pub fn reached(&self, now: Timestamp) -> LimitError {
        let (_, end) = self.window(now);
        let resets_in = u64::try_from(end - now.as_second()).unwrap_or(0).max(1);
        LimitError::Reached { limit: *self, resets_in }
    }

    fn key(&self, subject: &str, begin: i64) -> Key {
        Key::new(format!("LIMIT#{}#{subject}", self.name), begin.to_string())
    }

    /// The window that `now` is in: its first second, and the first one after it.
    fn window(&self, now: Timestamp) -> (i64, i64) {
        let length = i64::try_from(self.per.as_secs()).unwrap_or(i64::MAX).max(1);
        // Every day is as long as every other: Korea has no daylight saving time.
        let shift = if length % DAY == 0 { SEOUL_AHEAD } else { 0 };
        let begin = now.as_second() - (now.as_second() + shift).rem_euclid(length);
        (begin, begin.saturating_add(length))
    }
}

impl From<LimitError> for Problem {
    /// The headers are those of draft-ietf-httpapi-ratelimit-headers-10.
    fn from(error: LimitError) -> Self {
        let (limit, seconds) = match error {
            LimitError::Store(error) => return error.into(),
            LimitError::Reached { limit, resets_in } => (limit, resets_in),
        };
        let Limit { name, per, most } = limit;
        let detail = format!("Too many requests; try again in {seconds} seconds.");
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", detail)
            .with_header(header::RETRY_AFTER, seconds.to_string())
            .with_header(HeaderName::from_static("ratelimit"), format!("\"{name}\";r=0;t={seconds}"))
            .with_header(
                HeaderName::from_static("ratelimit-policy"),
                format!("\"{name}\";q={most};w={}", per.as_secs()),
            )
    }
}

/// What of an address is counted: of IPv6 the first 64 bits, which is what one customer is given.
#[must_use]
pub fn network_of(source_ip: &str) -> String {
    match source_ip.parse() {
        Ok(IpAddr::V6(address)) => match address.to_ipv4_mapped() {
            Some(address) => address.to_string(),
            None => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        },
        Ok(IpAddr::V4(address)) => address.to_string(),
        Err(_) => "unknown".to_owned(),
    }
}

fn used(item: &Item) -> u32 {
    item.get("used").and_then(|used| used.as_n().ok()).and_then(|used| used.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use maru_lambda::{day_in_seoul, start_of_day};

    use super::*;

    fn window(per: Duration, now: &str) -> (Timestamp, Timestamp) {
        let (begin, end) = Limit { name: "test", per, most: 1 }.window(now.parse().unwrap());
        (Timestamp::from_second(begin).unwrap(), Timestamp::from_second(end).unwrap())
    }

    #[test]
    fn a_customers_addresses_are_one() {
        assert_eq!(network_of("203.0.113.25"), "203.0.113.25");
        assert_eq!(network_of("2001:db8:1:2:3:4:5:6"), network_of("2001:db8:1:2::1"));
        assert_ne!(network_of("2001:db8:1:2::1"), network_of("2001:db8:1:3::1"));
        assert_eq!(network_of("::ffff:203.0.113.25"), "203.0.113.25");
        assert_eq!(network_of(""), "unknown");
    }

    #[test]
    fn a_day_is_the_calendar_day_in_seoul() {
        let day = Duration::from_hours(24);
        for now in ["2026-01-15T15:00:00Z", "2026-01-16T00:00:00Z", "2026-01-16T14:59:59.999Z"] {
            let today = day_in_seoul(now.parse().unwrap());
            assert_eq!(today.to_string(), "2026-01-16");
            let days = (start_of_day(today), start_of_day(today.tomorrow().unwrap()));
            assert_eq!(window(day, now), days, "{now}");
        }
        let before = window(day, "2026-01-15T14:59:59.999Z");
        assert_eq!(before.1, window(day, "2026-01-15T15:00:00Z").0);
        // Several days turn with one of them.
        let (begin, end) = window(day * 7, "2026-01-15T15:10:00Z");
        assert_eq!(
            (begin.to_string().split_off(10), end.duration_since(begin).as_hours()),
            ("T15:00:00Z".to_owned(), 168)
        );
    }

    #[test]
    fn shorter_ones_turn_with_the_clock() {
        let (begin, end) = window(Duration::from_hours(1), "2026-01-15T15:10:00Z");
        assert_eq!(
            (begin, end),
            ("2026-01-15T15:00:00Z".parse().unwrap(), "2026-01-15T16:00:00Z".parse().unwrap())
        );
    }
}
