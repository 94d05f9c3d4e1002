use super::*;

const VISIBILITY: Duration = Duration::from_secs(30);

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn message(body: &str, group: Option<&str>) -> NewMessage {
    NewMessage { body: body.to_owned(), group: group.map(str::to_owned), ..NewMessage::default() }
}

fn send(backlog: &mut Backlog, body: &str, group: Option<&str>) {
    backlog.send(message(body, group), format!("id-{body}"), at(0), Duration::ZERO);
}

fn bodies(messages: &[Message]) -> Vec<&str> {
    messages.iter().map(|message| message.body.as_str()).collect()
}

#[test]
fn a_received_message_is_hidden_until_its_time_is_over_or_it_is_deleted() {
    let mut backlog = Backlog::new(false);
    send(&mut backlog, "a", None);
    let first = backlog.receive(10, VISIBILITY, at(0));
    assert_eq!(bodies(&first), ["a"]);
    assert!(backlog.receive(10, VISIBILITY, at(29)).is_empty());
    let second = backlog.receive(10, VISIBILITY, at(30));
    assert_eq!(second[0].receive_count, 2);
    // The first receiver comes late: its receipt no longer counts.
    backlog.delete(first[0].receipt.as_deref().unwrap());
    assert_eq!(backlog.counts(at(30)), Counts { in_flight: 1, ..Counts::default() });
    backlog.delete(second[0].receipt.as_deref().unwrap());
    assert_eq!(backlog.counts(at(99)), Counts::default());
}

#[test]
fn a_delayed_message_waits() {
    let mut backlog = Backlog::new(false);
    backlog.send(message("a", None), "id".to_owned(), at(0), Duration::from_secs(5));
    assert!(backlog.receive(1, VISIBILITY, at(4)).is_empty());
    assert_eq!((backlog.counts(at(4)).delayed, backlog.next_visible()), (1, Some(at(5))));
    assert_eq!(backlog.receive(1, VISIBILITY, at(5)).len(), 1);
}

#[test]
fn a_group_gives_its_messages_in_order_and_one_batch_at_a_time() {
    let mut backlog = Backlog::new(true);
    for (body, group) in [("a1", "a"), ("a2", "a"), ("b1", "b"), ("a3", "a")] {
        send(&mut backlog, body, Some(group));
    }
    let batch = backlog.receive(2, VISIBILITY, at(0));
    assert_eq!(bodies(&batch), ["a1", "a2"]);
    assert_eq!(bodies(&backlog.receive(10, VISIBILITY, at(0))), ["b1"]);
    for message in &batch {
        backlog.delete(message.receipt.as_deref().unwrap());
    }
    assert_eq!(bodies(&backlog.receive(10, VISIBILITY, at(0))), ["a3"]);
}

#[test]
fn the_same_deduplication_id_is_stored_once_in_five_minutes() {
    let mut backlog = Backlog::new(true);
    let one = NewMessage { deduplication: Some("d".to_owned()), ..message("a", Some("g")) };
    let first = backlog.send(one.clone(), "1".to_owned(), at(0), Duration::ZERO);
    assert_eq!(backlog.send(one.clone(), "2".to_owned(), at(299), Duration::ZERO), first);
    assert_eq!(backlog.send(one, "3".to_owned(), at(300), Duration::ZERO).id, "3");
    assert_eq!(backlog.messages().count(), 2);
}

#[test]
fn a_message_received_too_often_is_taken_out_when_it_would_be_received_again() {
    let mut backlog = Backlog::new(false);
    send(&mut backlog, "a", None);
    backlog.receive(1, VISIBILITY, at(0));
    assert!(backlog.take_exhausted(1, at(29)).is_empty(), "still in flight");
    let dead = backlog.take_exhausted(1, at(30));
    assert_eq!(bodies(&dead), ["a"]);
    let mut letters = Backlog::new(false);
    letters.adopt(dead, at(30));
    assert_eq!(letters.receive(1, VISIBILITY, at(30))[0].id, "id-a");
}

#[test]
fn restored_messages_that_were_in_flight_are_visible_again() {
    let mut backlog = Backlog::new(true);
    for body in ["a", "b"] {
        send(&mut backlog, body, Some(body));
    }
    backlog.receive(1, VISIBILITY, at(0));
    let saved: Vec<Message> = backlog.messages().cloned().collect();
    let mut restored = Backlog::new(true);
    restored.restore(saved, at(1));
    assert_eq!(bodies(&restored.receive(10, VISIBILITY, at(1))), ["a", "b"]);
    assert_eq!(
        restored.send(message("c", Some("c")), "c".to_owned(), at(1), Duration::ZERO).sequence,
        Some(3)
    );
}
