//! The fold, rule by rule; and that neither order nor repetition matters.

use proptest::prelude::*;

use super::*;

const BUSAN: (&str, &str) = ("L1082700", "부산서부");
const SEOUL: (&str, &str) = ("L1100100", "서울동남권");

/// A moment of 2026-11, as `DDhhmm` in UTC.
fn at(moment: i64) -> Timestamp {
    let start: Timestamp = "2026-11-01T00:00:00Z".parse().unwrap();
    let (day, hour, minute) = (moment / 10_000, moment / 100 % 100, moment % 100);
    start + jiff::SignedDuration::from_mins(((day - 1) * 24 + hour) * 60 + minute)
}

fn row(issued: i64, sequence: u32, zone: (&str, &str), kind: u16, command: u8) -> Report {
    Report {
        issued_at: at(issued),
        sequence,
        zone: zone.0.to_owned(),
        zone_name: zone.1.to_owned(),
        kind: Kind::from(kind),
        level: Level(0),
        command,
        withdrawn: false,
        start: None,
        end: None,
        all_end: None,
    }
}

fn issue(issued: i64, sequence: u32, zone: (&str, &str), kind: u16, level: u8, start: i64) -> Report {
    Report { level: Level(level), start: Some(at(start)), ..row(issued, sequence, zone, kind, 1) }
}

fn change(issued: i64, sequence: u32, zone: (&str, &str), kind: u16, level: u8, start: i64) -> Report {
    Report { command: 7, ..issue(issued, sequence, zone, kind, level, start) }
}

fn release(issued: i64, sequence: u32, zone: (&str, &str), kind: u16, end: i64) -> Report {
    Report { end: Some(at(end)), ..row(issued, sequence, zone, kind, 2) }
}

/// What is in force at `now`, as kind, level and since when.
fn in_force(reports: &[Report], now: i64) -> Vec<(u16, u8, Timestamp)> {
    let reading = fold(reports.to_vec(), at(10_000), at(now));
    reading.in_force.iter().map(|found| (found.kind.into(), found.level.0, found.since)).collect()
}

#[test]
fn the_recorded_wind_of_busan_holds_from_its_start_until_its_release() {
    let log = [
        issue(20_0900, 53, BUSAN, 1, 0, 20_1100),
        Report { all_end: Some(at(20_1900)), ..release(20_1900, 68, BUSAN, 1, 20_1900) },
    ];
    assert_eq!(in_force(&log, 20_1059), []);
    assert_eq!(in_force(&log, 20_1100), [(1, 0, at(20_1100))]);
    assert_eq!(in_force(&log, 20_1859), [(1, 0, at(20_1100))]);
    assert_eq!(in_force(&log, 20_1900), []);
}

#[test]
fn a_row_that_was_withdrawn_never_was_also_when_it_comes_in_both_forms() {
    let wrong = issue(20_0900, 53, BUSAN, 1, 1, 20_0900);
    let withdrawn = Report { withdrawn: true, ..wrong.clone() };
    let right = issue(20_0800, 52, BUSAN, 1, 0, 20_0800);
    for log in [
        vec![right.clone(), withdrawn.clone()],
        vec![right.clone(), wrong.clone(), withdrawn.clone()],
        vec![withdrawn, wrong, right],
    ] {
        assert_eq!(in_force(&log, 20_1000), [(1, 0, at(20_0800))]);
    }
}

#[test]
fn rows_that_pages_repeat_count_once() {
    let log = [issue(20_0900, 53, BUSAN, 1, 0, 20_0900), release(20_1000, 54, BUSAN, 1, 20_1000)];
    let twice = [log.clone(), log].concat();
    assert_eq!(in_force(&twice, 20_0930), [(1, 0, at(20_0900))]);
    assert_eq!(in_force(&twice, 20_1000), []);
}

#[test]
fn an_announced_change_takes_effect_when_it_starts_and_until_then_the_earlier_level_holds() {
    let log = [issue(20_0100, 1, SEOUL, 12, 0, 20_0200), change(20_0700, 2, SEOUL, 12, 1, 21_0200)];
    assert_eq!(in_force(&log, 20_0800), [(12, 0, at(20_0200))]);
    assert_eq!(in_force(&log, 21_0159), [(12, 0, at(20_0200))]);
    assert_eq!(in_force(&log, 21_0200), [(12, 1, at(21_0200))]);
}

#[test]
fn a_release_makes_void_what_was_announced_for_later() {
    let log = [
        issue(20_0100, 1, SEOUL, 12, 0, 20_0200),
        change(20_0700, 2, SEOUL, 12, 1, 21_0200),
        release(20_1000, 3, SEOUL, 12, 20_1000),
    ];
    assert_eq!(in_force(&log, 20_0959), [(12, 0, at(20_0200))]);
    assert_eq!(in_force(&log, 21_0300), []);
}

#[test]
fn a_release_that_is_announced_holds_from_its_end_on() {
    let log = [issue(20_0100, 1, SEOUL, 2, 0, 20_0200), release(20_0700, 2, SEOUL, 2, 20_0900)];
    assert_eq!(in_force(&log, 20_0859), [(2, 0, at(20_0200))]);
    assert_eq!(in_force(&log, 20_0900), []);
}

#[test]
fn a_change_that_is_logged_as_release_and_issue_of_one_report_is_a_change() {
    let log = [
        issue(20_0100, 1, SEOUL, 2, 0, 20_0200),
        change(20_0700, 2, SEOUL, 2, 1, 20_0700),
        Report { command: 8, ..release(20_0700, 2, SEOUL, 2, 20_0700) },
    ];
    assert_eq!(in_force(&log, 20_0700), [(2, 1, at(20_0700))]);
}

#[test]
fn the_number_decides_between_reports_of_the_same_minute() {
    let log = [release(20_0700, 3, SEOUL, 2, 20_0700), issue(20_0700, 2, SEOUL, 2, 0, 20_0700)];
    assert_eq!(in_force(&log, 20_0700), []);
}

#[test]
fn all_end_releases_every_kind_of_its_zone_and_of_no_other() {
    let log = [
        issue(20_0100, 1, SEOUL, 1, 0, 20_0100),
        issue(20_0100, 1, SEOUL, 2, 1, 20_0100),
        issue(20_0100, 1, BUSAN, 2, 0, 20_0100),
        Report { all_end: Some(at(20_0500)), ..release(20_0500, 2, SEOUL, 2, 20_0500) },
    ];
    assert_eq!(in_force(&log, 20_0459).len(), 3);
    assert_eq!(in_force(&log, 20_0500), [(2, 0, at(20_0100))]);
}

#[test]
fn a_release_of_one_kind_leaves_the_others_of_its_zone() {
    let log = [
        issue(20_0100, 1, SEOUL, 1, 0, 20_0100),
        issue(20_0100, 1, SEOUL, 2, 1, 20_0100),
        release(20_0500, 2, SEOUL, 2, 20_0500),
    ];
    assert_eq!(in_force(&log, 20_0500), [(1, 0, at(20_0100))]);
}

#[test]
fn an_extension_keeps_since_when_it_holds() {
    let log = [
        issue(20_0100, 1, SEOUL, 4, 0, 20_0200),
        Report { command: 3, ..issue(21_0100, 2, SEOUL, 4, 0, 21_0200) },
    ];
    assert_eq!(in_force(&log, 21_0300), [(4, 0, at(20_0200))]);
}

#[test]
fn a_correction_takes_the_place_of_what_was_issued_last() {
    let correct = |level, start| Report { command: 6, ..issue(20_0110, 2, SEOUL, 2, level, start) };
    let log = |correction| [issue(20_0100, 1, SEOUL, 2, 1, 20_0200), correction];
    assert_eq!(in_force(&log(correct(0, 20_0200)), 20_0300), [(2, 0, at(20_0200))]);
    // Of the hour, not only of the level: what was wrong never held.
    assert_eq!(in_force(&log(correct(1, 20_0400)), 20_0300), []);
    let of_release = Report { command: 6, ..release(20_0120, 3, SEOUL, 2, 20_0500) };
    let log = [issue(20_0100, 1, SEOUL, 2, 1, 20_0100), release(20_0110, 2, SEOUL, 2, 20_0400), of_release];
    assert_eq!(in_force(&log, 20_0600), []);
}

#[test]
fn a_corrected_release_takes_the_place_of_the_one_before_with_all_that_ended() {
    let ends = |report: Report| Report { all_end: report.end, ..report };
    let corrected = |end| Report { command: 6, ..release(20_0120, 3, SEOUL, 2, end) };
    let log = |first: Report, correction: Report| {
        [issue(20_0100, 1, SEOUL, 1, 0, 20_0100), issue(20_0100, 1, SEOUL, 2, 1, 20_0100), first, correction]
    };
    let first = release(20_0110, 2, SEOUL, 2, 20_0400);
    assert_eq!(in_force(&log(first.clone(), corrected(20_0600)), 20_0500).len(), 2);
    assert_eq!(in_force(&log(first.clone(), corrected(20_0600)), 20_0600).len(), 1);
    assert_eq!(in_force(&log(ends(first.clone()), ends(corrected(20_0600))), 20_0500).len(), 2);
    assert_eq!(in_force(&log(ends(first), ends(corrected(20_0600))), 20_0600), []);
}

#[test]
fn all_end_leaves_what_is_announced_of_other_kinds_for_later() {
    let log = [
        issue(20_0100, 1, SEOUL, 1, 0, 20_0100),
        issue(20_0400, 2, SEOUL, 2, 0, 20_0900),
        Report { all_end: Some(at(20_0500)), ..release(20_0500, 3, SEOUL, 1, 20_0500) },
    ];
    assert_eq!(in_force(&log, 20_0600), []);
    assert_eq!(in_force(&log, 20_0900), [(2, 0, at(20_0900))]);
}

#[test]
fn kinds_and_levels_that_are_not_known_are_warnings_too() {
    let log = [issue(20_0100, 1, SEOUL, 14, 0, 20_0100), change(20_0200, 2, SEOUL, 2, 7, 20_0200)];
    assert_eq!(in_force(&log, 20_0300), [(2, 7, at(20_0200)), (14, 0, at(20_0100))]);
}

#[test]
fn a_command_that_is_not_known_does_nothing_and_is_counted() {
    let log =
        [issue(20_0100, 1, SEOUL, 2, 0, 20_0100), row(20_0200, 2, SEOUL, 2, 9), row(20_0200, 2, SEOUL, 1, 9)];
    let reading = fold(log.to_vec(), at(10_000), at(20_0300));
    assert_eq!((reading.in_force.len(), reading.unknown_commands), (1, 2));
    assert!(!reading.tells_of(&telling::alert(SEOUL, Kind::Wind, 20_0100)));
}

#[test]
fn what_lacks_its_times_holds_from_when_it_was_issued() {
    let log = [row(20_0100, 1, SEOUL, 2, 1), row(20_0500, 2, SEOUL, 2, 2)];
    assert_eq!(in_force(&log, 20_0059), []);
    assert_eq!(in_force(&log, 20_0100), [(2, 0, at(20_0100))]);
    assert_eq!(in_force(&log, 20_0500), []);
}

fn any_report() -> impl Strategy<Value = Report> {
    let zones = prop_oneof![Just(BUSAN), Just(SEOUL)];
    let times = (0..40_i64, 0..4_u32, prop::option::of(-5..20_i64), prop::option::of(-5..20_i64), 0..8_u8);
    let act = (prop::sample::select(vec![1, 2, 3, 6, 7, 8, 9]), 0..4_u8, 0..10_u8);
    (zones, times, prop::sample::select(vec![1, 2, 14]), act).prop_map(
        |(zone, (issued, sequence, start, end, all_end), kind, (command, level, withdrawn))| {
            let later = |hours: i64| at(20_0000) + jiff::SignedDuration::from_hours(issued + hours);
            Report {
                issued_at: later(0),
                level: Level(level),
                withdrawn: withdrawn == 0,
                start: start.map(later),
                end: end.map(later),
                all_end: (all_end == 0).then(|| later(1)),
                ..row(20_0000, sequence, zone, kind, command)
            }
        },
    )
}

proptest! {
    #[test]
    fn neither_the_order_of_the_rows_nor_their_repetition_matters(
        (log, shuffled) in prop::collection::vec(any_report(), 0..30).prop_flat_map(|log| {
            let twice: Vec<Report> = log.iter().chain(log.iter().step_by(2)).cloned().collect();
            (Just(log), Just(twice).prop_shuffle())
        }),
        hours in 0..70_i64,
    ) {
        let now = at(20_0000) + jiff::SignedDuration::from_hours(hours);
        let reading = |rows: Vec<Report>| {
            // How many rows have a command that is not known is for the log only.
            Reading { unknown_commands: 0, ..fold(rows, at(10_000), now) }
        };
        prop_assert_eq!(reading(log), reading(shuffled));
    }

    #[test]
    fn what_is_in_force_has_begun_and_is_there_once(log in prop::collection::vec(any_report(), 0..30), hours in 0..70_i64) {
        let now = at(20_0000) + jiff::SignedDuration::from_hours(hours);
        let reading = fold(log, at(10_000), now);
        let keys: BTreeSet<_> = reading.in_force.iter().map(|found| (&found.zone, found.kind)).collect();
        prop_assert_eq!(keys.len(), reading.in_force.len());
        prop_assert!(reading.in_force.iter().all(|found| found.since <= now));
    }
}

mod telling;
