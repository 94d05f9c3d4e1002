//! A chat room, over every interleaving of senders, queues and clients.
//!
//! The last tests do something wrong, each as somebody might have meant it, and see the model find out.

use chat_model::properties::{GAPLESS, IN_ORDER, ONCE, SETTLES, WHOLE};
use chat_model::{Room, Rules};
use chat_rules::posting::{Head, Next, next};
use stateright::{Checker, HasDiscoveries, Model};

/// Searches a room and checks that at least so many worlds were seen: far fewer would mean that something cannot happen
/// any more that can today.
fn holds(room: Room, worlds: usize) {
    let checker = room.checker().threads(2).spawn_dfs().join();
    checker.assert_properties();
    let found = checker.unique_state_count();
    assert!(found > worlds, "{found} worlds");
}

#[test]
fn two_who_send_while_something_goes_wrong() {
    holds(Room::new(Rules::RIGHT, &[1, 2], 1, 1), 2_000_000);
}

#[test]
fn three_who_send_at_once() {
    holds(Room::new(Rules::RIGHT, &[1, 2, 3], 0, 0), 40_000);
}

#[test]
fn the_same_message_by_two_connections_and_another() {
    holds(Room::new(Rules::RIGHT, &[1, 1, 2], 0, 1), 20_000);
}

#[test]
fn a_connection_that_is_cut_twice() {
    holds(Room::new(Rules::RIGHT, &[1], 1, 2), 12_000);
}

#[test]
fn two_clients() {
    holds(Room::new(Rules::RIGHT, &[1], 2, 1), 250_000);
}

/// Expects the model to find that `property` does not hold.
fn finds(property: &'static str, rules: Rules, letters: &[u8]) {
    let broken = HasDiscoveries::AnyOf([property].into());
    let checker = Room::new(rules, letters, 1, 2).checker().finish_when(broken).spawn_bfs().join();
    let found = checker.discoveries();
    assert!(found.contains_key(property), "not found, but {:?}", found.keys());
}

/// "What is not there yet is not there."
fn forgets_records(head: Head, _: Option<u64>, own: u8, others: Vec<u8>) -> Next<u8> {
    next(head, None, own, others)
}

/// "Whoever comes later is a place further."
fn leaves_a_place(head: Head, record: Option<u64>, own: u8, others: Vec<u8>) -> Next<u8> {
    next(Head { sequence: head.sequence + 1, ..head }, record, own, others)
}

#[test]
fn it_finds_a_sequence_without_a_condition() {
    finds(GAPLESS, Rules { conditional: false, ..Rules::RIGHT }, &[1, 2]);
}

#[test]
fn it_finds_who_leaves_a_place() {
    // One sends: without the condition two would overwrite each other's, which is no gap but as wrong.
    let alone = &[1];
    finds(GAPLESS, Rules { next: leaves_a_place, conditional: false, ..Rules::RIGHT }, alone);
    let right = Rules { conditional: false, ..Rules::RIGHT };
    let checker = Room::new(right, alone, 1, 2).checker().spawn_bfs().join();
    assert!(!checker.discoveries().contains_key(GAPLESS), "it is the place that is found, and nothing else");
}

#[test]
fn it_finds_who_stores_what_is_stored() {
    finds(ONCE, Rules { next: forgets_records, records: false, ..Rules::RIGHT }, &[1, 2]);
}

#[test]
fn it_finds_who_looks_for_a_record_but_does_not_ask_for_none() {
    // Laid down by the other connection before it is stored, taken along by the one that was late after it.
    finds(ONCE, Rules { records: false, ..Rules::RIGHT }, &[1, 1, 2]);
}

#[test]
fn it_finds_who_sends_word_after_the_transaction() {
    finds(WHOLE, Rules { outbox: false, ..Rules::RIGHT }, &[1, 2]);
}

#[test]
fn it_finds_who_reads_before_entering() {
    finds(WHOLE, Rules { enters_first: false, ..Rules::RIGHT }, &[1, 2]);
}

#[test]
fn it_finds_nothing_else_in_rooms_where_nothing_goes_wrong() {
    let checker = Room::new(Rules::RIGHT, &[1, 2], 1, 0).checker().spawn_bfs().join();
    for property in [GAPLESS, ONCE, IN_ORDER, WHOLE, SETTLES] {
        assert!(!checker.discoveries().contains_key(property), "{property}");
    }
}
