//! What changes in a province because of what is in force.
//!
//! - An alert is one kind in one zone; it keeps its id while its level changes, and ends when it is in force no more.
//! - A room is open while a province has alerts in force. The first opens a new one, also where another was closed a
//!   moment before: what is said in a room is about its weather.
//! - The people of a province are told when the gravest level of a kind changes there: not of each zone, and not of a
//!   report that changes nothing for them.
//! - The log's silence closes nothing. An alert of which it tells nothing any more, because it is older than the log goes
//!   back or because a part of the log is missing, stays as it is, up to [`LONGEST`]; unless the service's other word, the
//!   text of its state, was read and names no warning of that kind and level.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use maru_province::Province;
use serde::{Deserialize, Serialize};

use crate::alert::{Alert, gravest};
use crate::fold::{InForce, Reading};
use crate::kind::{Kind, Level};

/// How many alerts are kept of a province, of those in force and of those that ended: many more than it has zones and
/// kinds.
pub const MOST_ALERTS: usize = 400;

/// How long a warning stays of which the log says nothing any more: dry weather lasts for months, not for half a year.
/// Of a zone that was given up while it was warned nothing else would ever come.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(180 * 24);

/// What changes in a province.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The alerts as they are then: those in force by zone and kind, then those that ended lately, the last first.
    pub alerts: Vec<Alert>,
    /// How many are new, other than they were, and ended.
    pub counts: Counts,
    /// The gravest level of each kind as it is then.
    pub gravest: BTreeMap<Kind, Level>,
    /// What becomes of the room.
    pub room: Room,
    /// What the people of the province are told.
    pub news: Vec<News>,
}

/// How many alerts opened, changed and ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "each says what it counts")]
pub struct Counts {
    pub opened: usize,
    pub changed: usize,
    pub ended: usize,
}

/// What becomes of a province's room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// It opens.
    Opens,
    /// It is called otherwise, or warned of something else.
    Changes,
    /// It closes.
    Closes,
    /// It stays as it is.
    Stays,
}

/// That the gravest level of a kind changed in a province.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct News {
    /// What is warned of.
    pub kind: Kind,
    /// The level before; none if there was no such warning.
    pub before: Option<Level>,
    /// The level now; none if there is no such warning any more.
    pub now: Option<Level>,
}

/// What changes at `now` in a province of which `stored` was known; none if nothing does.
pub fn decide(
    province: Province,
    stored: &[Alert],
    reading: &Reading,
    now: Timestamp,
    mut new_id: impl FnMut() -> String,
) -> Option<Change> {
    let mut counts = Counts::default();
    let mut before: BTreeMap<(&str, Kind), &Alert> = BTreeMap::new();
    before.extend(
        stored.iter().filter(|alert| alert.is_in_force()).map(|alert| ((&*alert.zone, alert.kind), alert)),
    );
    let mut alerts = Vec::new();
    for found in in_province(province, reading).take(MOST_ALERTS) {
        let known = before.remove(&(&*found.zone, found.kind));
        if let Some(known) = known.filter(|known| stays(known, reading, now)) {
            // What the log says is of the time before its row.
            alerts.push(known.clone());
            continue;
        }
        let id = known.map_or_else(&mut new_id, |known| known.id.clone());
        let alert = alert(id, found);
        match known {
            None => counts.opened += 1,
            Some(known) => counts.changed += usize::from(*known != alert),
        }
        alerts.push(alert);
    }
    let mut ended = Vec::new();
    for alert in before.into_values() {
        if stays(alert, reading, now) {
            alerts.push(alert.clone());
        } else {
            ended.push(Alert { ended_at: Some(now), ..alert.clone() });
        }
    }
    counts.ended = ended.len();
    if counts == Counts::default() {
        return None;
    }
    alerts.sort_by(|one, other| (&one.zone, one.kind).cmp(&(&other.zone, other.kind)));
    let (was, is) = (gravest(stored), gravest(&alerts));
    ended.extend(stored.iter().filter(|alert| !alert.is_in_force() && !alert.is_forgotten(now)).cloned());
    alerts.extend(ended.into_iter().take(MOST_ALERTS));
    Some(Change { alerts, counts, room: room(&was, &is), news: news(&was, &is), gravest: is })
}

/// Whether an alert stays though the log does not tell of it.
fn stays(alert: &Alert, reading: &Reading, now: Timestamp) -> bool {
    let is_over = reading.status.as_ref().is_some_and(|status| status.denies(alert));
    !reading.tells_of(alert) && !is_over && now.duration_since(alert.issued_at) <= LONGEST
}

/// What is in force in a province.
fn in_province(province: Province, reading: &Reading) -> impl Iterator<Item = &InForce> {
    reading
        .in_force
        .iter()
        .filter(move |found| Province::of_zone(&found.zone, &found.zone_name).provinces().contains(&province))
}

fn alert(id: String, found: &InForce) -> Alert {
    let InForce { zone, zone_name, kind, level, since, issued_at } = found.clone();
    Alert { id, zone, zone_name, kind, level, since, issued_at, ended_at: None }
}

fn room(was: &BTreeMap<Kind, Level>, is: &BTreeMap<Kind, Level>) -> Room {
    match (was.is_empty(), is.is_empty()) {
        (true, false) => Room::Opens,
        (false, true) => Room::Closes,
        _ if was == is => Room::Stays,
        _ => Room::Changes,
    }
}

fn news(was: &BTreeMap<Kind, Level>, is: &BTreeMap<Kind, Level>) -> Vec<News> {
    let mut kinds: Vec<Kind> = was.keys().chain(is.keys()).copied().collect();
    kinds.sort_unstable();
    kinds.dedup();
    let news = kinds.into_iter().map(|kind| News {
        kind,
        before: was.get(&kind).copied(),
        now: is.get(&kind).copied(),
    });
    news.filter(|news| news.before != news.now).collect()
}

#[cfg(test)]
mod tests;
