//! How it becomes later.
//!
//! Between two moments at which something becomes possible or ends, nothing differs: so time goes from one such
//! moment to the next. Those are: when the charge no longer waits, when a worker that sends or listens is killed,
//! and when a request that is under way is carried out at the latest. A worker that does anything else does it at
//! once or dies: what it does only counts if nothing was changed since it read. A message that comes later than it might
//! only matters if a day has passed: billing stands still.

use billing_rules::charge::Take;
use jiff::{SignedDuration, Timestamp};
use maru_seoul::{day_in_seoul, start_of_day};

use crate::billing::Billing;
use crate::member::Member;
use crate::worker::{Task, Worker};
use crate::world::World;

/// How often billing stands still in one course of things.
pub const OUTAGES: u8 = 1;

/// The last half minute of a day: what is begun in it is answered on the next.
const LAST_HALF_MINUTE: SignedDuration = SignedDuration::from_secs(24 * 60 * 60 - 30);

impl World {
    /// It becomes as late as the next of the moments. Whether there is one, and it may.
    pub fn wait(&mut self, billing: &Billing) -> bool {
        self.next_moment(billing).is_some_and(|moment| self.becomes_as_late_as(moment))
    }

    /// It becomes as late as this moment. Whether nobody who does not live to see it has anything left to do before.
    pub fn becomes_as_late_as(&mut self, moment: Timestamp) -> bool {
        let is_before = |deadline: Timestamp| deadline < moment;
        let alive = self.workers.iter().filter_map(Worker::deadline).any(is_before);
        let under_way = self.requests.iter().any(|request| is_before(request.until));
        if alive || under_way || self.member != Member::Content {
            return false;
        }
        self.now = moment;
        true
    }

    fn next_moment(&self, billing: &Billing) -> Option<Timestamp> {
        let waits_for = match (billing.rules.take)(&self.charge, &self.subscription, "", self.now) {
            Take::Wait(moment) => Some(moment),
            _ => None,
        };
        let killed_at = self.workers.iter().filter_map(|worker| match worker {
            Worker::Busy { task: Task::Send { .. } | Task::Listen { .. }, deadline } => Some(*deadline),
            _ => None,
        });
        let carried_out_by = self.requests.iter().map(|request| request.until);
        let moments = killed_at.chain(carried_out_by).chain(waits_for);
        moments.filter(|moment| *moment > self.now).min()
    }

    /// Nothing happens until shortly before midnight, and then until shortly before the next. Whether nobody is at work,
    /// and it happens not too often.
    pub fn stand_still(&mut self) -> bool {
        let idle = self.nobody_is_at_work() && self.requests.is_empty() && !self.charge.is_settled();
        if !idle || self.outages == OUTAGES {
            return false;
        }
        self.outages += 1;
        let today = start_of_day(day_in_seoul(self.now));
        let tonight = today + LAST_HALF_MINUTE;
        self.now = if self.now < tonight { tonight } else { tonight + SignedDuration::from_hours(24) };
        true
    }
}
