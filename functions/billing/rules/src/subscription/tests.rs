use jiff::{ToSpan, civil::date};

use super::*;
use crate::answer::Answer;
use crate::charge::{Effect, Heard, Take, answered, take};
use maru_seoul::start_of_day;

const DUE: Date = date(2027, 2, 15);

fn bought() -> (Subscription, Charge) {
    let day = date(2027, 1, 15);
    let subscription = Subscription::bought(day, start_of_day(day));
    let charge = Charge::due(subscription.next_period());
    (subscription, charge)
}

fn ending(subscription: &Subscription, charge: &Charge) -> Subscription {
    match subscription.end_asked(charge) {
        EndAsked::Ending(subscription) => subscription,
        other => panic!("not ending: {other:?}"),
    }
}

fn sent(subscription: &Subscription, charge: &Charge) -> Step {
    match take(charge, subscription, "ord_1", start_of_day(DUE)) {
        Take::Send(step) => step,
        other => panic!("not sent: {other:?}"),
    }
}

fn heard(step: &Step, subscription: &Subscription, answer: &Answer) -> Step {
    match answered(&step.charge, subscription, "ord_1", answer, start_of_day(DUE)) {
        Heard::Store(step) => step,
        other => panic!("not heard: {other:?}"),
    }
}

#[test]
fn one_that_is_ended_in_time_is_not_charged_and_lasts_until_its_due_day() {
    let (subscription, charge) = bought();
    let subscription = ending(&subscription, &charge);
    assert_eq!(subscription.end_asked(&charge), EndAsked::Already);
    let due_at = start_of_day(DUE);
    assert_eq!(take(&charge, &subscription, "ord_1", due_at - 1.second()), Take::Wait(due_at));
    let Take::Store(ended) = take(&charge, &subscription, "ord_1", due_at) else { panic!("charged") };
    assert_eq!(ended.effects, [Effect::Ended { reason: Reason::EndAsked }]);
    assert_eq!((ended.subscription.status, ended.subscription.period.end), (Status::Ended, DUE));
}

#[test]
fn one_that_is_ended_while_it_is_charged_ends_with_the_period_that_was_paid() {
    let (subscription, charge) = bought();
    let sent = sent(&subscription, &charge);
    let subscription = ending(&sent.subscription, &sent.charge);
    let approved = Answer::Approved { tid: "T2".to_owned(), approved_at: start_of_day(DUE) };
    let paid = heard(&sent, &subscription, &approved);
    assert_eq!((paid.subscription.status, paid.subscription.period), (Status::Ending, charge.period));
}

#[test]
fn one_that_is_ended_while_its_charge_is_declined_is_not_tried_again() {
    let (subscription, charge) = bought();
    let sent = sent(&subscription, &charge);
    let subscription = ending(&sent.subscription, &sent.charge);
    let refused = Answer::Refused { status: 400, code: Some(-780) };
    let ended = heard(&sent, &subscription, &refused);
    assert_eq!(ended.effects, [Effect::Ended { reason: Reason::EndAsked }]);
}

#[test]
fn one_that_is_past_due_ends_at_once() {
    let (subscription, charge) = bought();
    let sent = sent(&subscription, &charge);
    let declined = heard(&sent, &sent.subscription, &Answer::Refused { status: 400, code: Some(-780) });
    assert_eq!(declined.subscription.status, Status::PastDue);
    let EndAsked::Ended(ended) = declined.subscription.end_asked(&declined.charge) else {
        panic!("not ended")
    };
    assert!(ended.charge.is_settled());
    assert_eq!(ended.subscription.status, Status::Ended);
    assert_eq!(ended.subscription.end_asked(&ended.charge), EndAsked::Already);
    assert_eq!(take(&charge, &ended.subscription, "ord_2", start_of_day(DUE)), Take::Done);
}

fn closed(subscription: &Subscription, charge: &Charge) -> Step {
    match subscription.closed(charge) {
        Closed::Ended(step) => step,
        other => panic!("not over: {other:?}"),
    }
}

#[test]
fn a_closed_account_ends_it_at_once_whether_its_end_was_asked_for_or_not() {
    let (active, charge) = bought();
    for subscription in [ending(&active, &charge), active] {
        let over = closed(&subscription, &charge);
        assert_eq!((over.subscription.status, over.charge.is_settled()), (Status::Ended, true));
        assert_eq!(over.subscription.closed(&over.charge), Closed::Already);
    }
}

#[test]
fn a_closed_account_waits_for_a_request_that_is_under_way() {
    let (subscription, charge) = bought();
    let sent = sent(&subscription, &charge);
    assert_eq!(sent.subscription.closed(&sent.charge), Closed::Unsettled);
    let lost = heard(&sent, &sent.subscription, &Answer::Lost);
    assert_eq!(lost.subscription.closed(&lost.charge), Closed::Unsettled);
    let declined = heard(&sent, &sent.subscription, &Answer::Refused { status: 400, code: Some(-780) });
    assert_eq!(closed(&declined.subscription, &declined.charge).subscription.status, Status::Ended);
    let approved = Answer::Approved { tid: "T2".to_owned(), approved_at: start_of_day(DUE) };
    let paid = heard(&sent, &sent.subscription, &approved);
    let next = Charge::due(paid.subscription.next_period());
    let over = closed(&paid.subscription, &next);
    assert_eq!(over.subscription.status, Status::Ended);
    assert_eq!(closed(&paid.subscription, &paid.charge), over, "what was paid stays paid");
}

#[test]
fn one_that_was_declined_while_the_end_was_asked_for_is_not_tried_again() {
    let (subscription, charge) = bought();
    let sent = sent(&subscription, &charge);
    let refused = Answer::Refused { status: 400, code: Some(-780) };
    let declined = heard(&sent, &sent.subscription, &refused);
    let subscription = ending(&declined.subscription, &sent.charge);
    let Take::Store(ended) = take(&declined.charge, &subscription, "ord_2", start_of_day(DUE)) else {
        panic!("waits")
    };
    assert_eq!(ended.effects, [Effect::Ended { reason: Reason::EndAsked }]);
}
