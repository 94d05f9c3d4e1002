//! An edition of a product.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::hour::Hour;
use maru_seoul::in_seoul;

/// For how many hours from its base an edition is kept: three days from any hour of the first.
const HOURS: i64 = 4 * 24;

/// An edition of a product of the weather service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edition {
    /// Its base time, which names it.
    pub base: Timestamp,
    /// What it says, in the order of time.
    pub hours: Vec<Hour>,
}

/// The editions that are known of a cell, one of each product.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Editions {
    /// What was observed.
    pub observation: Option<Edition>,
    /// The next six hours.
    pub ultra_short: Option<Edition>,
    /// The next days.
    pub short: Option<Edition>,
}

impl Edition {
    /// The edition of `base`, with what is not too far ahead of it.
    #[must_use]
    pub fn new(base: Timestamp, mut hours: Vec<Hour>) -> Self {
        let end = crate::hours_after(base, HOURS);
        hours.retain(|hour| hour.at <= end);
        hours.sort_by_key(|hour| hour.at);
        Self { base, hours }
    }

    /// The same with what `earlier` said of the hours of its day that it does not speak of any more: an edition of the
    /// afternoon has neither the morning nor the lowest temperature of the day.
    #[must_use]
    pub fn with_the_day_so_far(mut self, earlier: &Self) -> Self {
        let today = in_seoul(self.base).date();
        let first = self.hours.first().map_or(self.base, |hour| hour.at);
        let so_far = earlier.hours.iter().filter(|hour| hour.at < first && in_seoul(hour.at).date() >= today);
        let mut hours: Vec<Hour> = so_far.copied().collect();
        hours.append(&mut self.hours);
        Self { hours, ..self }
    }

    /// What it says of an hour.
    #[must_use]
    pub fn at(&self, at: Timestamp) -> Option<&Hour> {
        self.hours.binary_search_by_key(&at, |hour| hour.at).ok().and_then(|place| self.hours.get(place))
    }
}
