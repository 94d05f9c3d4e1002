//! The log says nothing of what is known.

use super::*;

/// What is told, and what becomes of the room; nothing and nothing when nothing changes.
type Seen = (Vec<(u16, Option<u8>, Option<u8>)>, Option<Room>);

fn seen(change: Option<&Change>) -> Seen {
    (told(change), change.map(|change| change.room))
}

fn nothing() -> Seen {
    (vec![], None)
}

#[test]
fn a_warning_from_before_the_log_stays_until_the_log_tells_of_it() {
    let drought = row(1, EAST, 4, 0, 1);
    let mut hours = Hours::of(&[drought, row(9, WEST, 2, 0, 1), row(20, EAST, 4, 0, 2)]);
    hours.pass(1);
    let change = hours.pass_with(at(5), 10).unwrap();
    assert_eq!((change.counts.ended, change.gravest.len()), (0, 2));
    let change = hours.pass_with(at(5), 20).unwrap();
    assert_eq!((change.counts.ended, change.gravest.len()), (1, 1));
}

#[test]
fn what_is_only_announced_ends_no_warning_from_before_the_log() {
    let drought = row(1, EAST, 4, 0, 1);
    let raised = Report { start: Some(at(34)), ..row(10, EAST, 4, 1, 7) };
    let lifted = Report { end: Some(at(42)), ..row(40, EAST, 4, 0, 2) };
    let mut hours = Hours::of(&[drought, raised, lifted]);
    hours.pass(1);
    for hour in 5..50 {
        let expected = match hour {
            34 => (vec![(4, Some(0), Some(1))], Some(Room::Changes)),
            42 => (vec![(4, Some(1), None)], Some(Room::Closes)),
            _ => nothing(),
        };
        assert_eq!(seen(hours.pass_with(at(5), hour).as_ref()), expected, "{hour}");
    }
    // A release two hours ahead, of which nothing else stands in the log.
    let lifted = Report { end: Some(at(12)), ..row(10, EAST, 4, 0, 2) };
    let mut hours = Hours::of(&[row(1, EAST, 4, 0, 1), lifted]);
    hours.pass(1);
    let ends = (5..20).filter(|hour| hours.pass_with(at(5), *hour).is_some());
    assert_eq!(ends.collect::<Vec<_>>(), [12]);
}

#[test]
fn a_row_that_vanishes_changes_nothing_while_the_text_names_the_warning_or_cannot_be_read() {
    for text in [None, Some("o 호우주의보 : 서울동남권"), Some("o 안개주의보 : 부산"), Some(" ")]
    {
        let whole = [row(1, EAST, 2, 0, 1), row(1, WEST, 1, 0, 1)];
        let mut hours = Hours::of(&whole);
        hours.pass(1);
        (hours.log, hours.text) = (whole[1..].to_vec(), text);
        assert_eq!(seen(hours.pass(2).as_ref()), nothing(), "{text:?}");
        hours.log = whole.to_vec();
        assert_eq!(seen(hours.pass(3).as_ref()), nothing(), "{text:?}");
    }
}

#[test]
fn what_the_log_says_of_the_time_before_a_row_that_vanished_undoes_nothing() {
    let earlier = [row(1, EAST, 2, 1, 1), row(2, EAST, 2, 1, 2), row(3, EAST, 2, 0, 1)];
    let raised = row(5, EAST, 2, 2, 7);
    for kept in 0..=3 {
        let mut hours = Hours::of(&[&earlier[..], std::slice::from_ref(&raised)].concat());
        (1..=5).for_each(|hour| drop(hours.pass(hour)));
        (hours.log, hours.text) = (earlier[..kept].to_vec(), Some("o 호우중대경보 : 서울동남권"));
        assert_eq!(seen(hours.pass(6).as_ref()), nothing(), "{kept}");
        // It was lowered after all.
        hours.log.push(row(7, EAST, 2, 1, 7));
        assert_eq!(told(hours.pass(7).as_ref()), [(2, Some(2), Some(1))], "{kept}");
    }
}

#[test]
fn what_neither_the_log_nor_the_text_names_any_more_ends() {
    for text in ["o 없음", "o 강풍주의보 : 서울동남권", "o 호우경보 : 서울동남권"] {
        let mut hours = Hours::of(&[row(1, EAST, 2, 0, 1)]);
        hours.pass(1);
        (hours.log, hours.text) = (vec![], Some(text));
        assert_eq!(hours.pass(2).unwrap().room, Room::Closes, "{text}");
    }
}

#[test]
fn a_row_that_was_withdrawn_ends_its_own_alert_and_none_from_before_the_log() {
    let (issued, raised) = (row(1, EAST, 4, 0, 1), row(10, EAST, 4, 1, 7));
    let withdrawn = |row: &Report| Report { withdrawn: true, ..row.clone() };
    let mut hours = Hours::of(std::slice::from_ref(&issued));
    hours.pass(1);
    hours.log = vec![withdrawn(&issued)];
    assert_eq!(hours.pass(2).unwrap().room, Room::Closes);
    let mut hours = Hours::of(&[issued, withdrawn(&raised)]);
    hours.pass(1);
    assert_eq!(seen(hours.pass_with(at(5), 10).as_ref()), nothing());
}

#[test]
fn the_text_alone_opens_and_closes_nothing() {
    let mut hours = Hours::of(&[row(1, EAST, 2, 0, 1)]);
    hours.text = Some("o 강풍경보 : 서울동남권");
    assert_eq!(hours.pass(1).unwrap().gravest, BTreeMap::from([(Kind::Rain, Level(0))]));
    assert_eq!(hours.pass(2), None);
    hours.text = Some("o 없음");
    assert_eq!(hours.pass(3), None);
}
