//! Traces that are no run of the handlers', because something in them was changed: none of them may pass for one.

use billing_model::{Impossible, Observation, Trace, Trouble};
use billing_rules::answer::Reason;
use billing_rules::charge::{Attempt, LEASE, State};
use jiff::SignedDuration;
use maru_seoul::start_of_day;
use maru_stack::faults::FaultKind;

use super::model;
use super::recorder::Recorder;
use super::schedule::Step;
use super::trouble::Wrong;

/// The answer is lost, a message comes again, and a quarter of an hour later the status says that it was paid.
async fn lost_and_settled() -> Trace {
    let mut recorder = Recorder::start().await;
    let due_at = start_of_day(recorder.seen().charge.period.start);
    let settled_at = due_at + SignedDuration::from_mins(15);
    for step in [
        Step::later(due_at),
        Step::message().with(Wrong::Charge(FaultKind::LostAnswer)),
        Step::message(),
        Step::later(settled_at - SignedDuration::from_secs(1)),
        Step::later(settled_at),
    ] {
        recorder.perform(&step).await;
    }
    recorder.trace()
}

/// After the answer was lost.
const LOST: usize = 2;
/// After the message that came again.
const AGAIN: usize = 3;
/// A second before it may be settled.
const EARLY: usize = 4;
/// After it was settled.
const SETTLED: usize = 5;

/// What is seen at one place, and from there on.
fn from(trace: &mut Trace, at: usize, edit: impl Fn(&mut Observation)) {
    trace.events[at - 1..].iter_mut().for_each(|event| edit(&mut event.seen));
}

/// What is seen at one place.
fn once(trace: &mut Trace, at: usize, edit: impl Fn(&mut Observation)) {
    edit(&mut trace.events[at - 1].seen);
}

fn seen(trace: &Trace, at: usize) -> Observation {
    trace.events[at - 1].seen.clone()
}

/// Charge and subscription as a step leaves them.
fn stores(seen: &mut Observation, state: State) {
    seen.charge.state = state;
    seen.charge.epoch += 1;
    seen.subscription.revision += 1;
}

/// A second attempt, as if the first had been declined.
fn sends_again(seen: &mut Observation) {
    let State::Unknown { attempt, since } = seen.charge.state.clone() else { panic!("{seen}") };
    let attempt = Attempt { number: 2, order_id: "ord_again".to_owned(), ..attempt };
    stores(seen, State::Sending { attempt, lease_until: since + LEASE });
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_handlers_did_not_do_is_found() {
    let real = lost_and_settled().await;
    model().replay(&real).unwrap_or_else(|impossible| panic!("{impossible}"));
    for (what, edit, found_at) in EDITS {
        let mut trace = real.clone();
        edit(&mut trace);
        let Err(Impossible { at, .. }) = model().replay(&trace) else { panic!("{what}: passed\n{trace}") };
        assert_eq!(at, found_at, "{what}");
    }
}

/// What is done in place of what was; and where it is found.
type Edit = (&'static str, fn(&mut Trace), usize);

const EDITS: [Edit; 10] = [
    ("the plan goes on before anybody knows", extended_early, AGAIN),
    ("the plan goes on without the money", never_carried_out, SETTLED),
    ("sent again while nobody knows", |trace| once(trace, AGAIN, sends_again), AGAIN),
    ("sent again, and charged again", |trace| once(trace, AGAIN, charges_again), AGAIN),
    ("charged again, and nothing stored", |trace| from(trace, AGAIN, |seen| seen.movements += 1), AGAIN),
    ("taken for unpaid, though the status says otherwise", taken_for_unpaid, SETTLED),
    ("settled too early", settled_early, EARLY),
    ("another order than was sent", another_order, AGAIN),
    ("a key given up that is needed", |trace| from(trace, SETTLED, |seen| seen.active = false), SETTLED),
    ("a message that nobody works on", ignored, LOST),
];

fn extended_early(trace: &mut Trace) {
    once(trace, AGAIN, |seen| seen.subscription.period = seen.charge.period);
}

fn charges_again(seen: &mut Observation) {
    sends_again(seen);
    seen.movements += 1;
}

/// The request did not reach KakaoPay, and yet it is taken for paid.
fn never_carried_out(trace: &mut Trace) {
    let before = trace.first.last_approved_at;
    trace.events[LOST - 1].troubles = vec![Trouble::RequestLost];
    from(trace, LOST, |seen| {
        seen.movements = 0;
        seen.last_approved_at = before;
    });
}

fn taken_for_unpaid(trace: &mut Trace) {
    let (before, now) = (seen(trace, EARLY), seen(trace, SETTLED).now);
    once(trace, SETTLED, |seen| {
        *seen = Observation { now, ..before.clone() };
        let reason = Reason::NoAnswer;
        stores(seen, State::Declined { attempts: 1, reason, retry_at: now, dunning: false });
    });
}

fn settled_early(trace: &mut Trace) {
    let settled = seen(trace, SETTLED);
    from(trace, EARLY, |seen| *seen = Observation { now: seen.now, ..settled.clone() });
}

fn another_order(trace: &mut Trace) {
    once(trace, AGAIN, |seen| match &mut seen.charge.state {
        State::Unknown { attempt, .. } => "ord_other".clone_into(&mut attempt.order_id),
        _ => panic!("{seen}"),
    });
}

fn ignored(trace: &mut Trace) {
    let before = seen(trace, LOST - 1);
    trace.events[LOST - 1].troubles.clear();
    once(trace, LOST, |seen| *seen = before.clone());
}
