//! KakaoPay's times: `2026-11-21T10:00:00`, without a zone, meant in Korea Standard Time.
//!
//! Whether a charge with a lost answer moved money is told by comparing such times, so a text that is only
//! nearly one, such as a day without its time, is refused instead of guessed.

use jiff::Timestamp;
use jiff::civil::DateTime;
use maru_seoul::SEOUL;
use serde::de::{Deserialize, Deserializer, Error};

/// The form of a time, to the second or finer.
const FORM: &str = "%Y-%m-%dT%H:%M:%S%.f";

/// Reads a time.
///
/// # Errors
/// The deserializer's, for anything else than a time.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
    let text = String::deserialize(deserializer)?;
    moment(&text).ok_or_else(|| D::Error::custom("a time is not in the form 2026-11-21T10:00:00"))
}

/// Reads a time that may be absent or `null`. With `#[serde(default)]`.
pub mod optional {
    use jiff::Timestamp;
    use serde::de::{Deserialize, Deserializer, Error};

    /// Reads it.
    ///
    /// # Errors
    /// The deserializer's, for anything else than `null` or a time.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
        let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
        let moment = super::moment(&text);
        moment.map(Some).ok_or_else(|| D::Error::custom("a time is not in the form 2026-11-21T10:00:00"))
    }
}

/// The moment that `text` names; with an offset, which is not documented but would be unmistakable, that one's.
fn moment(text: &str) -> Option<Timestamp> {
    let without_zone = || SEOUL.to_timestamp(DateTime::strptime(FORM, text).ok()?).ok();
    text.parse().ok().or_else(without_zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_without_a_zone_is_one_of_seoul() {
        for (text, expected) in [
            ("2026-11-21T10:00:00", "2026-11-21T01:00:00Z"),
            ("2026-01-01T08:59:59", "2025-12-31T23:59:59Z"),
            ("2028-02-29T00:00:00", "2028-02-28T15:00:00Z"),
            ("2026-11-21T10:00:00.25", "2026-11-21T01:00:00.25Z"),
            ("2026-11-21T10:00:00+09:00", "2026-11-21T01:00:00Z"),
            ("2026-11-21T01:00:00Z", "2026-11-21T01:00:00Z"),
        ] {
            assert_eq!(moment(text), Some(expected.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn what_is_only_nearly_a_time_is_none() {
        for text in [
            "",
            "2026-11-21",
            "10:00:00",
            "2026-11-21T10:00",
            "2026-11-21 10:00:00",
            "2026-02-29T10:00:00",
            "2026-11-21T24:00:00",
            "20261121100000",
            "2026-11-21T10:00:00 KST",
            "1790000000",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
