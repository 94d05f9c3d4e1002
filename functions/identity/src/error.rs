//! What can go wrong in identity, and the problem that each becomes.

use http::{StatusCode, header};
use maru_auth::TokenError;
use maru_lambda::http::problem::FieldError;
use maru_lambda::{BoxError, Problem};
use maru_messages::SendError;
use maru_partner::SecretError;
use maru_store::{LimitError, StoreError};
use maru_vault::VaultError;

use crate::nickname::NicknameError;
use crate::password::HashError;
use crate::providers::ProviderError;

/// What can go wrong in identity.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another member has the nickname.
    #[error("the nickname is taken")]
    NicknameTaken,
    /// A text that can be nobody's nickname.
    #[error(transparent)]
    Nickname(#[from] NicknameError),
    /// Another member has the account name.
    #[error("the account name is taken")]
    AccountTaken,
    /// An `Idempotency-Key` was used for a sign-up with another password.
    #[error("the Idempotency-Key belongs to another sign-up")]
    AnotherSignup,
    /// No such account, or not its password.
    #[error("account or password are wrong")]
    WrongCredentials,
    /// A refresh token that is not good.
    #[error("the refresh token is not good")]
    RefreshToken,
    /// A login code that is not good.
    #[error("the login code is not good")]
    LoginCode,
    /// The account was closed.
    #[error("the account is closed")]
    Closed,
    /// The profile is not the one that the caller means.
    #[error("the profile was changed meanwhile")]
    Stale,
    /// The login at the provider belongs to another member, or the member has another one there.
    #[error("the provider's account is connected already")]
    Connected,
    /// What was uploaded is no picture, or nothing was.
    #[error("there is no such picture")]
    NoImage,
    /// Too many of something.
    #[error(transparent)]
    Limit(#[from] LimitError),
    /// The login provider.
    #[error(transparent)]
    Provider(#[from] ProviderError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A message that may not have been sent.
    #[error(transparent)]
    Send(#[from] SendError),
    /// A secret that was not sealed or opened.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The key that signs access tokens.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The key that signs access tokens is none.
    #[error("the signing key is not a PKCS #8 key in base64")]
    SigningKey,
    /// An access token that could not be signed.
    #[error("an access token could not be signed")]
    Token(#[from] TokenError),
    /// A password that could not be hashed.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// The thread that hashes passwords broke off.
    #[error("hashing broke off")]
    Thread(#[from] tokio::task::JoinError),
    /// The pictures' bucket.
    #[error("a picture could not be stored or read")]
    Images(#[source] BoxError),
    /// Many others write the same item at this moment.
    #[error("the item is contended")]
    Contended,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NicknameTaken => {
                taken("nickname_taken", "/nickname", "Another member has this nickname; choose another one.")
            }
            Error::AccountTaken => taken(
                "account_taken",
                "/account",
                "Another member has this account name; choose another one.",
            ),
            Error::Nickname(error) => Self::bad_request("invalid_nickname", "This can be nobody's nickname.")
                .with_errors(vec![field("/nickname", &error)]),
            Error::AnotherSignup => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "idempotency_mismatch",
                "This Idempotency-Key was used for another request; choose a new one.",
            ),
            Error::WrongCredentials => unauthorized("wrong_credentials", "Account or password are wrong."),
            Error::RefreshToken => unauthorized("invalid_refresh_token", "Sign in again."),
            Error::Closed => unauthorized("account_closed", "This account is closed."),
            Error::LoginCode => {
                Self::bad_request("invalid_code", "The code is not good, or no longer; sign in again.")
            }
            Error::Stale => Self::new(
                StatusCode::PRECONDITION_FAILED,
                "stale",
                "The profile was changed meanwhile; read it again.",
            ),
            Error::Connected => Self::conflict("already_connected", "This login is connected already."),
            Error::NoImage => Self::bad_request("no_image", "Upload a picture first, then name it here.")
                .with_errors(vec![field("/imageId", &"names no uploaded PNG, JPEG or WebP file")]),
            Error::Limit(error) => error.into(),
            Error::Store(error) => error.into(),
            Error::Send(error) => error.into(),
            Error::Vault(error) => error.into(),
            Error::Images(_) | Error::Contended | Error::Provider(_) | Error::Secret(_) => {
                Self::unavailable(error)
            }
            Error::SigningKey | Error::Token(_) | Error::Hash(_) | Error::Thread(_) => Self::internal(error),
        }
    }
}

fn taken(code: &'static str, pointer: &str, detail: &str) -> Problem {
    Problem::conflict(code, detail).with_errors(vec![field(pointer, &"is taken")])
}

fn unauthorized(code: &'static str, detail: &str) -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, code, detail).with_header(header::WWW_AUTHENTICATE, "Bearer")
}

fn field(pointer: &str, message: &impl ToString) -> FieldError {
    FieldError { pointer: pointer.to_owned(), message: message.to_string() }
}
