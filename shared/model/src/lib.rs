//! Asking a model: Amazon Bedrock's `ConverseStream`, with a ledger.
//!
//! A feature takes its job with [`acquire`], asks with a [`Question`] under the lease and gets a checked value of its
//! own type.
//! Everything else happens here, without any feature's own code: each call is entered in a ledger before it
//! is sent (`reserved → sent → settled | failed | unknown`), at most one call per step and attempt goes out
//! per lease, tokens are booked per user, feature and day against the user's daily budget, or a guest's against a
//! share of that of all guests, and a model that answers outside the schema gets one chance to repair its answer. An
//! answer that is a list can be taken up while it is written, element by element ([`Model::ask_items`]).
#![warn(missing_docs)]

mod acquire;
mod ask;
mod budget;
mod call;
mod document;
mod element;
mod error;
mod items;
mod ledger;
mod listener;
mod model;
mod picture;
mod prompt;
mod quote;
mod schema;
mod untrusted;
mod watchers;

pub use acquire::acquire;
pub use ask::Question;
pub use element::json_element;
pub use error::AskError;
pub use listener::Wanted;
pub use model::Model;
pub use picture::{Picture, PictureFormat};
pub use prompt::Prompt;
pub use quote::find_quote;
pub use schema::schema_of;
pub use untrusted::Source;
