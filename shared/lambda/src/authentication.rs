//! From an access token to the caller that a handler asks for, whichever way the token came.

use ::http::{HeaderMap, header};
use jiff::Timestamp;
use maru_auth::{Audience, Claims, Verifier};

use crate::{Caller, ConfigurationError, Environment, Problem};

/// Verifies access tokens as the environment says.
pub(crate) struct Authentication {
    verifier: Verifier,
}

impl Authentication {
    pub(crate) fn open(environment: &Environment) -> Result<Self, ConfigurationError> {
        let audience = Audience {
            issuer: environment.require("ACCESS_TOKEN_ISSUER")?.to_owned(),
            audience: environment.require("ACCESS_TOKEN_AUDIENCE")?.to_owned(),
        };
        let key = "ACCESS_TOKEN_PUBLIC_KEY";
        let verifier = Verifier::new(&audience, environment.require(key)?)
            .map_err(|error| ConfigurationError::Invalid { name: key.to_owned(), reason: error.into() })?;
        Ok(Self { verifier })
    }

    /// The caller by the token that `find` finds, and the account's id; none for a guest. A caller to whom tokens do
    /// not matter is not looked for one.
    pub(crate) fn caller<'a, C: Caller>(
        &self,
        find: impl FnOnce() -> Result<Option<&'a str>, Problem>,
        now: Timestamp,
    ) -> Result<(C, Option<String>), Problem> {
        let token = if C::LOOKS_AT_TOKEN { find()? } else { None };
        let claims = token.map(|token| self.claims(token, now)).transpose()?;
        let account = claims.as_ref().map(|claims| claims.sub.clone());
        Ok((C::from_claims(claims)?, account))
    }

    fn claims(&self, token: &str, now: Timestamp) -> Result<Claims, Problem> {
        let claims = self.verifier.verify(token, now);
        claims.map_err(|error| Problem { source: Some(error.into()), ..Problem::unauthenticated() })
    }
}

/// The token of the `Authorization` header; none without that header.
pub(crate) fn bearer(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let Some(value) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let (scheme, token) =
        value.to_str().ok().and_then(|value| value.split_once(' ')).ok_or_else(Problem::unauthenticated)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(Problem::unauthenticated());
    }
    Ok(Some(token.trim()))
}
