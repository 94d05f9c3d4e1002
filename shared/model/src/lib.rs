//! Asking a model: Amazon Bedrock's `ConverseStream`, with a ledger.
//!
//! A feature takes its job with [`acquire`], asks with a [`Question`] under the lease and gets a checked value of its own type.
//! Everything else happens here, without any feature's own code: each call is entered in a ledger before it
//! is sent (`reserved → sent → settled | failed | unknown`), at most one call per step and attempt goes out
//! per lease, tokens are booked per user, feature and day against the user's daily budget, and a model that
//! answers outside the schema gets one chance to repair its answer.
#![warn(missing_docs)]

mod acquire;
mod ask;
mod call;
mod document;
mod element;
mod error;
mod ledger;
mod model;
mod prompt;
mod quote;
mod untrusted;

pub use acquire::acquire;
pub use ask::Question;
pub use element::json_element;
pub use error::AskError;
pub use model::Model;
pub use prompt::Prompt;
pub use quote::find_quote;
pub use untrusted::Source;
