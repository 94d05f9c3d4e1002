//! What can go wrong with a call.

use std::time::Duration;

use maru_lambda::BoxError;

use crate::Answer;

/// A call that gave no answer to work with.
#[derive(Debug, thiserror::Error)]
pub enum PartnerError {
    /// It failed as often as the caller let it, or it asked for a longer pause than the caller waits.
    #[error("{partner} failed {attempts} times")]
    Unavailable {
        /// The partner's name.
        partner: &'static str,
        /// How often it was asked.
        attempts: u32,
        /// What it failed with the last time.
        #[source]
        last: Failure,
    },
    /// The answer is larger than the terms allow.
    #[error("{partner} answered with over {most} bytes")]
    TooLarge {
        /// The partner's name.
        partner: &'static str,
        /// The most bytes that are taken.
        most: usize,
    },
    /// A redirect or a link leads to another host; it was not followed.
    #[error("{partner} leads to {host:?}")]
    Elsewhere {
        /// The partner's name.
        partner: &'static str,
        /// Where it leads.
        host: String,
    },
    /// The answer is not what the contract says.
    #[error("{partner} broke its contract")]
    Content {
        /// The partner's name.
        partner: &'static str,
        /// What is wrong with it.
        #[source]
        source: BoxError,
    },
    /// What was to be sent cannot be sent.
    #[error("there is no such request to {partner}")]
    Request {
        /// The partner's name.
        partner: &'static str,
        /// What is wrong with it.
        #[source]
        source: BoxError,
    },
    /// The HTTP client could not be made.
    #[error("there is no HTTP client to ask {partner} with")]
    Client {
        /// The partner's name.
        partner: &'static str,
        /// Why.
        #[source]
        source: BoxError,
    },
}

/// One attempt that failed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// No connection could be made: certainly nothing was carried out.
    #[error("it cannot be reached")]
    Unreachable(#[source] BoxError),
    /// No whole answer came: whether the call was carried out is not known.
    #[error("its answer was lost")]
    Lost(#[source] BoxError),
    /// It answered that it cannot now.
    #[error("it answered with {}", .0.status)]
    Answered(Box<Answer>),
    /// It was not asked, because it had asked another call for a pause of which so much is left.
    #[error("it wants to be left alone for {0:?}")]
    Silent(Duration),
}

impl PartnerError {
    /// The partner's name.
    #[must_use]
    pub fn partner(&self) -> &'static str {
        match self {
            Self::Unavailable { partner, .. }
            | Self::TooLarge { partner, .. }
            | Self::Elsewhere { partner, .. }
            | Self::Content { partner, .. }
            | Self::Request { partner, .. }
            | Self::Client { partner, .. } => partner,
        }
    }

    /// How long the partner asked to be left alone, if it did.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Unavailable { last: Failure::Answered(answer), .. } => answer.retry_after(),
            Self::Unavailable { last: Failure::Silent(left), .. } => Some(*left),
            _ => None,
        }
    }
}
