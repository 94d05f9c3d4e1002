//! DynamoDB as Maru uses it: one table per domain, keys `pk` and `sk`, and every race decided by a condition.
//!
//! A domain's `store.rs` wraps a [`Table`] and documents its access patterns; this crate owns what is the
//! same in each: refusals that say why, pages and cursors, batches, transactions, limits, and the once-only
//! record of an `Idempotency-Key`.
#![warn(missing_docs)]

mod batch;
mod batch_get;
mod cursor;
mod erasure;
mod error;
mod idempotency;
mod limit;
mod page;
mod table;
mod transaction;
mod update;

pub use cursor::Scope;
pub use erasure::{Erasure, erasure_key};
pub use error::StoreError;
pub use idempotency::Attempt;
pub use limit::{Allowance, Limit, LimitError, network_of};
pub use page::{ListQuery, Page};
pub use table::{Item, Key, Outcome, Table, integer, text};
pub use transaction::Cancelled;
