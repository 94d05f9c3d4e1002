//! The succession of refresh tokens: what happens when one is presented.
//!
//! A login begins a *family*. One token of it is good at a time; used, it is replaced by its successor, which
//! follows from the token and a random salt. The family keeps the digest of the good token, and of the one
//! before it with the salt that led on:
//!
//! ```text
//!                    current, younger than LIFETIME: its successor becomes current
//!                      ┌──┐
//!  login ──▶ [ current, previous ] ── previous, within GRACE of its replacement: the same successor again
//!                      │
//!                      ├── current, too old: refused
//!                      └── any other token of the family, or previous after GRACE ──▶ [ ended: reused ]
//! ```
//!
//! Which tokens were of the family is not remembered but shown by the token: with its secret it carries a mark,
//! a MAC of the secret under the family's seal. So each earlier token is known again, however many there were,
//! and what somebody made up, though it leads to the family, is refused and ends nothing.
//!
//! The repetition is for the honest: two tabs that refresh at the same moment, or an answer lost on its way.
//! They get the very token that the first answer had, so the family has one line and never forks. As soon as
//! that token has been used itself, the one before it is reuse, however short the time.
//!
//! What is stored opens nothing: digests cannot be turned back, the salt is worth nothing without the token
//! that it belongs to, and whoever makes up a token under the seal does no more than end its family. No I/O, no
//! time and no randomness here; `docs/adr/0010-refresh-rotation.md` says why it is so.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::secret::{self, Digest, Mark, Secret};

/// For how long a refresh token is good.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(14 * 24);

/// For how long after its replacement a token may be presented again, unless its successor has been used.
///
/// Long enough for a phone that lost the network, and the answer with it, to come back with the only token that
/// it has. Well below the quarter of an hour after which an honest client refreshes: within the grace a thief
/// and the owner are not told apart, so it must be over before the owner comes with the successor.
pub const GRACE: SignedDuration = SignedDuration::from_mins(2);

/// A token of a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What is good once.
    pub secret: Secret,
    /// What shows of which family the secret is, for as long as the family lasts.
    pub mark: Mark,
}

/// The tokens that one login led to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Family {
    /// What all its tokens are marked with; it never changes.
    #[serde(with = "secret::stored")]
    pub seal: Secret,
    /// The token that is good.
    pub current: Digest,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// The one before it; none at first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<Previous>,
    /// Why no token is good any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Ending>,
}

/// The token that the current one replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Previous {
    /// What it was.
    pub digest: Digest,
    /// What leads from it to the current one.
    #[serde(with = "secret::stored")]
    pub salt: Secret,
}

/// Why a family ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// Its owner logged out.
    LoggedOut,
    /// A token was presented after its time: one of the two who had it is not the owner.
    Reused,
}

/// What follows from presenting a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The answer is `token`, once the family is stored as `next`; if it has changed meanwhile, ask again.
    Rotate {
        /// The new family.
        next: Family,
        /// The new token.
        token: Token,
    },
    /// The answer is `token`, which was given before; nothing is to be stored.
    Repeat {
        /// The token that is current already.
        token: Token,
    },
    /// The family has to end.
    Reuse,
    /// The family has ended, the token is too old, or it never was one. Nothing follows from it.
    Refuse,
}

impl Family {
    /// A family under `seal`, and its first token, whose secret is `first`; both are random.
    #[must_use]
    pub fn begin(first: Secret, seal: Secret, now: Timestamp) -> (Self, Token) {
        let family = Self { seal, current: first.digest(), issued_at: now, previous: None, ended: None };
        let token = family.token(first);
        (family, token)
    }

    /// Whether `token` is or was one of this family.
    #[must_use]
    pub fn issued(&self, token: &Token) -> bool {
        token.secret.bears(&token.mark, &self.seal)
    }

    /// When its current token ends.
    #[must_use]
    pub fn expires_at(&self) -> Timestamp {
        self.issued_at.saturating_add(LIFETIME).unwrap_or(Timestamp::MAX)
    }

    /// What follows when `token` is presented at `now`; `salt` is random, and used only if it is replaced.
    #[must_use]
    pub fn present(&self, token: &Token, salt: Secret, now: Timestamp) -> Verdict {
        if self.ended.is_some() || !self.issued(token) {
            return Verdict::Refuse;
        }
        let (secret, digest) = (&token.secret, token.secret.digest());
        if digest == self.current {
            return if now < self.expires_at() { self.rotate(secret, salt, now) } else { Verdict::Refuse };
        }
        let in_grace = now.duration_since(self.issued_at) < GRACE;
        match &self.previous {
            Some(previous) if previous.digest == digest && in_grace => {
                Verdict::Repeat { token: self.token(secret.successor(&previous.salt)) }
            }
            _ => Verdict::Reuse,
        }
    }

    fn rotate(&self, secret: &Secret, salt: Secret, now: Timestamp) -> Verdict {
        let successor = secret.successor(&salt);
        let previous = Some(Previous { digest: self.current.clone(), salt });
        let next = Self { current: successor.digest(), issued_at: now, previous, ..self.clone() };
        Verdict::Rotate { next, token: self.token(successor) }
    }

    fn token(&self, secret: Secret) -> Token {
        Token { mark: secret.mark(&self.seal), secret }
    }
}

#[cfg(test)]
mod tests;
