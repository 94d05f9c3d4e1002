//! The charge of one period as a model, with two uses: every interleaving is searched, and what the real handlers were
//! seen to do is held against it ([`Trace`]).
//!
//! The model drives the functions that the Lambdas call (`billing_rules`). Around them everything goes wrong that can:
//! workers die at every step, a message is delivered as often as it likes and whenever, what is stored is said not to
//! be, requests and answers are lost, a request is carried out late, KakaoPay's clock is slow and its books disagree by
//! a second or are silent, billing stands still for a day or a month, the member ends the subscription here or there or
//! closes the account at any moment.
//!
//! What is assumed is what [`charge`](billing_rules::charge) names: the table refuses what was made from something
//! older; a worker lives no longer than its time-out; KakaoPay carries a request out once or never, and names the
//! approval in the subscription's status, within the time that `SETTLING` leaves; its clock is less than a day slow;
//! nobody else charges the recurring payment. And that between two moments of `time` nothing differs.
#![warn(missing_docs)]

mod billing;
mod fair;
mod kakaopay;
mod member;
pub mod properties;
mod rules;
mod time;
mod trace;
mod worker;
mod world;

pub use billing::Billing;
pub use rules::Rules;
pub use trace::{Cause, Event, Impossible, Observation, Trace, Trouble};
