//! Small secrets that a domain must be able to read again, such as a member's GitHub token: sealed with a
//! KMS key, never stored or sent in the clear.
//!
//! The context is part of the seal (KMS developer guide, "Encryption context"): what was sealed for one
//! member and purpose opens for no other, and each opening stands with its context in the audit log. So a
//! context names things, such as an account's id, and is no secret itself. A function that only seals is
//! allowed `kms:Encrypt`, one that only opens `kms:Decrypt`.
#![warn(missing_docs)]

use std::collections::HashMap;

use aws_sdk_kms::Client;
use aws_sdk_kms::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_kms::primitives::Blob;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use maru_lambda::{BoxError, ConfigurationError, Environment, FromEnvironment, OnFirstUse, Problem};

/// The most bytes that the key seals (KMS API reference, `Encrypt`, for symmetric keys).
pub const LARGEST: usize = 4096;

/// The key `SECRETS_KEY_ID`.
#[derive(Clone, Debug)]
pub struct Vault {
    client: OnFirstUse<Client>,
    key_id: String,
}

/// Why a secret was not sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// More than [`LARGEST`] bytes.
    #[error("a secret of {0} bytes is too large to be sealed")]
    TooLarge(usize),
    /// Not sealed with this key, for another context, or changed since.
    #[error("the seal does not open for this context")]
    Broken(#[source] BoxError),
    /// The key cannot be used now; the same call may work a moment later.
    #[error("the key did not answer")]
    Unavailable(#[source] BoxError),
}

impl FromEnvironment for Vault {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let key_id = environment.require("SECRETS_KEY_ID")?.to_owned();
        Ok(Self { client: environment.client(Client::new), key_id })
    }
}

impl Vault {
    /// Seals a secret of at most [`LARGEST`] bytes for `context`, pairs of names and values. Gives text
    /// (base64url), another one each time, that [`Vault::open`] takes.
    ///
    /// # Errors
    /// [`VaultError`].
    pub async fn seal(&self, context: &[(&str, &str)], plaintext: &[u8]) -> Result<String, VaultError> {
        if plaintext.len() > LARGEST {
            return Err(VaultError::TooLarge(plaintext.len()));
        }
        let request = self.client.encrypt().key_id(&self.key_id).plaintext(Blob::new(plaintext));
        let answer = request.set_encryption_context(Some(pairs(context))).send().await;
        let sealed = answer.map_err(VaultError::of)?.ciphertext_blob.unwrap_or_else(|| Blob::new([]));
        Ok(URL_SAFE_NO_PAD.encode(sealed))
    }

    /// Opens what was sealed for the same `context`, whatever the order of its pairs.
    ///
    /// # Errors
    /// [`VaultError`].
    pub async fn open(&self, context: &[(&str, &str)], sealed: &str) -> Result<Vec<u8>, VaultError> {
        let blob = URL_SAFE_NO_PAD.decode(sealed).map_err(|error| VaultError::Broken(error.into()))?;
        let request = self.client.decrypt().key_id(&self.key_id).ciphertext_blob(Blob::new(blob));
        let answer = request.set_encryption_context(Some(pairs(context))).send().await;
        Ok(answer.map_err(VaultError::of)?.plaintext.map(Blob::into_inner).unwrap_or_default())
    }
}

impl VaultError {
    fn of<E>(error: SdkError<E>) -> Self
    where
        E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    {
        let code = error.as_service_error().and_then(ProvideErrorMetadata::code);
        if matches!(code, Some("InvalidCiphertextException" | "IncorrectKeyException")) {
            Self::Broken(error.into())
        } else {
            Self::Unavailable(error.into())
        }
    }
}

impl From<VaultError> for Problem {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Unavailable(_) => Self::unavailable(error),
            VaultError::TooLarge(_) | VaultError::Broken(_) => Self::internal(error),
        }
    }
}

fn pairs(context: &[(&str, &str)]) -> HashMap<String, String> {
    context.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}
