//! What is seen of a world, and whether it is that of one of the model's.

use std::collections::HashSet;
use std::fmt::{self, Display, Formatter};

use billing_rules::answer::Reason;
use billing_rules::charge::{Charge, State};
use billing_rules::subscription::{Status, Subscription};
use jiff::Timestamp;

use crate::kakaopay::{Clock, KakaoPay, TID};
use crate::world::{World, order_id_mut};

/// What is stored, and what KakaoPay's books say, while nobody is at work.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Observation {
    /// When.
    pub now: Timestamp,
    /// The charge of the period; that of nothing done yet, if there is none.
    pub charge: Charge,
    /// The subscription.
    pub subscription: Subscription,
    /// How often KakaoPay has moved money for the period.
    pub movements: u8,
    /// When it last approved a payment of the subscription, as its status says.
    pub last_approved_at: Timestamp,
    /// Whether it would charge the recurring payment.
    pub active: bool,
}

impl Observation {
    /// The order that is named in the charge.
    pub(super) fn order_id(&self) -> Option<String> {
        order_id_mut(&mut self.charge.state.clone()).cloned()
    }

    /// The world in which this is seen first, before anything was done about the charge. KakaoPay's clock is ours.
    pub(super) fn world(&self) -> World {
        let mut kakaopay = KakaoPay::new(Clock::OURS, self.last_approved_at);
        kakaopay.active = self.active;
        World::quiet(self.now, self.charge.clone(), self.subscription.clone(), kakaopay)
    }

    /// What would be seen of `world`; none while somebody is at work.
    pub(super) fn of(world: &World) -> Option<Self> {
        let KakaoPay { movements, last_approved_at, active, .. } = world.kakaopay;
        world.nobody_is_at_work().then(|| Self {
            now: world.now,
            charge: world.charge.clone(),
            subscription: world.subscription.clone(),
            movements,
            last_approved_at,
            active,
        })
    }

    /// Whether more has happened in `world` than was seen here: what only grows is beyond it.
    pub(super) fn is_before(&self, world: &World) -> bool {
        self.charge.epoch < world.charge.epoch
            || self.subscription.revision < world.subscription.revision
            || self.movements < world.kakaopay.movements
    }

    /// If this is what would be seen of `world`, that world with orders called as they are here. `known` are the
    /// orders that were seen before: they have their names.
    pub(super) fn recognise(&self, world: &World, known: &HashSet<String>) -> Option<World> {
        let would_be_seen = Self::of(world)?;
        let mut world = world.clone();
        let ours = order_id_mut(&mut world.charge.state);
        if let (Some(theirs), Some(ours)) = (self.order_id(), ours) {
            if *ours != theirs && (known.contains(ours) || known.contains(&theirs)) {
                return None;
            }
            for request in world.requests.iter_mut().filter(|request| request.order_id == *ours) {
                request.order_id.clone_from(&theirs);
            }
            *ours = theirs;
        }
        let seen = Self { charge: self.abstract_charge(&would_be_seen.charge), ..self.clone() };
        (seen == Self { active: self.active_as_far_as_matters(&world), ..would_be_seen }).then_some(world)
    }

    /// The charge in the model's words: its order is called as that of `like`, a payment as each of the model's, and of
    /// the codes that heal there is but one.
    fn abstract_charge(&self, like: &Charge) -> Charge {
        let (mut charge, mut like) = (self.charge.clone(), like.clone());
        if let (Some(order_id), Some(like)) = (order_id_mut(&mut charge.state), order_id_mut(&mut like.state))
        {
            order_id.clone_from(like);
        }
        match &mut charge.state {
            State::Charged { tid: Some(tid), .. } => TID.clone_into(tid),
            State::Declined { reason, .. } | State::Abandoned { reason }
                if matches!(reason, Reason::Refused(_)) && !reason.cannot_heal() =>
            {
                *reason = Reason::Refused(-780);
            }
            _ => {}
        }
        charge
    }

    /// The key of a subscription that is over is given up by Maru itself, some time, which the model leaves out.
    fn active_as_far_as_matters(&self, world: &World) -> bool {
        if world.subscription.status == Status::Ended { self.active } else { world.kakaopay.active }
    }
}

impl Display for Observation {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let Self { now, charge, subscription, movements, last_approved_at, active } = self;
        let Subscription { status, period, revision, .. } = subscription;
        let key = if *active { "" } else { ", key given up" };
        write!(
            formatter,
            "{now}  epoch {}: {}  |  revision {revision}: {status:?} to {}, approved {}  |  KakaoPay: {movements} \
             moved, approved {last_approved_at}{key}",
            charge.epoch,
            words(&charge.state),
            period.end,
            subscription.last_approved_at,
        )
    }
}

fn words(state: &State) -> String {
    match state {
        State::Due => "due".to_owned(),
        State::Sending { attempt, lease_until } => {
            format!("sending {} ({}) until {lease_until}", attempt.order_id, attempt.number)
        }
        State::Unknown { attempt, since } => {
            format!("unknown {} ({}) since {since}", attempt.order_id, attempt.number)
        }
        State::Charged { order_id, tid, .. } => {
            format!("charged {order_id}, {}", tid.as_deref().unwrap_or("by the status"))
        }
        State::Declined { attempts, reason, retry_at, .. } => {
            format!("declined {attempts} times, {reason:?}, again {retry_at}")
        }
        State::Abandoned { reason } => format!("abandoned, {reason:?}"),
    }
}
