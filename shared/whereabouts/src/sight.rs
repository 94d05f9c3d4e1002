//! What is known of where a member was.

use jiff::Timestamp;
use maru_province::Province;
use serde::{Deserialize, Serialize};

/// What falls from the sky.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precipitation {
    /// Nothing.
    None,
    /// Rain.
    Rain,
    /// Rain and snow.
    Sleet,
    /// Snow.
    Snow,
}

/// How much of the sky is covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sky {
    /// Little of it.
    Clear,
    /// Much of it.
    PartlyCloudy,
    /// All of it.
    Cloudy,
}

/// What the sky does.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Conditions {
    /// In ℃, if it is known.
    pub temperature: Option<f64>,
    /// What falls.
    pub precipitation: Precipitation,
    /// How much of it is covered.
    pub sky: Sky,
    /// In m/s, if it is known.
    pub wind: Option<f64>,
}

/// Where a member was, and what the sky did there.
#[derive(Clone, Debug, PartialEq)]
pub struct Sight {
    /// The member.
    pub member: String,
    /// The province; none at sea.
    pub province: Option<Province>,
    /// The cell of the weather service's grid, counted eastwards, 1 to 149.
    pub nx: u16,
    /// The cell of the weather service's grid, counted northwards, 1 to 253.
    pub ny: u16,
    /// What the sky did.
    pub conditions: Conditions,
    /// Since when it is known that it did, to the millisecond: when it was observed, or when the forecast was made.
    pub observed_at: Timestamp,
    /// When the member was there, to the millisecond.
    pub seen_at: Timestamp,
}

/// A sight, as stored; what is left of one whose member is gone has none of it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct KeptSight {
    /// Absent where the item shall not be in the index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    #[serde(flatten)]
    seen: Option<Seen>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Seen {
    province: Option<Province>,
    nx: u16,
    ny: u16,
    conditions: Conditions,
    /// In milliseconds since the Unix epoch.
    observed_at: i64,
    /// In milliseconds since the Unix epoch, so that the database can compare it.
    seen_at: i64,
    /// In seconds since the Unix epoch.
    expires_at: i64,
}

impl KeptSight {
    pub(crate) fn new(sight: &Sight, place: Option<String>, expires_at: i64) -> Self {
        let Sight { province, nx, ny, conditions, observed_at, seen_at, .. } = *sight;
        let (observed_at, seen_at) = (observed_at.as_millisecond(), seen_at.as_millisecond());
        Self { place, seen: Some(Seen { province, nx, ny, conditions, observed_at, seen_at, expires_at }) }
    }

    /// What it says of `member` at `now`, in seconds since the Unix epoch.
    pub(crate) fn sight(self, member: &str, now: i64) -> Option<Sight> {
        let Seen { province, nx, ny, conditions, observed_at, seen_at, expires_at } = self.seen?;
        let observed_at = Timestamp::from_millisecond(observed_at).ok()?;
        let seen_at = Timestamp::from_millisecond(seen_at).ok().filter(|_| expires_at > now)?;
        Some(Sight { member: member.to_owned(), province, nx, ny, conditions, observed_at, seen_at })
    }
}
