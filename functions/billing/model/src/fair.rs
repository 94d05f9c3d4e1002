//! What follows when from some moment on nothing fails any more.
//!
//! "Every path can settle" cannot be said of one path, as stateright's `eventually` would: a worker may die for
//! ever. So from each world one course is followed on which everybody does their part. That it ends in rest is then
//! true of every world, however bad its past.

use std::collections::HashSet;
use std::sync::{MutexGuard, PoisonError};

use crate::billing::{Action, Billing, Delivery};
use crate::worker::Worker;
use crate::world::{World, fingerprint};

/// More steps than the longest way to rest has.
const STEPS: usize = 200;

/// Whether `world` comes to rest when nothing more fails.
pub fn settles(billing: &Billing, world: &World) -> bool {
    let mut world = world.clone();
    let mut passed = Vec::new();
    for _ in 0..STEPS {
        let fingerprint = fingerprint(&world);
        let known = settling(billing).contains(&fingerprint);
        passed.push(fingerprint);
        if known || world.is_at_rest() {
            settling(billing).extend(passed);
            return true;
        }
        if !goes_on(billing, &mut world) {
            return false;
        }
        world.forget(billing);
    }
    false
}

fn settling(billing: &Billing) -> MutexGuard<'_, HashSet<u64>> {
    billing.settling.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The next thing happens that is not a fault; whether there is one.
fn goes_on(billing: &Billing, world: &mut World) -> bool {
    if !world.requests.is_empty() {
        let good = Action::Execute { request: 0, card_is_good: true, answer: Delivery::Reaches };
        return billing.happens(world, &good);
    }
    let busy = world.workers.iter().position(|worker| *worker != Worker::Idle);
    let next = [busy.map_or(Action::Load(0), Action::Act), Action::End, Action::Wait];
    next.iter().any(|action| billing.happens(world, action))
}
