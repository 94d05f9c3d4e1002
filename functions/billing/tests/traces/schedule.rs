//! What is done to billing, one step after the other: written down, or drawn at random.

use std::ops::RangeInclusive;

use billing_model::Observation;
use billing_rules::charge::{SETTLING, State};
use jiff::{SignedDuration, Span, Timestamp};
use maru_seoul::{day_in_seoul, start_of_day};
use maru_stack::crash::Moment;
use maru_stack::faults::FaultKind;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

use super::trouble::Wrong;

/// The most steps that there are.
const STEPS: usize = 18;

/// How many of them come when all is settled: nothing may change any more.
const AFTERWARDS: usize = 2;

/// How a charge may go wrong at KakaoPay.
const CHARGES: [FaultKind; 11] = [
    FaultKind::LostAnswer,
    FaultKind::Half,
    FaultKind::Error,
    FaultKind::Throttle,
    FaultKind::FalseRefusal(-702),
    FaultKind::FalseRefusal(-783),
    FaultKind::FalseRefusal(-785),
    FaultKind::Refusal(-721),
    FaultKind::Refusal(-752),
    FaultKind::Refusal(-780),
    FaultKind::Refusal(-797),
];

/// What is done. Everything but the time is done at once.
#[derive(Clone, Debug, Default)]
pub struct Step {
    /// It becomes so late, and what comes every minute comes.
    pub later: Option<Timestamp>,
    /// How many workers are given a message.
    pub messages: usize,
    /// The member asks Maru for the end.
    pub end_asked: bool,
    /// The member gives the recurring payment up at KakaoPay.
    pub given_up: bool,
    /// What goes wrong meanwhile.
    pub wrong: Option<Wrong>,
}

impl Step {
    /// One message.
    pub fn message() -> Self {
        Self { messages: 1, ..Self::default() }
    }

    /// It becomes so late.
    pub fn later(moment: Timestamp) -> Self {
        Self { later: Some(moment), ..Self::default() }
    }

    /// The same, and this goes wrong.
    pub fn with(self, wrong: Wrong) -> Self {
        Self { wrong: Some(wrong), ..self }
    }
}

/// Steps that are drawn.
pub struct Schedule {
    random: StdRng,
    steps: usize,
    afterwards: usize,
}

impl Schedule {
    /// Those of a seed.
    pub fn new(seed: u64) -> Self {
        Self { random: StdRng::seed_from_u64(seed), steps: 0, afterwards: 0 }
    }

    /// The next step, while there is one.
    pub fn next(&mut self, seen: &Observation) -> Option<Step> {
        let settled = seen.charge.is_settled();
        self.steps += 1;
        self.afterwards += usize::from(settled);
        if self.steps > STEPS || self.afterwards > AFTERWARDS {
            return None;
        }
        let messages = self.random.random_range(1..=2);
        if self.steps == 1 {
            // Where anything is possible, or just too early for it.
            return Some(Step::later(begins(seen) + self.seconds(-2..=40_000)));
        }
        let mut step = match self.random.random_range(0..100) {
            0..45 => Step { messages, ..Step::default() },
            45..84 => Step::later(self.moment(seen)),
            // The model is one of one period: when it is settled, nobody asks.
            84..87 if !settled => Step { end_asked: true, ..Step::default() },
            87..96 if !settled => Step { end_asked: true, messages, ..Step::default() },
            96.. if !settled => Step { given_up: true, messages: messages - 1, ..Step::default() },
            _ => Step::message(),
        };
        step.wrong = self.wrong(&step, seen);
        Some(step)
    }

    /// A moment to come: mostly about that from which on the charge goes on.
    fn moment(&mut self, seen: &Observation) -> Timestamp {
        let goes_on = match &seen.charge.state {
            State::Sending { lease_until, .. } => *lease_until,
            State::Unknown { since, .. } => *since + SETTLING,
            State::Declined { retry_at, .. } => *retry_at,
            State::Due | State::Charged { .. } | State::Abandoned { .. } => begins(seen),
        };
        let moment = match self.random.random_range(0..10) {
            0..6 => goes_on + self.seconds(0..=1),
            6 => goes_on - self.seconds(0..=1),
            7 => seen.now + self.seconds(0..=90),
            8 => seen.now + self.seconds(90..=1000),
            _ => {
                start_of_day(day_in_seoul(seen.now).saturating_add(Span::new().days(1)))
                    + self.seconds(-2..=1)
            }
        };
        if moment > seen.now { moment } else { seen.now + self.seconds(1..=960) }
    }

    /// So many seconds, and a part of one.
    fn seconds(&mut self, range: RangeInclusive<i64>) -> SignedDuration {
        SignedDuration::from_secs(self.random.random_range(range))
            + SignedDuration::from_millis(self.random.random_range(0..1000))
    }

    /// What goes wrong, most of the time.
    fn wrong(&mut self, step: &Step, seen: &Observation) -> Option<Wrong> {
        let wrong = match self.random.random_range(0..24) {
            0..10 if seen.charge.epoch == 0 && self.random.random_ratio(1, 6) => Wrong::NoSecret,
            0..10 => Wrong::Charge(*CHARGES.choose(&mut self.random)?),
            10 => Wrong::NoStatus,
            11 | 12 => Wrong::NoWordFromTheTable(self.random.random_range(1..=4)),
            13..17 => {
                let moment = if self.random.random() { Moment::Before } else { Moment::After };
                Wrong::Dies { at_call: self.random.random_range(1..=10), moment }
            }
            // Not when time goes on: workers come by themselves then.
            17..19 if step.later.is_none() => {
                let minutes = self.random.random_range(1..=13);
                Wrong::Killed { carried_out_after: self.random.random::<bool>().then_some(minutes) }
            }
            _ => return None,
        };
        Some(wrong)
    }
}

/// When the period begins.
fn begins(seen: &Observation) -> Timestamp {
    start_of_day(seen.charge.period.start)
}
