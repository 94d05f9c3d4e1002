//! What is public: the copy of a resume that everybody may read, between the domain that owns resumes and the
//! one that shows them.
//!
//! The owner's transaction writes it: a resume that is made private is withdrawn by the same commit, and
//! whoever reads here, always consistently, sees it no more from that moment on. Lists and counts that are made
//! of it follow later and are never trusted: an answer shows only what a read here has just confirmed.
//!
//! | access | key |
//! |---|---|
//! | what a list shows of a resume; its version alone when it is withdrawn | `pk = PUBLICATION#<resume>, sk = CARD` |
//! | the whole document, while it is public | `pk = PUBLICATION#<resume>, sk = DOCUMENT` |
//!
//! Two items, because a document is up to 200 KiB and a page of a list reads a hundred cards. Publishing needs
//! `dynamodb:PutItem`, withdrawing `dynamodb:PutItem` and `dynamodb:DeleteItem`, reading `dynamodb:Query` and
//! `dynamodb:BatchGetItem`.
#![warn(missing_docs)]

mod error;
mod publication;
mod read;
mod write;

pub use error::PublicationError;
pub use publication::{Card, Publication};

use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_store::{Key, Table};

/// The table `PUBLICATIONS_TABLE`.
#[derive(Clone, Debug)]
pub struct Publications {
    table: Table,
}

impl FromEnvironment for Publications {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self { table: Table::open(environment, "PUBLICATIONS_TABLE")? })
    }
}

fn partition(resume: &str) -> String {
    format!("PUBLICATION#{resume}")
}

fn card_key(resume: &str) -> Key {
    Key::new(partition(resume), "CARD")
}

fn document_key(resume: &str) -> Key {
    Key::new(partition(resume), "DOCUMENT")
}
