//! Signing in at a partner (OAuth 2.0, authorization code with PKCE): the page on which a person chooses who
//! to be, and the codes that are handed to the application.
//!
//! Left out: passwords, consent, sessions. Whoever reaches the page may be anybody on it.

mod codes;
mod page;
mod request;
mod tokens;

#[cfg(test)]
mod tests;

pub(crate) use codes::{Codes, Grant};
pub(crate) use page::{Choice, escape, html, notice, page};
pub(crate) use request::{Authorize, Refused, chosen_account, is_this_machine, redirect};
pub(crate) use tokens::Tokens;
