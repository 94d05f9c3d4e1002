//! What is true of every world, and what must be found in some: a model in which nothing happens proves nothing.

use billing_rules::answer::Reason;
use billing_rules::charge::{SENDS_AT_ONCE, State};
use billing_rules::subscription::Status;
use maru_seoul::day_in_seoul;
use stateright::Property;

use crate::billing::Billing;
use crate::fair;
use crate::worker::{Task, Worker};
use crate::world::World;

/// The money moves at most once.
pub const ONCE: &str = "a period is charged at most once";
/// The plan goes on exactly when it did.
pub const EXTENDED: &str = "the plan is extended exactly when the money moved";
/// What leaves is the stored attempt's request, and no other is under way.
pub const STORED: &str = "nothing is sent but the attempt that is stored as being sent";
/// Nothing is open when the charge is settled.
pub const CLOSED: &str = "a settled charge has no open attempt";
/// No dead end.
pub const SETTLES: &str = "whatever happened, the charge settles when nothing more fails";
/// No answer contradicts what was concluded.
pub const AGREED: &str = "no money comes for an attempt that was taken for unpaid";
/// Who loses the plan has not paid.
pub const ENDED: &str = "a subscription ends at once exactly when its charge is given up";

/// All of them.
pub(crate) fn all() -> Vec<Property<Billing>> {
    let always = [
        Property::always(ONCE, |_, world: &World| world.kakaopay.movements <= 1),
        Property::always(EXTENDED, |_, world: &World| is_extended_with_the_money(world)),
        Property::always(STORED, |_, world: &World| !world.sent_in_doubt && world.requests.len() <= 1),
        Property::always(CLOSED, |_, world: &World| !world.charge.is_settled() || is_closed(world)),
        Property::always(SETTLES, fair::settles),
        Property::always(AGREED, |_, world: &World| !tasks(world).any(|task| *task == Task::Alarm)),
        Property::always(ENDED, |_, world: &World| {
            let abandoned = matches!(world.charge.state, State::Abandoned { .. });
            abandoned == (world.subscription.status == Status::Ended) && u8::from(abandoned) == world.ended
        }),
    ];
    always.into_iter().chain(examples()).collect()
}

fn examples() -> [Property<Billing>; 10] {
    [
        Property::sometimes("paid, and answered", |_, world: &World| tid(world) == Some(true)),
        Property::sometimes("paid, and only the status said so", |_, world: &World| {
            tid(world) == Some(false)
        }),
        Property::sometimes("sent as often as may be on the first day", |_, world: &World| {
            matches!(&world.charge.state, State::Sending { attempt, .. } if attempt.number == SENDS_AT_ONCE)
                && days_since_it_began(world) == Some(0)
        }),
        Property::sometimes("paid on the day of the last retry", |_, world: &World| {
            tid(world).is_some() && days_since_it_began(world) == Some(7)
        }),
        Property::sometimes("begun after the due day", |_, world: &World| {
            world.charge.begun_on.is_some_and(|day| day > world.charge.period.start)
        }),
        Property::sometimes("paid, and ending", |_, world: &World| {
            tid(world).is_some() && world.subscription.status == Status::Ending
        }),
        Property::sometimes("paid, and given up at KakaoPay", |_, world: &World| {
            tid(world) == Some(false) && !world.kakaopay.active
        }),
        Property::sometimes("declined on every day", |_, world: &World| {
            reason(world) == Some(Reason::Refused(-780))
        }),
        Property::sometimes("given up at KakaoPay, found by its status", |_, world: &World| {
            reason(world) == Some(Reason::Inactive)
        }),
        Property::sometimes("ended by the member", |_, world: &World| {
            reason(world) == Some(Reason::EndAsked)
        }),
    ]
}

/// Never without the money; and when the charge is settled, with it.
fn is_extended_with_the_money(world: &World) -> bool {
    let extended = world.subscription.period == world.charge.period;
    let moved = world.kakaopay.movements > 0;
    let charged = matches!(world.charge.state, State::Charged { .. });
    let entered = u8::from(extended) == world.paid && extended == charged;
    entered && if world.charge.is_settled() { extended == moved } else { !extended }
}

fn is_closed(world: &World) -> bool {
    let is_open = |task: &Task| matches!(task, Task::Send { .. } | Task::Listen { .. });
    world.requests.is_empty() && !tasks(world).any(is_open)
}

fn tasks(world: &World) -> impl Iterator<Item = &Task> {
    world.workers.iter().filter_map(Worker::task)
}

/// Whether an answer brought the payment's id; `None` if it is not paid.
fn tid(world: &World) -> Option<bool> {
    match &world.charge.state {
        State::Charged { tid, .. } => Some(tid.is_some()),
        _ => None,
    }
}

fn reason(world: &World) -> Option<Reason> {
    match world.charge.state {
        State::Abandoned { reason } => Some(reason),
        _ => None,
    }
}

fn days_since_it_began(world: &World) -> Option<i32> {
    let begun_on = world.charge.begun_on?;
    Some((day_in_seoul(world.now) - begun_on).get_days())
}
