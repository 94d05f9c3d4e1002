//! The handlers' own runs, held against the model that the rules were checked with: whatever they do, under whatever goes
//! wrong, the model could have done.

mod edited;
mod recorder;
mod schedule;
mod trouble;

use std::collections::BTreeSet;

use billing_model::{Billing, Event, Rules, Trace};
use billing_rules::charge::State;
use futures::stream::{StreamExt, iter};

use self::recorder::Recorder;
use self::schedule::Schedule;

/// How many runs there are, unless `BILLING_TRACES` says otherwise.
const TRACES: u64 = 32;

/// How many are recorded at a time: now and then they wait.
const AT_A_TIME: usize = 12;

#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_handlers_do_the_model_could_have_done() {
    let first = variable("BILLING_TRACE_SEED").unwrap_or(0);
    let seeds = first..first + variable("BILLING_TRACES").unwrap_or(TRACES);
    let traces: Vec<(u64, Trace)> = iter(seeds).map(record).buffer_unordered(AT_A_TIME).collect().await;
    for (seed, trace) in &traces {
        model().replay(trace).unwrap_or_else(|impossible| panic!("BILLING_TRACE_SEED={seed}: {impossible}"));
    }
    if traces.len() as u64 >= TRACES {
        let seen: BTreeSet<&str> = traces.iter().flat_map(|(_, trace)| &trace.events).map(state).collect();
        assert_eq!(Vec::from_iter(seen), EVERY_STATE, "far too little happened");
    }
}

fn model() -> Billing {
    Billing::new(Rules::RIGHT)
}

/// What the handlers do under the schedule of a seed.
async fn record(seed: u64) -> (u64, Trace) {
    let (mut schedule, mut recorder) = (Schedule::new(seed), Recorder::start().await);
    while let Some(step) = schedule.next(recorder.seen()) {
        recorder.perform(&step).await;
    }
    (seed, recorder.trace())
}

/// What is seen in several of the runs.
const EVERY_STATE: [&str; 7] =
    ["abandoned", "charged", "charged by the status", "declined", "due", "sending", "unknown"];

fn state(event: &Event) -> &'static str {
    match &event.seen.charge.state {
        State::Due => "due",
        State::Sending { .. } => "sending",
        State::Unknown { .. } => "unknown",
        State::Declined { .. } => "declined",
        State::Abandoned { .. } => "abandoned",
        State::Charged { tid: Some(_), .. } => "charged",
        State::Charged { tid: None, .. } => "charged by the status",
    }
}

fn variable(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|value| value.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}
