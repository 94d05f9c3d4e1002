//! A worker: what the Lambda does between two things that others can see.

use billing_rules::answer::Answer;
use billing_rules::charge::{AtKakaoPay, Charge, Heard, Step, Take, WORKER_TIMEOUT};
use billing_rules::subscription::Subscription;
use jiff::Timestamp;

use crate::billing::Billing;
use crate::world::{World, step_follows};

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Worker {
    /// It waits for a message, or is dead: it remembers nothing.
    Idle,
    /// It is about to do something, before it is killed.
    Busy { task: Task, deadline: Timestamp },
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Task {
    /// It has read this charge, and reads the subscription next.
    Read { charge: Charge },
    /// It knows what to store, and whether it sends the request of an order when that has succeeded.
    Store { step: Box<Step>, sends: Option<String>, because: Because },
    /// It has stored the attempt, and has not sent it.
    Send { order_id: String },
    /// It has sent it.
    Listen { order_id: String, answer: Option<Answer> },
    /// It is to ask for the status.
    Ask { order_id: String },
    /// Somebody has to look.
    Alarm,
}

/// Why something is to be stored.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Because {
    /// A message came.
    Message,
    /// This answer came.
    Answered(String, Answer),
    /// This status came.
    Status(String, AtKakaoPay),
}

impl Worker {
    pub const fn task(&self) -> Option<&Task> {
        match self {
            Self::Idle => None,
            Self::Busy { task, .. } => Some(task),
        }
    }

    /// Whether it will find that what a message made it store cannot be stored any more.
    pub fn gives_up(&self, charge: &Charge, subscription: &Subscription) -> bool {
        match self.task() {
            Some(Task::Store { step, because: Because::Message, .. }) => {
                !step_follows(step, charge, subscription)
            }
            _ => false,
        }
    }

    /// When it is killed, if it is alive.
    pub const fn deadline(&self) -> Option<Timestamp> {
        match self {
            Self::Idle => None,
            Self::Busy { deadline, .. } => Some(*deadline),
        }
    }
}

impl World {
    /// Whether the worker listens for an answer that may still come.
    pub fn awaits_an_answer(&self, worker: usize) -> bool {
        match self.workers[worker].task() {
            Some(Task::Listen { order_id, answer: None }) => {
                self.requests.iter().any(|request| request.order_id == *order_id)
            }
            _ => false,
        }
    }

    /// A message reaches the worker, which reads the charge. Whether there is anything to do.
    pub fn load(&mut self, billing: &Billing, worker: usize) -> bool {
        let charge = self.charge.clone();
        if self.decide(billing, &charge, Because::Message).is_none() {
            return false;
        }
        self.workers[worker] =
            Worker::Busy { task: Task::Read { charge }, deadline: self.now + WORKER_TIMEOUT };
        true
    }

    /// The worker does what it is about to do; whether it can. One that listens gives up if there is no answer.
    pub fn act(&mut self, billing: &Billing, worker: usize) -> bool {
        self.go_on(worker, |world, task, deadline| match task {
            Task::Read { charge } => world.decide(billing, &charge, Because::Message),
            Task::Store { step, sends, because } => match world.store(&step, billing.conditional) {
                true => sends.map(|order_id| Task::Send { order_id }),
                false => world.decide_again(billing, because),
            },
            Task::Send { order_id } => {
                world.post(&order_id, deadline);
                Some(Task::Listen { order_id, answer: None })
            }
            Task::Listen { order_id, answer } => {
                let answer = answer.unwrap_or(Answer::Lost);
                world.decide(billing, &world.charge, Because::Answered(order_id, answer))
            }
            Task::Ask { order_id } => {
                let status = world.kakaopay.status();
                world.decide(billing, &world.charge, Because::Status(order_id, status))
            }
            Task::Alarm => None,
        })
    }

    /// What the worker is about to do goes wrong; whether it can. It stores and is told that it could not, there is
    /// no connection for the request, the status does not say when a payment was last approved.
    pub fn fail(&mut self, billing: &Billing, worker: usize) -> bool {
        self.go_on(worker, |world, task, _| match task {
            Task::Store { step, because, .. } => {
                world.store(&step, billing.conditional);
                world.decide_again(billing, because)
            }
            Task::Send { order_id } => {
                world.decide(billing, &world.charge, Because::Answered(order_id, Answer::NotSent))
            }
            Task::Ask { order_id } => {
                let status = world.kakaopay.poor_status();
                world.decide(billing, &world.charge, Because::Status(order_id, status))
            }
            Task::Read { .. } | Task::Listen { .. } | Task::Alarm => None,
        })
    }

    fn go_on(&mut self, worker: usize, act: impl FnOnce(&mut Self, Task, Timestamp) -> Option<Task>) -> bool {
        let Worker::Busy { task, deadline } = self.workers[worker].clone() else { return false };
        let next = act(self, task, deadline);
        self.workers[worker] = next.map_or(Worker::Idle, |task| Worker::Busy { task, deadline });
        true
    }

    /// What an answer or a status says stays true when it could not be stored. A message comes again.
    fn decide_again(&self, billing: &Billing, because: Because) -> Option<Task> {
        if because == Because::Message { None } else { self.decide(billing, &self.charge, because) }
    }

    /// What a worker does next that has read this charge, and reads the subscription now.
    fn decide(&self, billing: &Billing, charge: &Charge, because: Because) -> Option<Task> {
        let (rules, subscription, now) = (&billing.rules, &self.subscription, self.now);
        let (step, sends) = match &because {
            Because::Message => {
                // No two of one epoch are stored, so this is as good as a new one.
                let order_id = format!("ord_{}", charge.epoch);
                match (rules.take)(charge, subscription, &order_id, now) {
                    Take::Send(step) => (step, Some(order_id)),
                    Take::Store(step) => (step, None),
                    Take::Ask { order_id } => return Some(Task::Ask { order_id }),
                    Take::Wait(_) | Take::Done => return None,
                }
            }
            Because::Answered(order_id, answer) => {
                match (rules.answered)(charge, subscription, order_id, answer, now) {
                    Heard::Store(step) => (step, None),
                    Heard::Known => return None,
                    Heard::Astray => return Some(Task::Alarm),
                }
            }
            Because::Status(order_id, status) => {
                ((rules.settled)(charge, subscription, order_id, *status, now)?, None)
            }
        };
        Some(Task::Store { step: step.into(), sends, because })
    }

    /// KakaoPay's answer reaches whoever still listens for it.
    pub fn deliver(&mut self, order_id: &str, answer: &Answer) {
        for worker in &mut self.workers {
            if let Worker::Busy { task: Task::Listen { order_id: awaited, answer: heard }, .. } = worker
                && awaited == order_id
            {
                *heard = Some(answer.clone());
            }
        }
    }
}
