//! Signing and verifying access tokens: RFC 7519 claims, RFC 8037 EdDSA signatures, RFC 9068 `at+jwt` type.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

use crate::Role;

/// The JWT `typ` of an access token (RFC 9068 §2.1): a token of another purpose has another type.
const TOKEN_TYPE: &str = "at+jwt";

/// Clocks of issuer and verifier may differ by this much.
const LEEWAY: Duration = Duration::from_secs(5);

/// For whom tokens are issued, and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audience {
    /// The `iss` claim: the base URL of the deployment that issues tokens.
    pub issuer: String,
    /// The `aud` claim: the API the token is for.
    pub audience: String,
}

/// The claims of an access token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The account's id, for example `usr_01J…`; for a lecturer the lecturer id of the lecture platform.
    pub sub: String,
    /// What the account may be.
    pub roles: Vec<Role>,
    /// Who issued the token.
    pub iss: String,
    /// For which API.
    pub aud: String,
    /// When it was issued, seconds since the Unix epoch.
    pub iat: i64,
    /// From when on it is refused, seconds since the Unix epoch.
    pub exp: i64,
}

/// A key that is not an Ed25519 key in the expected form.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Not 32 bytes in base64url.
    #[error("the public key must be the 32 bytes of an Ed25519 key in base64url")]
    Public,
}

/// Why a token is refused. The caller is told only that it is; the reason is for the log.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// Malformed, of another algorithm, or not signed by the expected key, issuer and audience.
    #[error("the token does not verify")]
    Invalid(#[source] jsonwebtoken::errors::Error),
    /// Signed, but made for another purpose.
    #[error("the token is not an access token")]
    WrongType,
    /// Its time is over.
    #[error("the token expired at {0}")]
    Expired(i64),
    /// Its time has not come.
    #[error("the token was issued in the future, at {0}")]
    NotYet(i64),
}

/// Checks access tokens. Cheap to keep, and shared by all calls of a function.
#[derive(Clone)]
pub struct Verifier {
    key: DecodingKey,
    validation: Validation,
}

impl Verifier {
    /// A verifier for tokens of `audience`, signed by the key pair whose public half is `public_key`: the 32
    /// bytes of the Ed25519 key in base64url without padding (the `x` of a JWK, RFC 8037 §2).
    ///
    /// # Errors
    /// [`KeyError`] when `public_key` is not such a key.
    pub fn new(audience: &Audience, public_key: &str) -> Result<Self, KeyError> {
        // The library would take a key of any length, and then refuse every token.
        if URL_SAFE_NO_PAD.decode(public_key).map(|key| key.len()) != Ok(32) {
            return Err(KeyError::Public);
        }
        let key = DecodingKey::from_ed_components(public_key).map_err(|_| KeyError::Public)?;
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[&audience.issuer]);
        validation.set_audience(&[&audience.audience]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        // Time is checked below, against the injected clock.
        validation.validate_exp = false;
        Ok(Self { key, validation })
    }

    /// The claims of `token`, if it is a good access token at `now`.
    ///
    /// # Errors
    /// [`TokenError`] says why not.
    pub fn verify(&self, token: &str, now: Timestamp) -> Result<Claims, TokenError> {
        let data = jsonwebtoken::decode::<Claims>(token, &self.key, &self.validation)
            .map_err(TokenError::Invalid)?;
        if data.header.typ.as_deref() != Some(TOKEN_TYPE) {
            return Err(TokenError::WrongType);
        }
        let (now, leeway) = (now.as_second(), LEEWAY.as_secs().cast_signed());
        if data.claims.exp.saturating_add(leeway) <= now {
            return Err(TokenError::Expired(data.claims.exp));
        }
        if data.claims.iat.saturating_sub(leeway) > now {
            return Err(TokenError::NotYet(data.claims.iat));
        }
        Ok(data.claims)
    }
}

/// Issues access tokens.
pub struct Signer {
    key: EncodingKey,
    audience: Audience,
}

impl Signer {
    /// A signer for tokens of `audience`; `pkcs8` is the Ed25519 private key in PKCS #8 DER.
    #[must_use]
    pub fn new(audience: Audience, pkcs8: &[u8]) -> Self {
        Self { key: EncodingKey::from_ed_der(pkcs8), audience }
    }

    /// A token for the account `subject` with `roles`, good for `lifetime` from `now` on.
    ///
    /// # Errors
    /// [`TokenError::Invalid`] when the key cannot sign.
    pub fn sign(
        &self,
        subject: &str,
        roles: &[Role],
        now: Timestamp,
        lifetime: Duration,
    ) -> Result<String, TokenError> {
        let iat = now.as_second();
        let claims = Claims {
            sub: subject.to_owned(),
            roles: roles.to_vec(),
            iss: self.audience.issuer.clone(),
            aud: self.audience.audience.clone(),
            iat,
            exp: iat.saturating_add(lifetime.as_secs().cast_signed()),
        };
        let header = Header { typ: Some(TOKEN_TYPE.to_owned()), ..Header::new(Algorithm::EdDSA) };
        jsonwebtoken::encode(&header, &claims, &self.key).map_err(TokenError::Invalid)
    }
}
