//! A trace: what was seen of the real handlers, one thing after the other. It is possible if the model could have done
//! the same.
//!
//! What is seen is what is stored, and KakaoPay's books, each time when nobody is at work. Nothing is known of what was
//! between: there the model goes every way that the [`Event`] leaves open. Moments, epochs and revisions have to be the
//! very same; the names of orders and payments are others, and of KakaoPay's codes only what they mean.

mod allowed;
mod observation;
mod replay;

pub use observation::Observation;
pub use replay::Impossible;

use std::fmt::{self, Display, Formatter};

/// What was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// Before anything was done about the charge.
    pub first: Observation,
    /// What happened then.
    pub events: Vec<Event>,
}

/// What happened from one observation to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What began it; several at once.
    pub causes: Vec<Cause>,
    /// What may have gone wrong.
    pub troubles: Vec<Trouble>,
    /// What was seen then.
    pub seen: Observation,
}

/// What comes from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A message comes to a worker. Messages may come with each of the others, too.
    Message,
    /// It becomes later.
    Later,
    /// The member asks Maru to end the subscription.
    EndAsked,
    /// The member gives the recurring payment up at KakaoPay.
    GivenUp,
}

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// A request is never carried out, and not answered as if it were.
    RequestLost,
    /// A request is carried out; the answer never comes.
    AnswerLost,
    /// A request is carried out, and answered as if there had been another.
    AnswerGarbled,
    /// The means of payment says no.
    Refused,
    /// A request does not leave.
    NotSent,
    /// KakaoPay does not say how the recurring payment stands.
    StatusSilent,
    /// Something is stored, and said not to be.
    StoredUnheard,
    /// Workers die.
    Death,
}

impl Display for Trace {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        write!(formatter, "  0  {}", self.first)?;
        for (number, event) in (1..).zip(&self.events) {
            write!(formatter, "\n     {:?}", event.causes)?;
            if !event.troubles.is_empty() {
                write!(formatter, " with {:?}", event.troubles)?;
            }
            write!(formatter, "\n{number:3}  {}", event.seen)?;
        }
        Ok(())
    }
}
