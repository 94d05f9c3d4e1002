//! The log of warnings: what was issued, raised and lifted, and what is in force by it.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use super::names::{kind_name, level_name};

/// The office that the sandbox's reports are of: the whole country's.
pub(super) const OFFICE: u16 = 108;

/// A row of the log (`getPwnCd`). Times are Korea's, in whole minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// The office that issued it, `stnId`.
    pub office: u16,
    /// When it was issued, `tmFc`. One that lies ahead of the stack's clock is not in the log yet.
    pub issued_at: DateTime,
    /// The report's number within the month, `tmSeq`.
    pub sequence: u32,
    /// The zone's code, `areaCode`.
    pub area_code: String,
    /// The zone's name, `areaName`.
    pub area_name: String,
    /// The kind, `warnVar`: 1 strong wind … 13 tropical night.
    pub kind: u16,
    /// The level, `warnStress`: 0 to 2.
    pub level: u8,
    /// The action, `command`: 1 issue, 2 release, 3 extend, 6 correct, 7 change-issue, 8 change-release.
    pub command: u8,
    /// Whether the row was withdrawn, `cancel`.
    pub withdrawn: bool,
    /// From when it holds, `startTime`; none of a release.
    pub start: Option<DateTime>,
    /// When it was released, `endTime`; none of an issue.
    pub end: Option<DateTime>,
    /// When every warning of the zone ended with this row, `allEndTime`.
    pub all_end: Option<DateTime>,
}

impl Row {
    /// A warning of this kind and level, issued and in force from this time on.
    #[must_use]
    pub fn issued(at: DateTime, zone: &str, name: &str, kind: u16, level: u8) -> Self {
        Self {
            office: OFFICE,
            issued_at: at,
            sequence: 1,
            area_code: zone.to_owned(),
            area_name: name.to_owned(),
            kind,
            level,
            command: 1,
            withdrawn: false,
            start: Some(at),
            end: None,
            all_end: None,
        }
    }

    /// A change of a warning to this level (`command` 7).
    #[must_use]
    pub fn changed(at: DateTime, zone: &str, name: &str, kind: u16, level: u8) -> Self {
        Self { command: 7, ..Self::issued(at, zone, name, kind, level) }
    }

    /// The release of a warning; others of the zone stay (see [`Self::of_all`]).
    #[must_use]
    pub fn released(at: DateTime, zone: &str, name: &str, kind: u16) -> Self {
        Self { command: 2, start: None, end: Some(at), ..Self::issued(at, zone, name, kind, 0) }
    }

    /// The same, after which the zone has no warning any more.
    #[must_use]
    pub fn of_all(self) -> Self {
        Self { all_end: self.end, ..self }
    }

    /// The same with another number of the report.
    #[must_use]
    pub fn numbered(self, sequence: u32) -> Self {
        Self { sequence, ..self }
    }

    /// The same, in force from another time on.
    #[must_use]
    pub fn starting(self, at: DateTime) -> Self {
        Self { start: Some(at), ..self }
    }

    /// The same, withdrawn.
    #[must_use]
    pub fn withdrawn(self) -> Self {
        Self { withdrawn: true, ..self }
    }

    fn is_release(&self) -> bool {
        matches!(self.command, 2 | 8)
    }

    /// From when on the row has its effect.
    fn effective(&self) -> DateTime {
        let said = if self.is_release() { self.end } else { self.start };
        said.unwrap_or(self.issued_at)
    }
}

/// A warning that is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct InForce {
    pub(super) area_code: String,
    pub(super) area_name: String,
    pub(super) kind: u16,
    pub(super) level: u8,
}

/// The warnings that are in force at `now` by these rows, by zone and kind.
pub(super) fn in_force(rows: &[Row], now: DateTime) -> Vec<InForce> {
    let mut rows: Vec<&Row> =
        rows.iter().filter(|row| !row.withdrawn && row.issued_at <= now && row.effective() <= now).collect();
    rows.sort_by_key(|row| (row.issued_at, row.sequence, !row.is_release()));
    let mut warnings = BTreeMap::new();
    for row in rows {
        let key = (row.area_code.clone(), row.kind);
        if row.is_release() {
            warnings.remove(&key);
        } else {
            warnings.insert(key, row);
        }
        if row.all_end.is_some() {
            warnings.retain(|(area, _), _| *area != row.area_code);
        }
    }
    let of = |row: &Row| InForce {
        area_code: row.area_code.clone(),
        area_name: row.area_name.clone(),
        kind: row.kind,
        level: row.level,
    };
    warnings.into_values().map(of).collect()
}

/// The warnings as `getPwnStatus` tells them in its `t6`: a line a kind and level.
pub(super) fn status_text(warnings: &[InForce]) -> String {
    let mut lines: BTreeMap<(u16, u8), Vec<&str>> = BTreeMap::new();
    for warning in warnings {
        lines.entry((warning.kind, warning.level)).or_default().push(&warning.area_name);
    }
    if lines.is_empty() {
        return "o 없음\r\n".to_owned();
    }
    let line = |((kind, level), areas): ((u16, u8), Vec<&str>)| {
        format!("o {}{} : {}\r\n", kind_name(kind), level_name(level), areas.join(", "))
    };
    lines.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime {
        text.parse().unwrap()
    }

    fn status(rows: &[Row], now: &str) -> String {
        status_text(&in_force(rows, at(now)))
    }

    #[test]
    fn what_is_in_force_follows_from_the_log() {
        let issued = at("2026-01-10T18:00");
        let wind = Row::issued(issued, "L1082700", "부산서부", 1, 0).starting(at("2026-01-10T20:00"));
        let raised = Row::changed(at("2026-01-11T09:00"), "L1082700", "부산서부", 1, 1);
        let rain = Row::issued(at("2026-01-11T10:00"), "L1082700", "부산서부", 2, 0).withdrawn();
        let ended = Row::released(at("2026-01-12T04:00"), "L1082700", "부산서부", 1).of_all();
        let log = [ended, rain, raised, wind];
        assert_eq!(status(&log, "2026-01-10T19:59"), "o 없음\r\n", "it does not hold yet");
        assert_eq!(status(&log, "2026-01-10T20:00"), "o 강풍주의보 : 부산서부\r\n");
        assert_eq!(status(&log, "2026-01-11T12:00"), "o 강풍경보 : 부산서부\r\n");
        assert_eq!(status(&log, "2026-01-12T04:00"), "o 없음\r\n");
    }

    #[test]
    fn a_release_ends_its_kind_only_unless_it_ends_all() {
        let begin = at("2026-01-10T00:00");
        let rows = [1, 3].map(|kind| Row::issued(begin, "L1100100", "서울동남권", kind, 0));
        let released = Row::released(at("2026-01-11T00:00"), "L1100100", "서울동남권", 1);
        let other = Row::issued(begin, "L1100200", "서울동북권", 3, 0);
        let [wind, cold] = rows;
        let log = vec![wind.clone(), cold.clone(), other.clone(), released.clone()];
        assert_eq!(status(&log, "2026-01-11T00:00"), "o 한파주의보 : 서울동남권, 서울동북권\r\n");
        let log = vec![wind, cold, other, released.of_all()];
        assert_eq!(status(&log, "2026-01-11T00:00"), "o 한파주의보 : 서울동북권\r\n");
    }
}
