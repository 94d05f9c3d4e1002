//! A month of a year, which is as exact as a resume is about time.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A month, `YYYY-MM` from 1900 on, as in JSON Resume. Ordered by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month {
    year: u16,
    month: u8,
}

/// A text that is not `YYYY-MM`, or not a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be a month such as 2026-01")]
pub struct NotAMonth;

impl Month {
    /// The month with this year (1900 to 9999) and number (1 to 12).
    ///
    /// # Errors
    /// [`NotAMonth`].
    pub fn new(year: u16, month: u8) -> Result<Self, NotAMonth> {
        let real = (1900..=9999).contains(&year) && (1..=12).contains(&month);
        real.then_some(Self { year, month }).ok_or(NotAMonth)
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month's number, from 1 on.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }
}

impl fmt::Display for Month {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = NotAMonth;

    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        let (year, month) = text.split_once('-').ok_or(NotAMonth)?;
        let digits = |part: &str, length| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return Err(NotAMonth);
        }
        Self::new(year.parse().map_err(|_| NotAMonth)?, month.parse().map_err(|_| NotAMonth)?)
    }
}

impl TryFrom<String> for Month {
    type Error = NotAMonth;

    fn try_from(text: String) -> Result<Self, NotAMonth> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_reads_as_it_is_written() {
        let month: Month = "2026-01".parse().unwrap();
        assert_eq!((month.year(), month.month(), month.to_string().as_str()), (2026, 1, "2026-01"));
        assert!("2025-12".parse::<Month>().unwrap() < month);
    }

    #[test]
    fn what_is_no_month_is_refused() {
        for bad in
            ["", "2026", "2026-1", "2026-13", "2026-00", "0001-01", "2026-01-01", "+026-01", "２０２６-01"]
        {
            assert_eq!(bad.parse::<Month>(), Err(NotAMonth), "{bad}");
        }
    }
}
