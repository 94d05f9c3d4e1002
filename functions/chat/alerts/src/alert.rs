//! What is known of a warning in a province.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::kind::{Kind, Level};

/// For how long an alert that ended is kept.
pub const KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A warning of one kind in one zone, from when it comes into force until it ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Alert {
    /// Names it: `alt_…`. It stays while the level changes.
    pub id: String,
    /// The zone's code.
    pub zone: String,
    /// What the zone is called.
    pub zone_name: String,
    /// What is warned of.
    pub kind: Kind,
    /// How grave; of one that ended, how grave it was at last.
    pub level: Level,
    /// Since when it is as grave as that.
    pub since: Timestamp,
    /// When the report that says so was issued.
    pub issued_at: Timestamp,
    /// When it was seen to have ended; none while it is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
}

impl Alert {
    /// Whether it is in force.
    #[must_use]
    pub const fn is_in_force(&self) -> bool {
        self.ended_at.is_none()
    }

    /// Whether it ended so long before `now` that it is forgotten.
    #[must_use]
    pub fn is_forgotten(&self, now: Timestamp) -> bool {
        self.ended_at.is_some_and(|ended| now.duration_since(ended) > KEPT)
    }
}

/// The gravest level of each kind that is in force.
#[must_use]
pub fn gravest(alerts: &[Alert]) -> BTreeMap<Kind, Level> {
    let mut gravest = BTreeMap::new();
    for alert in alerts.iter().filter(|alert| alert.is_in_force()) {
        let level = gravest.entry(alert.kind).or_insert(alert.level);
        *level = alert.level.max(*level);
    }
    gravest
}
