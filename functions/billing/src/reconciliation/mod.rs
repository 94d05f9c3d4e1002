//! Reconciliation: each night our books are held against KakaoPay's.
//!
//! Every entry of the ledger, every order that we have as unpaid, and every charge that nobody knows the end of is
//! looked up at KakaoPay; what does not agree is kept and raises the alarm. Nothing is changed here: that money moved
//! or did not is for people to find out by then.
//!
//! What was looked at is marked. So a night goes on where the one before stopped, and what was entered late, for a day
//! that was reconciled before, is found by the next night.

mod compare;
mod marks;
mod plan;
mod queue;
mod reconciler;
mod unknown;

pub use plan::{Asked, Planner};
pub use queue::{Check, ReconciliationDue, ReconciliationQueue};
pub use reconciler::Reconciler;
