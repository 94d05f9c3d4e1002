//! Everything that can differ between two moments: the table, who is at work, what is under way, KakaoPay, the time.

use std::hash::{DefaultHasher, Hash, Hasher};

use billing_rules::charge::{Attempt, Charge, Effect, SETTLING, State, Step, WORKER_TIMEOUT};
use billing_rules::subscription::Subscription;
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, date},
};
use maru_seoul::start_of_day;

use crate::billing::Billing;
use crate::kakaopay::{Clock, KakaoPay};
use crate::member::Member;
use crate::time::OUTAGES;
use crate::worker::Worker;

/// The longest that KakaoPay takes until a request that reached it is carried out and seen in the subscription's
/// status: all that [`SETTLING`] leaves.
const EXECUTION: SignedDuration =
    SignedDuration::from_secs(SETTLING.as_secs() - WORKER_TIMEOUT.as_secs() - 1);

const _: () = assert!(EXECUTION.as_mins() >= 10);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct World {
    pub now: Timestamp,
    /// In the table.
    pub charge: Charge,
    /// In the table.
    pub subscription: Subscription,
    pub workers: [Worker; 2],
    pub member: Member,
    /// Under way to KakaoPay.
    pub requests: Vec<Request>,
    pub kakaopay: KakaoPay,
    /// How often billing has stood still for a day.
    pub outages: u8,
    /// How many effects were stored that say so.
    pub paid: u8,
    /// How many effects were stored that say so.
    pub ended: u8,
    /// A request left that was not the stored attempt's.
    pub sent_in_doubt: bool,
}

/// A request that has left its worker. It is carried out once, or never.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Request {
    pub order_id: String,
    /// After this it is carried out never.
    pub until: Timestamp,
}

/// A number that differs for all that differ, as good as certainly.
pub fn fingerprint(what: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

/// Whether neither the charge nor the subscription was changed since `step` was made.
pub const fn step_follows(step: &Step, charge: &Charge, subscription: &Subscription) -> bool {
    step.charge.epoch == charge.epoch + 1 && step.subscription.revision == subscription.revision + 1
}

/// The order of the attempt that is open, or was paid.
pub const fn order_id_mut(state: &mut State) -> Option<&mut String> {
    match state {
        State::Sending { attempt: Attempt { order_id, .. }, .. }
        | State::Unknown { attempt: Attempt { order_id, .. }, .. }
        | State::Charged { order_id, .. } => Some(order_id),
        State::Due | State::Declined { .. } | State::Abandoned { .. } => None,
    }
}

impl World {
    /// The first moment of the due day of a subscription that was bought on 31 January.
    pub fn ordinary() -> Self {
        Self::begin(date(2027, 2, 28), date(2027, 1, 31), Clock::HALF_A_MINUTE_SLOW)
    }

    /// Billing stood still for a month: the period before was paid a moment ago, and the next has long begun.
    pub fn after_a_month_s_outage() -> Self {
        let world = Self::begin(date(2027, 3, 30), date(2027, 3, 30), Clock::NEARLY_A_DAY_SLOW);
        Self { outages: OUTAGES, ..world }
    }

    fn begin(today: Date, last_paid_on: Date, clock: Clock) -> Self {
        let approved_at = clock.at(start_of_day(last_paid_on));
        let subscription = Subscription::bought(date(2027, 1, 31), approved_at);
        let charge = Charge::due(subscription.next_period());
        Self::quiet(start_of_day(today), charge, subscription, KakaoPay::new(clock, approved_at))
    }

    /// A world in which nobody does anything, and has done nothing for this period.
    pub fn quiet(now: Timestamp, charge: Charge, subscription: Subscription, kakaopay: KakaoPay) -> Self {
        Self {
            now,
            charge,
            subscription,
            workers: [Worker::Idle, Worker::Idle],
            member: Member::Content,
            requests: Vec::new(),
            kakaopay,
            outages: 0,
            paid: 0,
            ended: 0,
            sent_in_doubt: false,
        }
    }

    /// Stores `step` if nothing was changed since it was made, or whatever is there unless `conditional`.
    pub fn store(&mut self, step: &Step, conditional: bool) -> bool {
        let unchanged = step_follows(step, &self.charge, &self.subscription);
        if conditional && !unchanged {
            return false;
        }
        self.charge = step.charge.clone();
        self.subscription = step.subscription.clone();
        for effect in &step.effects {
            match effect {
                Effect::Paid { .. } => self.paid += 1,
                Effect::Ended { .. } => self.ended += 1,
                Effect::Declined { .. } => {}
            }
        }
        true
    }

    /// The request of `order_id` leaves its worker, which is killed at `deadline`.
    pub fn post(&mut self, order_id: &str, deadline: Timestamp) {
        let stored =
            matches!(&self.charge.state, State::Sending { attempt, .. } if attempt.order_id == order_id);
        self.sent_in_doubt |= !stored;
        self.requests.push(Request { order_id: order_id.to_owned(), until: deadline + EXECUTION });
    }

    /// Makes worlds equal that differ in nothing that could ever matter.
    pub fn forget(&mut self, billing: &Billing) {
        self.forget_the_futile(billing);
        if self.requests.is_empty() && self.nobody_is_at_work() {
            self.forget_numbers();
        }
    }

    /// Forgets which worker is which, and those that cannot do any more what they are about to do.
    pub fn forget_the_futile(&mut self, billing: &Billing) {
        for worker in &mut self.workers {
            if billing.conditional && worker.gives_up(&self.charge, &self.subscription) {
                *worker = Worker::Idle;
            }
        }
        let swapped = match &self.workers {
            [first @ Worker::Busy { .. }, second @ Worker::Busy { .. }] => {
                fingerprint(first) > fingerprint(second)
            }
            [first, _] => *first != Worker::Idle,
        };
        if swapped {
            self.workers.reverse();
        }
    }

    /// When nobody remembers an earlier one, it does not matter how often the charge was changed, nor what the open
    /// order is called, as long as no later one is called the same: those are named after the epochs from here.
    fn forget_numbers(&mut self) {
        self.charge.epoch = 1;
        self.subscription.revision = 1;
        if let Some(order_id) = order_id_mut(&mut self.charge.state) {
            *order_id = "ord_0".to_owned();
        }
    }

    pub fn nobody_is_at_work(&self) -> bool {
        self.member == Member::Content && self.workers.iter().all(|worker| *worker == Worker::Idle)
    }

    /// Whether the charge is settled and nobody does anything any more.
    pub fn is_at_rest(&self) -> bool {
        self.charge.is_settled() && self.requests.is_empty() && self.nobody_is_at_work()
    }
}
