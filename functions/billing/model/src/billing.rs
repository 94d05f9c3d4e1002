//! The model: what can happen in a world, and what follows.

use std::collections::HashSet;
use std::sync::Mutex;

use billing_rules::answer::Answer;
use stateright::{Model, Property};

use crate::member::Member;
use crate::properties;
use crate::rules::Rules;
use crate::worker::{Task, Worker};
use crate::world::World;

/// The model, to be searched with `stateright` or held against a [`Trace`](crate::Trace).
#[derive(Debug)]
pub struct Billing {
    pub(crate) rules: Rules,
    /// Whether the table refuses what was made from something older than is stored.
    pub(crate) conditional: bool,
    /// Fingerprints of worlds that settle when nothing more fails ([`crate::fair`]).
    pub(crate) settling: Mutex<HashSet<u64>>,
}

/// What can happen. A number is a worker's, or the place of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// A message is delivered, once more.
    Load(usize),
    /// A worker does what it is about to do.
    Act(usize),
    /// What a worker is about to do goes wrong.
    Fail(usize),
    /// A worker dies.
    Die(usize),
    /// KakaoPay carries a request out.
    Execute { request: usize, card_is_good: bool, answer: Delivery },
    /// A request is lost.
    Lose(usize),
    /// It becomes later ([`crate::time`]).
    Wait,
    /// Billing stands still until shortly before midnight, or the next.
    StandStill,
    /// The member gives the recurring payment up at KakaoPay.
    GiveUpAtKakaoPay,
    /// The member asks Maru to end the subscription.
    AskForTheEnd,
    /// What they asked for is stored.
    End,
    /// The member closes the account.
    CloseTheAccount,
}

/// What becomes of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    Reaches,
    /// "Duplicate" reaches instead.
    Garbled,
    Lost,
}

impl Billing {
    /// Billing as it is, but with these rules.
    #[must_use]
    pub fn new(rules: Rules) -> Self {
        Self { rules, conditional: true, settling: Mutex::default() }
    }

    /// The same with a table that stores whatever it is given.
    #[must_use]
    pub fn without_conditions(self) -> Self {
        Self { conditional: false, ..self }
    }

    /// Whether `action` changes `world`, which it does.
    pub(crate) fn happens(&self, world: &mut World, action: &Action) -> bool {
        match *action {
            Action::Load(worker) => world.load(self, worker),
            Action::Act(worker) => world.act(self, worker),
            Action::Fail(worker) => world.fail(self, worker),
            Action::Die(worker) => {
                std::mem::replace(&mut world.workers[worker], Worker::Idle) != Worker::Idle
            }
            Action::Execute { request, card_is_good, answer } => {
                execute(world, request, card_is_good, answer);
                true
            }
            Action::Lose(request) => {
                world.requests.remove(request);
                true
            }
            Action::Wait => world.wait(self),
            Action::StandStill => world.stand_still(),
            Action::GiveUpAtKakaoPay => {
                !world.charge.is_settled() && std::mem::replace(&mut world.kakaopay.active, false)
            }
            Action::AskForTheEnd => world.ask_for_the_end(),
            Action::End => world.end(self),
            Action::CloseTheAccount => world.close_the_account(self),
        }
    }
}

fn execute(world: &mut World, request: usize, card_is_good: bool, delivery: Delivery) {
    let request = world.requests.remove(request);
    let answer = world.kakaopay.execute(card_is_good, world.now);
    match delivery {
        Delivery::Reaches => world.deliver(&request.order_id, &answer),
        Delivery::Garbled => {
            world.deliver(&request.order_id, &Answer::Refused { status: 400, code: Some(-785) });
        }
        Delivery::Lost => {}
    }
}

impl Model for Billing {
    type State = World;
    type Action = Action;

    fn init_states(&self) -> Vec<World> {
        vec![World::ordinary(), World::after_a_month_s_outage()]
    }

    fn actions(&self, world: &World, actions: &mut Vec<Action>) {
        for (number, worker) in world.workers.iter().enumerate() {
            match worker.task() {
                None => actions.push(Action::Load(number)),
                Some(task) => {
                    actions.extend([Action::Act(number), Action::Die(number)]);
                    if matches!(task, Task::Store { .. } | Task::Send { .. } | Task::Ask { .. }) {
                        actions.push(Action::Fail(number));
                    }
                }
            }
        }
        for request in 0..world.requests.len() {
            for answer in [Delivery::Reaches, Delivery::Garbled, Delivery::Lost] {
                actions.push(Action::Execute { request, card_is_good: true, answer });
            }
            actions.push(Action::Execute { request, card_is_good: false, answer: Delivery::Reaches });
            actions.push(Action::Lose(request));
        }
        actions.push(Action::Wait);
        if !world.charge.is_settled() {
            actions.extend([Action::StandStill, Action::GiveUpAtKakaoPay]);
            actions.extend([Action::AskForTheEnd, Action::CloseTheAccount]);
        }
        if world.member != Member::Content {
            actions.push(Action::End);
        }
    }

    fn next_state(&self, world: &World, action: Action) -> Option<World> {
        let mut next = world.clone();
        if !self.happens(&mut next, &action) {
            return None;
        }
        next.forget(self);
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        properties::all()
    }
}
