//! What changes: alerts, rooms, what people are told.

use super::*;
use crate::fold::fold;
use crate::report::Report;
use crate::status::Status;

const EAST: (&str, &str) = ("L1100100", "서울동남권");
const WEST: (&str, &str) = ("L1100300", "서울서남권");

/// So many hours after the log begins.
fn at(hour: i64) -> Timestamp {
    let start: Timestamp = "2026-09-01T00:00:00Z".parse().unwrap();
    start + jiff::SignedDuration::from_hours(hour)
}

fn row(hour: i64, zone: (&str, &str), kind: u16, level: u8, command: u8) -> Report {
    let times = if command == 2 { (None, Some(at(hour))) } else { (Some(at(hour)), None) };
    Report {
        issued_at: at(hour),
        sequence: 1,
        zone: zone.0.to_owned(),
        zone_name: zone.1.to_owned(),
        kind: Kind::from(kind),
        level: Level(level),
        command,
        withdrawn: false,
        start: times.0,
        end: times.1,
        all_end: None,
    }
}

/// A province on which a log is tried hour by hour.
#[derive(Default)]
struct Hours {
    log: Vec<Report>,
    alerts: Vec<Alert>,
    ids: usize,
    /// The service's other word; none while it cannot be read.
    text: Option<&'static str>,
}

impl Hours {
    fn of(log: &[Report]) -> Self {
        Self { log: log.to_vec(), ..Self::default() }
    }

    fn pass(&mut self, hour: i64) -> Option<Change> {
        self.pass_with(at(0), hour)
    }

    /// The log begins at `from`.
    fn pass_with(&mut self, from: Timestamp, hour: i64) -> Option<Change> {
        let known = self.log.iter().filter(|row| (from..=at(hour)).contains(&row.issued_at)).cloned();
        let status = self.text.and_then(|text| Status::read(text, at(hour)));
        let mut reading = fold(known, from, at(hour));
        reading.status = status;
        let ids = &mut self.ids;
        let change = decide(Province::Seoul, &self.alerts, &reading, at(hour), || {
            *ids += 1;
            format!("alt_{ids}")
        });
        if let Some(change) = &change {
            self.alerts.clone_from(&change.alerts);
        }
        change
    }
}

fn told(change: Option<&Change>) -> Vec<(u16, Option<u8>, Option<u8>)> {
    let news = change.map(|change| change.news.clone()).unwrap_or_default();
    let level = |level: Option<Level>| level.map(|level| level.0);
    news.into_iter().map(|news| (news.kind.into(), level(news.before), level(news.now))).collect()
}

#[test]
fn the_first_warning_opens_the_room_and_the_last_one_gone_closes_it() {
    let mut hours = Hours::of(&[
        row(1, EAST, 2, 0, 1),
        row(2, WEST, 1, 0, 1),
        row(3, EAST, 2, 0, 2),
        row(4, WEST, 1, 0, 2),
    ]);
    let rooms: Vec<_> = (0..=5).map(|hour| hours.pass(hour).map(|change| change.room)).collect();
    let expected =
        [None, Some(Room::Opens), Some(Room::Changes), Some(Room::Changes), Some(Room::Closes), None];
    assert_eq!(rooms, expected);
}

#[test]
fn people_are_told_once_of_each_change_of_the_gravest_level_of_a_kind() {
    let mut hours = Hours::of(&[
        row(1, EAST, 2, 0, 1),
        // Another zone at the same level changes nothing for the province.
        row(2, WEST, 2, 0, 1),
        row(3, WEST, 2, 1, 7),
        row(4, WEST, 2, 0, 2),
        row(5, EAST, 2, 0, 2),
    ]);
    let told: Vec<_> = (0..=7).map(|hour| told(hours.pass(hour).as_ref())).collect();
    let expected: [&[_]; 8] = [
        &[],
        &[(2, None, Some(0))],
        &[],
        &[(2, Some(0), Some(1))],
        &[(2, Some(1), Some(0))],
        &[(2, Some(0), None)],
        &[],
        &[],
    ];
    assert_eq!(told, expected);
}

#[test]
fn the_same_hour_again_changes_nothing() {
    let mut hours = Hours::of(&[row(1, EAST, 2, 0, 1)]);
    assert!(hours.pass(1).is_some());
    assert_eq!(hours.pass(1), None);
    assert_eq!(hours.pass(2), None);
}

#[test]
fn a_correction_of_what_a_zone_is_called_changes_the_alert_and_tells_nobody() {
    let mut hours = Hours::of(&[row(1, EAST, 2, 0, 1), row(2, (EAST.0, "서울 동남권"), 2, 0, 6)]);
    hours.pass(1);
    let change = hours.pass(2).unwrap();
    assert_eq!((change.counts.changed, change.room, change.news.len()), (1, Room::Stays, 0));
    assert_eq!(change.alerts[0].zone_name, "서울 동남권");
}

#[test]
fn an_alert_keeps_its_id_while_its_level_changes_and_gets_another_when_it_comes_again() {
    let mut hours = Hours::of(&[
        row(1, EAST, 2, 0, 1),
        row(2, EAST, 2, 1, 7),
        row(3, EAST, 2, 0, 2),
        row(4, EAST, 2, 0, 1),
    ]);
    let ids: Vec<String> = (1..=4).map(|hour| hours.pass(hour).unwrap().alerts[0].id.clone()).collect();
    assert_eq!(ids, ["alt_1", "alt_1", "alt_1", "alt_2"]);
    let ended = &hours.alerts[1];
    assert_eq!((&*ended.id, ended.ended_at, ended.level), ("alt_1", Some(at(3)), Level(1)));
}

#[test]
fn only_zones_of_the_province_count_whatever_their_code_begins_with() {
    let mut hours = Hours::of(&[
        row(1, ("L1010100", "서울특별시"), 2, 0, 1),
        row(1, ("L1010900", "강화"), 1, 0, 1),
        row(1, ("S1320000", "서해중부앞바다"), 6, 0, 1),
        row(1, ("L1190000", "새만금"), 8, 0, 1),
    ]);
    let change = hours.pass(1).unwrap();
    assert_eq!(change.gravest, BTreeMap::from([(Kind::Rain, Level(0))]));
}

#[test]
fn what_is_called_after_the_merged_unit_is_in_both_provinces() {
    let log = [row(1, ("L1180000", "전남광주통합특별시"), 8, 1, 1)];
    let reading = fold(log, at(0), at(1));
    let opens = |province| decide(province, &[], &reading, at(1), String::new).map(|change| change.room);
    assert_eq!(opens(Province::Gwangju), Some(Room::Opens));
    assert_eq!(opens(Province::Jeonnam), Some(Room::Opens));
    assert_eq!(opens(Province::Seoul), None);
}

#[test]
fn what_ended_is_kept_for_seven_days() {
    let mut hours = Hours::of(&[
        row(1, EAST, 2, 0, 1),
        row(2, EAST, 2, 0, 2),
        row(170, EAST, 1, 0, 1),
        row(171, EAST, 3, 0, 1),
    ]);
    hours.pass(1);
    hours.pass(2);
    assert_eq!(hours.pass(170).unwrap().alerts.len(), 2);
    assert_eq!(hours.pass(171).unwrap().alerts.len(), 2);
}

#[test]
fn of_more_than_can_be_kept_the_rest_is_left_out() {
    let zones: Vec<String> = (0..450).map(|number| format!("L11{number:05}")).collect();
    let log: Vec<_> = zones.iter().map(|zone| row(1, (zone, "서울"), 2, 0, 1)).collect();
    assert_eq!(Hours::of(&log).pass(1).unwrap().alerts.len(), MOST_ALERTS);
}

#[test]
fn what_the_log_never_speaks_of_again_ends_after_half_a_year() {
    let mut hours = Hours::of(&[row(0, EAST, 4, 0, 1)]);
    assert_eq!(hours.pass(0).unwrap().counts.opened, 1);
    let last = LONGEST.as_hours();
    assert!(hours.pass_with(at(last - 60 * 24), last).is_none());
    assert_eq!(hours.pass_with(at(last - 60 * 24), last + 1).unwrap().counts.ended, 1);
}

mod silence;
