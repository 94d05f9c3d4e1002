//! Of what the log tells, and of what it is silent.

use super::*;

/// An alert that is known.
pub fn alert(zone: (&str, &str), kind: Kind, issued: i64) -> Alert {
    let (id, issued_at) = ("alt_1".to_owned(), at(issued));
    let (zone, zone_name) = (zone.0.to_owned(), zone.1.to_owned());
    Alert { id, zone, zone_name, kind, level: Level(0), since: issued_at, issued_at, ended_at: None }
}

#[test]
fn the_log_tells_of_what_it_has_rows_of_and_of_zones_where_everything_ended() {
    let end = Report { all_end: Some(at(20_0500)), ..release(20_0500, 2, SEOUL, 2, 20_0500) };
    let reading = fold([issue(20_0100, 1, BUSAN, 2, 0, 20_0100), end], at(10_000), at(20_0600));
    let tells = |zone, kind, issued| reading.tells_of(&alert(zone, kind, issued));
    assert!(tells(BUSAN, Kind::Rain, 20_0100) && tells(SEOUL, Kind::Drought, 20_0100));
    assert!(!tells(BUSAN, Kind::Drought, 20_0100));
    // What was issued after all that it has.
    assert!(!tells(BUSAN, Kind::Rain, 20_0110) && !tells(SEOUL, Kind::Drought, 20_0510));
}

#[test]
fn the_log_tells_of_what_was_withdrawn_and_not_yet_of_what_is_announced() {
    let withdrawn = Report { withdrawn: true, ..issue(20_0100, 1, BUSAN, 2, 0, 20_0100) };
    let log = [withdrawn, change(20_0100, 2, SEOUL, 4, 1, 21_0100), release(20_0200, 3, SEOUL, 1, 20_0900)];
    let tells =
        |zone, kind, issued, now| fold(log.clone(), at(10_000), at(now)).tells_of(&alert(zone, kind, issued));
    assert!(tells(BUSAN, Kind::Rain, 20_0100, 20_0300) && !tells(BUSAN, Kind::Rain, 20_0050, 20_0300));
    for (kind, begins) in [(Kind::Drought, 21_0100), (Kind::Wind, 20_0900)] {
        assert!(!tells(SEOUL, kind, 10_0000, begins - 41) && tells(SEOUL, kind, 10_0000, begins));
    }
}
