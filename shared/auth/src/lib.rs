//! Who calls: access tokens (JWT, EdDSA) and roles.
//!
//! Verifying needs the public key only, which is configuration. Signing needs the private key, which only
//! the functions that issue tokens may read; nothing else in Maru builds a [`Signer`].

mod token;

pub use token::{Audience, Claims, KeyError, Signer, TokenError, Verifier};

use serde::{Deserialize, Serialize};

/// What a caller is allowed to be. One account may have several roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Role {
    /// Everybody who has an account.
    User,
    /// Teaches on the lecture platform; the account's id is the lecturer id there.
    Lecturer,
    /// Operates Maru.
    Admin,
}
