//! What an event leaves open: the actions of the model that are possible while it lasts.

use billing_rules::subscription::EndAsked;

use super::{Cause, Event, Trouble};
use crate::billing::{Action, Billing, Delivery};
use crate::worker::Task;
use crate::world::World;

impl Event {
    /// Whether `action` may be what happens next in `world`. Workers live, are answered and wait for it, as long as no
    /// trouble says otherwise.
    pub(super) fn allows(&self, world: &World, action: &Action) -> bool {
        let trouble = |trouble| self.troubles.contains(&trouble);
        match *action {
            Action::Load(_) | Action::End => true,
            Action::Act(worker) => !world.awaits_an_answer(worker),
            Action::Fail(worker) => match world.workers[worker].task() {
                Some(Task::Store { .. }) => trouble(Trouble::StoredUnheard),
                Some(Task::Send { .. }) => trouble(Trouble::NotSent),
                _ => false,
            },
            Action::Die(worker) => {
                let asks = matches!(world.workers[worker].task(), Some(Task::Ask { .. }));
                trouble(Trouble::Death) || asks && trouble(Trouble::StatusSilent)
            }
            Action::Execute { card_is_good: false, .. } => trouble(Trouble::Refused),
            Action::Execute { answer: Delivery::Reaches, .. } => true,
            Action::Execute { answer: Delivery::Garbled, .. } => trouble(Trouble::AnswerGarbled),
            Action::Execute { answer: Delivery::Lost, .. } => trouble(Trouble::AnswerLost),
            Action::Lose(_) => trouble(Trouble::RequestLost),
            Action::GiveUpAtKakaoPay => self.causes.contains(&Cause::GivenUp),
            Action::AskForTheEnd => self.causes.contains(&Cause::EndAsked),
            // It becomes as late as was seen, and nobody closes an account.
            Action::Wait | Action::StandStill | Action::CloseTheAccount => false,
        }
    }

    /// Whether everything is done in `world` that has to be: a message that nothing disturbs leaves nothing undone, nor
    /// does a member who asks for the end.
    pub(super) fn is_done(&self, billing: &Billing, world: &World) -> bool {
        if !self.troubles.is_empty() {
            return true;
        }
        match self.causes[..] {
            [Cause::Message] => !world.clone().load(billing, 0),
            [Cause::EndAsked] => {
                let end_asked = (billing.rules.end_asked)(&world.subscription, &world.charge);
                end_asked == EndAsked::Already
            }
            _ => true,
        }
    }
}
