//! A refresh token as its client has it: opaque to the client, to us the way to its family.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use maru_lambda::{Cookie, new_id};

use super::rotation::{LIFETIME, Token};
use crate::image::is_ulid;
use crate::secret::{Mark, Secret};

/// The cookie that carries it, for browsers.
const COOKIE: &str = "maru_refresh";

/// Only these paths need it.
const PATH: &str = "/auth";

/// What the ids of accounts and families begin with.
const USER: &str = "usr_";
const FAMILY: &str = "fam_";

/// A refresh token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshToken {
    /// The account's id.
    pub user: String,
    /// The ULID of the login that it came of.
    pub family: String,
    /// What proves it.
    pub proof: Token,
}

impl RefreshToken {
    /// The first one of a new login.
    pub(super) fn first(user: &str, proof: Token, now: Timestamp) -> Self {
        let family = new_id("fam", now).split_off(FAMILY.len());
        Self { user: user.to_owned(), family, proof }
    }

    /// The next one of the same login.
    pub(super) fn followed_by(&self, proof: Token) -> Self {
        Self { proof, ..self.clone() }
    }

    /// As the client gets it.
    #[must_use]
    pub fn text(&self) -> String {
        let Self { user, family, proof: Token { secret, mark } } = self;
        let ids = format!("{}{family}", user.strip_prefix(USER).unwrap_or(user));
        URL_SAFE_NO_PAD.encode([ids.as_bytes(), secret.bytes(), mark.bytes()].concat())
    }

    /// What [`RefreshToken::text`] wrote; none for anything else.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (ids, proof) = bytes.split_at_checked(52)?;
        let (secret, mark) = proof.split_at_checked(32)?;
        let (user, family) = std::str::from_utf8(ids).ok()?.split_at_checked(26)?;
        if !is_ulid(user) || !is_ulid(family) {
            return None;
        }
        let secret = Secret::from_bytes(secret.try_into().ok()?);
        let proof = Token { secret, mark: Mark::from_bytes(mark.try_into().ok()?) };
        Some(Self { user: format!("{USER}{user}"), family: family.to_owned(), proof })
    }
}

/// The cookie of a refresh token.
#[must_use]
pub fn refresh_cookie(token: &RefreshToken) -> Cookie {
    let lasts = Duration::try_from(LIFETIME).unwrap_or_default();
    Cookie::new(COOKIE, token.text(), lasts).for_path(PATH)
}

/// Takes the cookie away.
#[must_use]
pub fn removed_refresh_cookie() -> Cookie {
    Cookie::removed(COOKIE).for_path(PATH)
}

/// The refresh token of a request: the body's, else the cookie's.
#[must_use]
pub fn presented(body: Option<&str>, request: &maru_lambda::http::call::Request) -> Option<RefreshToken> {
    RefreshToken::read(body.or_else(|| request.cookie(COOKIE))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token() -> RefreshToken {
        let proof = Token { secret: Secret::random(), mark: Mark::from_bytes([7; 16]) };
        RefreshToken::first("usr_01K9Z3V7R2M4N6P8Q0S1T3V5W7", proof, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn a_token_is_read_as_it_was_written() {
        let token = token();
        assert_eq!(RefreshToken::read(&token.text()), Some(token));
    }

    #[test]
    fn what_is_no_token_is_none() {
        let text = token().text();
        let shorter = &text[..text.len() - 4];
        let other_ids = URL_SAFE_NO_PAD.encode([&[b'#'; 52][..], &[0; 48]].concat());
        for other in ["", "x", shorter, &format!("{text}AAAA"), &other_ids, &"가".repeat(30)] {
            assert_eq!(RefreshToken::read(other), None, "{other}");
        }
    }
}
