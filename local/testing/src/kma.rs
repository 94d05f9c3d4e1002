//! Warnings of the weather service by hand: rows of its log, for
//! [`Answers::warnings`](maru_stack::kma::Answers::warnings) and `append` of [`Maru::kma`](crate::Maru::kma).
//!
//! A time is Korea's: `2026-01-16T00:10` is when a test begins unless its [`Setup`](crate::Setup) says otherwise. A
//! row whose time lies ahead of the stack's clock comes into the log when the clock gets there.

use jiff::civil::DateTime;
pub use maru_stack::kma::{Answers, Falling, Hour, Row};

/// A zone of warnings: its code and its name.
pub type Zone = (&'static str, &'static str);

/// A zone of Seoul.
pub const SEOUL: Zone = ("L1100100", "서울동남권");

/// Another zone of Seoul.
pub const SEOUL_NORTH: Zone = ("L1100200", "서울동북권");

/// A zone of Busan.
pub const BUSAN: Zone = ("L1082700", "부산서부");

/// A warning that is issued.
#[must_use]
pub fn issued(at: &str, zone: Zone, kind: u16, level: u8) -> Row {
    Row::issued(time(at), zone.0, zone.1, kind, level)
}

/// A warning that is changed to another level.
#[must_use]
pub fn changed(at: &str, zone: Zone, kind: u16, level: u8) -> Row {
    Row::changed(time(at), zone.0, zone.1, kind, level)
}

/// A warning that is lifted; the zone's others stay.
#[must_use]
pub fn lifted(at: &str, zone: Zone, kind: u16) -> Row {
    Row::released(time(at), zone.0, zone.1, kind)
}

/// A time of Korea as a row has it.
#[must_use]
pub fn time(text: &str) -> DateTime {
    text.parse().expect("a time without a zone")
}
