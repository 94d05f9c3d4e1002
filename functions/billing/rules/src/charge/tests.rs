use jiff::{ToSpan, civil::date};

use super::*;
use crate::answer::Answer;
use crate::subscription::{Status, Subscription};
use maru_seoul::start_of_day;

/// A subscription bought on 31 January 2027, and the charge that is due on 28 February.
fn due() -> (Charge, Subscription) {
    let bought_at = start_of_day(date(2027, 1, 31)) + 10.hours();
    let subscription = Subscription::bought(date(2027, 1, 31), bought_at);
    (Charge::due(subscription.next_period()), subscription)
}

/// The first moment of the day so many days after the due one.
fn midnight(days: i64) -> Timestamp {
    start_of_day(date(2027, 2, 28).saturating_add(days.days()))
}

fn send(charge: &Charge, subscription: &Subscription, order_id: &str, now: Timestamp) -> Step {
    match take(charge, subscription, order_id, now) {
        Take::Send(step) => step,
        other => panic!("not sent: {other:?}"),
    }
}

fn hear(step: &Step, order_id: &str, answer: &Answer, now: Timestamp) -> Step {
    match answered(&step.charge, &step.subscription, order_id, answer, now) {
        Heard::Store(step) => step,
        other => panic!("not heard: {other:?}"),
    }
}

fn approved(approved_at: Timestamp) -> Answer {
    Answer::Approved { tid: "T0000000000000000002".to_owned(), approved_at }
}

fn refused(code: i32) -> Answer {
    Answer::Refused { status: 400, code: Some(code) }
}

/// Sent on the due day, and never answered.
fn unknown() -> Step {
    let (charge, subscription) = due();
    hear(&send(&charge, &subscription, "ord_1", midnight(0)), "ord_1", &Answer::Lost, midnight(0))
}

fn try_to_settle(step: &Step, last_approved_at: Option<Timestamp>, active: bool) -> Option<Step> {
    let status = AtKakaoPay { active, last_approved_at };
    settled(&step.charge, &step.subscription, "ord_1", status, midnight(0) + SETTLING)
}

fn settle(step: &Step, approved_at: Timestamp, active: bool) -> Step {
    try_to_settle(step, Some(approved_at), active).unwrap()
}

/// Sent on the due day, never answered, and not paid.
fn not_paid() -> Step {
    let unknown = unknown();
    settle(&unknown, unknown.subscription.last_approved_at, true)
}

#[test]
fn a_charge_is_sent_on_its_day_and_not_before() {
    let (charge, subscription) = due();
    let before = midnight(0) - 1.second();
    assert_eq!(take(&charge, &subscription, "ord_1", before), Take::Wait(midnight(0)));
    let sent = send(&charge, &subscription, "ord_1", midnight(0));
    assert_eq!(sent.charge.epoch, 1);
    assert!(matches!(sent.charge.state, State::Sending { attempt: Attempt { number: 1, .. }, .. }));
}

#[test]
fn a_paid_charge_extends_the_plan_by_its_period_only_once() {
    let (charge, subscription) = due();
    let sent = send(&charge, &subscription, "ord_1", midnight(0));
    let paid = hear(&sent, "ord_1", &approved(midnight(0)), midnight(0));
    assert_eq!(paid.subscription.period, charge.period);
    assert_eq!(paid.subscription.period.end, date(2027, 3, 31));
    assert_eq!(paid.subscription.last_approved_at, midnight(0));
    assert!(matches!(paid.effects[..], [Effect::Paid { tid: Some(_), .. }]));

    let again = answered(&paid.charge, &paid.subscription, "ord_1", &approved(midnight(0)), midnight(0));
    assert_eq!(again, Heard::Known);
    assert_eq!(take(&paid.charge, &paid.subscription, "ord_2", midnight(1)), Take::Done);
    assert_eq!(take(&charge, &paid.subscription, "ord_2", midnight(1)), Take::Done);
}

#[test]
fn a_declined_charge_is_tried_on_four_days_and_then_the_plan_ends() {
    let (charge, subscription) = due();
    let mut step = Step { charge, subscription, effects: Vec::new() };
    let mut told = Vec::new();
    for days in [0, 1, 3, 5, 7] {
        let early = take(&step.charge, &step.subscription, "ord", midnight(days) - 1.second());
        assert_eq!(early, Take::Wait(midnight(days)));
        let order_id = format!("ord_{days}");
        step = send(&step.charge, &step.subscription, &order_id, midnight(days));
        step = hear(&step, &order_id, &refused(-780), midnight(days));
        told.extend(step.effects.clone());
    }
    let reason = Reason::Refused(-780);
    let days = [(3, 1), (3, 3), (3, 5), (3, 7)];
    let mut expected: Vec<Effect> =
        days.map(|(month, day)| Effect::Declined { reason, retry_on: date(2027, month, day) }).into();
    expected.push(Effect::Ended { reason });
    assert_eq!(told, expected);
    assert_eq!(step.subscription.status, Status::Ended);
    assert_eq!(step.subscription.period.end, date(2027, 2, 28));
}

#[test]
fn a_retry_that_succeeds_pays_from_the_due_day() {
    let (charge, subscription) = due();
    let declined = send(&charge, &subscription, "ord_1", midnight(0));
    let declined = hear(&declined, "ord_1", &refused(-782), midnight(0));
    assert_eq!(declined.subscription.status, Status::PastDue);
    let sent = send(&declined.charge, &declined.subscription, "ord_2", midnight(1));
    let paid = hear(&sent, "ord_2", &approved(midnight(1)), midnight(1));
    assert_eq!((paid.subscription.status, paid.subscription.period), (Status::Active, charge.period));
}

#[test]
fn a_recurring_payment_that_is_gone_ends_the_subscription_at_once() {
    let (charge, subscription) = due();
    let sent = send(&charge, &subscription, "ord_1", midnight(0));
    let ended = hear(&sent, "ord_1", &refused(-751), midnight(0));
    assert_eq!(ended.effects, [Effect::Ended { reason: Reason::Refused(-751) }]);
    assert!(ended.charge.is_settled());
}

#[test]
fn a_charge_without_an_answer_is_left_alone_until_it_has_settled() {
    let unknown = unknown();
    let settles_at = midnight(0) + SETTLING;
    let early = take(&unknown.charge, &unknown.subscription, "ord_2", settles_at - 1.second());
    assert_eq!(early, Take::Wait(settles_at));
    let late = take(&unknown.charge, &unknown.subscription, "ord_2", settles_at);
    assert_eq!(late, Take::Ask { order_id: "ord_1".to_owned() });
}

#[test]
fn a_dead_sender_makes_its_attempt_unknown_when_its_lease_is_over() {
    let (charge, subscription) = due();
    let sent = send(&charge, &subscription, "ord_1", midnight(0));
    let over = midnight(0) + LEASE;
    assert_eq!(take(&sent.charge, &sent.subscription, "ord_2", over - 1.second()), Take::Wait(over));
    let Take::Store(doubted) = take(&sent.charge, &sent.subscription, "ord_2", over) else {
        panic!("nothing stored")
    };
    assert!(matches!(doubted.charge.state, State::Unknown { since, .. } if since == over));
    let late = hear(&doubted, "ord_1", &approved(over), over);
    assert!(matches!(late.charge.state, State::Charged { tid: Some(_), .. }));
}

#[test]
fn a_later_approval_settles_the_unknown_as_paid() {
    let paid = settle(&unknown(), midnight(0), true);
    assert!(matches!(paid.charge.state, State::Charged { tid: None, .. }));
    assert_eq!(paid.subscription.last_approved_at, midnight(0));
    let paid = settle(&unknown(), midnight(0), false);
    assert!(matches!(paid.charge.state, State::Charged { .. }), "paid, and given up after that");
}

#[test]
fn the_approval_of_the_period_before_settles_it_as_not_paid() {
    let baseline = unknown().subscription.last_approved_at;
    for approved_at in [baseline - SAME_APPROVAL, baseline, baseline + SAME_APPROVAL] {
        let declined = settle(&unknown(), approved_at, true);
        assert!(matches!(declined.charge.state, State::Declined { reason: Reason::NoAnswer, .. }));
        assert!(declined.effects.is_empty(), "no card was declined");
        let again = take(&declined.charge, &declined.subscription, "ord_2", midnight(0) + SETTLING);
        assert!(matches!(again, Take::Send(_)));
    }
    let ended = settle(&unknown(), baseline, false);
    assert_eq!(ended.effects, [Effect::Ended { reason: Reason::Inactive }]);
}

#[test]
fn a_status_that_does_not_say_what_became_of_it_settles_nothing() {
    let earlier = unknown().subscription.last_approved_at - SAME_APPROVAL - 1.second();
    for approved_at in [None, Some(earlier)] {
        for active in [true, false] {
            assert_eq!(try_to_settle(&unknown(), approved_at, active), None);
        }
    }
}

#[test]
fn three_requests_without_an_answer_are_followed_by_the_days_of_the_retries() {
    let (charge, subscription) = due();
    let mut step = Step { charge, subscription, effects: Vec::new() };
    let mut now = midnight(0);
    for _ in 0..SENDS_AT_ONCE {
        step = send(&step.charge, &step.subscription, "ord_1", now);
        step = hear(&step, "ord_1", &Answer::NotSent, now);
        now += PAUSE;
    }
    let retry_on = date(2027, 3, 1);
    assert_eq!(step.effects, [Effect::Declined { reason: Reason::NotSent, retry_on }]);
    assert_eq!(take(&step.charge, &step.subscription, "ord_1", now), Take::Wait(midnight(1)));
}

#[test]
fn two_approvals_are_so_far_apart_that_they_are_not_taken_for_one() {
    let (charge, mut subscription) = due();
    subscription.last_approved_at = midnight(0) - 1.minute();
    let from = subscription.last_approved_at + APART;
    assert_eq!(take(&charge, &subscription, "ord_1", midnight(0)), Take::Wait(from));
    assert!(matches!(take(&charge, &subscription, "ord_1", from), Take::Send(_)));
}

#[test]
fn money_for_an_attempt_that_was_taken_for_unpaid_is_noticed() {
    let declined = not_paid();
    let late =
        answered(&declined.charge, &declined.subscription, "ord_1", &approved(midnight(0)), midnight(1));
    assert_eq!(late, Heard::Astray);
    let late = answered(&declined.charge, &declined.subscription, "ord_1", &Answer::Lost, midnight(1));
    assert_eq!(late, Heard::Known);
}

#[test]
fn what_is_stored_reads_as_it_was_written() {
    let declined = not_paid();
    let (charge, _) = due();
    for charge in [charge, unknown().charge, declined.charge, settle(&unknown(), midnight(0), true).charge] {
        let stored = serde_json::to_string(&charge).unwrap();
        assert_eq!(serde_json::from_str::<Charge>(&stored).unwrap(), charge, "{stored}");
    }
}
