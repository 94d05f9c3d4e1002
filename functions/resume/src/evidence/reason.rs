//! Why a statement is dropped, and how many were.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Why a statement is dropped. It names no text: what stands in repositories is never logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It says nothing, is too long, has several lines, or holds an address or a mark of a page.
    Form,
    /// Nothing is given to prove it.
    NoEvidence,
    /// It cites what is not among the person's own commits, pull requests and documents of this repository.
    UnknownSource,
    /// A quote does not stand in the source that it names.
    NoQuote,
    /// It tells what the person did, and cites neither a commit nor a pull request.
    NotADeed,
    /// A number in it stands in none of its sources.
    UnknownNumber,
    /// A technology or another name in it is neither declared nor in a commit or pull request that it cites.
    UnknownName,
    /// It claims a lead, a rank, an award or a reach that no commit or pull request of its sources speaks of.
    UnknownClaim,
    /// It speaks of other things than its sources.
    Unrelated,
    /// The same was said before.
    Repeated,
    /// A story of four parts lacks another part, so that it cannot be told.
    BrokenStory,
}

/// How many statements of a model were dropped, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Dropped {
    /// All of them.
    pub count: u32,
    /// By reason.
    pub reasons: BTreeMap<Reason, u32>,
}

impl Dropped {
    /// Counts one more.
    pub fn note(&mut self, reason: Reason) {
        tracing::info!(?reason, "a statement was dropped");
        self.count += 1;
        *self.reasons.entry(reason).or_default() += 1;
    }

    /// Counts those of `other`.
    pub fn add(&mut self, other: &Self) {
        self.count += other.count;
        for (reason, count) in &other.reasons {
            *self.reasons.entry(*reason).or_default() += count;
        }
    }
}
