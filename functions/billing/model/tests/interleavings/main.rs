//! The charge of one period, over every interleaving of two workers, their messages, the member and KakaoPay.
//!
//! The last tests give the model rules that are wrong, and see it find out: each property is broken by some.

mod wrong;

use billing_model::properties::{AGREED, CLOSED, ENDED, EXTENDED, ONCE, SETTLES, STORED};
use billing_model::{Billing, Rules};
use billing_rules::answer::Answer;
use billing_rules::charge::{AtKakaoPay, Charge, Heard, Step, Take};
use billing_rules::subscription::{EndAsked, Subscription};
use jiff::Timestamp;
use stateright::{Checker, HasDiscoveries, Model};

/// Of so many worlds all is true. Far fewer would mean that something cannot happen any more that can today.
const WORLDS: usize = 700_000;

#[test]
fn every_interleaving_charges_at_most_once_and_settles() {
    let checker = Billing::new(Rules::RIGHT).checker().threads(2).spawn_dfs().join();
    checker.assert_properties();
    assert!(checker.unique_state_count() > WORLDS, "{} worlds", checker.unique_state_count());
}

/// Lets the model run with rules that are wrong, and expects it to break `property`.
fn finds(property: &'static str, billing: Billing) {
    let broken = HasDiscoveries::AnyOf([property].into());
    let checker = billing.checker().finish_when(broken).spawn_bfs().join();
    let found = checker.discoveries();
    assert!(found.contains_key(property), "not found, but {:?}", found.keys());
}

fn taking(take: fn(&Charge, &Subscription, &str, Timestamp) -> Take) -> Billing {
    Billing::new(Rules { take, ..Rules::RIGHT })
}

fn hearing(answered: fn(&Charge, &Subscription, &str, &Answer, Timestamp) -> Heard) -> Billing {
    Billing::new(Rules { answered, ..Rules::RIGHT })
}

fn settling(settled: fn(&Charge, &Subscription, &str, AtKakaoPay, Timestamp) -> Option<Step>) -> Billing {
    Billing::new(Rules { settled, ..Rules::RIGHT })
}

fn ending(end_asked: fn(&Subscription, &Charge) -> EndAsked) -> Billing {
    Billing::new(Rules { end_asked, ..Rules::RIGHT })
}

#[test]
fn it_finds_who_sends_again_after_a_time_out() {
    finds(ONCE, hearing(wrong::sends_again_after_a_time_out));
}

#[test]
fn it_finds_who_sends_again_at_each_message() {
    finds(AGREED, taking(wrong::sends_at_each_message));
}

#[test]
fn it_finds_who_sends_again_what_a_dead_worker_sent() {
    finds(ONCE, taking(wrong::sends_for_the_dead));
}

#[test]
fn it_finds_who_takes_a_living_worker_for_dead() {
    finds(STORED, taking(wrong::takes_the_living_for_dead));
}

#[test]
fn it_finds_who_asks_before_it_has_settled() {
    finds(ONCE, taking(wrong::asks_at_once));
}

#[test]
fn it_finds_who_never_asks() {
    finds(SETTLES, taking(wrong::never_asks));
}

#[test]
fn it_finds_who_compares_kakaopay_s_clock_with_ours() {
    finds(ONCE, taking(wrong::compares_with_our_clock));
}

#[test]
fn it_finds_who_sends_right_after_another_approval() {
    finds(ONCE, taking(wrong::sends_right_after_another));
}

#[test]
fn it_finds_who_compares_to_the_second() {
    finds(EXTENDED, settling(wrong::compares_to_the_second));
}

#[test]
fn it_finds_who_takes_silence_for_no() {
    finds(ONCE, settling(wrong::takes_silence_for_no));
}

#[test]
fn it_finds_who_takes_what_was_given_up_for_unpaid() {
    finds(EXTENDED, settling(wrong::takes_given_up_for_unpaid));
}

#[test]
fn it_finds_who_forgets_which_attempt_was_asked_for() {
    finds(ONCE, settling(wrong::forgets_which_it_asked_for));
}

#[test]
fn it_finds_who_extends_the_plan_for_a_declined_charge() {
    finds(EXTENDED, hearing(wrong::extends_anyway));
}

#[test]
fn it_finds_who_ends_what_may_be_paid() {
    finds(CLOSED, ending(wrong::ends_what_may_be_paid));
}

#[test]
fn it_finds_who_closes_what_may_be_paid() {
    finds(EXTENDED, Billing::new(Rules { closed: wrong::closes_what_may_be_paid, ..Rules::RIGHT }));
}

#[test]
fn it_finds_who_ends_what_is_paid() {
    finds(ENDED, ending(wrong::ends_what_is_paid));
}

#[test]
fn it_finds_a_table_that_is_written_without_a_condition() {
    finds(STORED, Billing::new(Rules::RIGHT).without_conditions());
}
