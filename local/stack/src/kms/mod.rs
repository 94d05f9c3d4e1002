//! KMS: `Encrypt` and `Decrypt` with the template's symmetric keys.
//!
//! All keys share one secret, which the stack makes at its first start; a key's id and the encryption context
//! are authenticated with what is sealed (AES-256-GCM), so that nothing opens under another key or context.
//! Left out: data keys, grants, aliases, rotation, key policies.

mod secret;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use aws_lc_rs::aead::{Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use axum::{http::StatusCode, response::Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures::{FutureExt, future::BoxFuture};
use serde::Deserialize;
use serde_json::{Value, json};

pub(crate) use self::secret::load_secret;
use crate::aws::{AwsCall, AwsService, Service, ServiceError, arn, json_answer};

/// The most bytes that a key seals (KMS API reference, `Encrypt`).
const LARGEST: usize = 4096;

/// The template's keys.
pub struct Keys {
    ids: BTreeSet<String>,
    secret: RandomizedNonceKey,
}

type Context = BTreeMap<String, String>;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Encrypt {
    key_id: String,
    plaintext: String,
    #[serde(default)]
    encryption_context: Context,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Decrypt {
    key_id: Option<String>,
    ciphertext_blob: String,
    #[serde(default)]
    encryption_context: Context,
}

impl Keys {
    /// Keys with these ids.
    pub(crate) fn new(ids: impl IntoIterator<Item = String>, secret: RandomizedNonceKey) -> Self {
        Self { ids: ids.into_iter().collect(), secret }
    }

    fn answer(&self, call: &AwsCall) -> Result<Value, ServiceError> {
        let read = |error: serde_json::Error| refused("SerializationException", error);
        match call.operation.as_str() {
            "Encrypt" => self.encrypt(&serde_json::from_slice(&call.body).map_err(read)?),
            "Decrypt" => self.decrypt(&serde_json::from_slice(&call.body).map_err(read)?),
            other => {
                Err(refused("UnknownOperationException", format!("{other} is not part of the local stack.")))
            }
        }
    }

    fn encrypt(&self, request: &Encrypt) -> Result<Value, ServiceError> {
        let id = self.known(&request.key_id)?;
        let mut sealed = bytes(&request.plaintext)?;
        if sealed.is_empty() || sealed.len() > LARGEST {
            let problem = format!("Plaintext has {} bytes, must have 1 to {LARGEST}.", sealed.len());
            return Err(refused("ValidationException", problem));
        }
        let bound = Aad::from(bound_to(id, &request.encryption_context));
        let nonce = self.secret.seal_in_place_append_tag(bound, &mut sealed);
        let nonce = nonce.map_err(|_| refused("KMSInternalException", "the seal failed"))?;
        let blob = [id.as_bytes(), &[0], nonce.as_ref(), &sealed].concat();
        Ok(json!({
            "CiphertextBlob": STANDARD.encode(blob),
            "EncryptionAlgorithm": "SYMMETRIC_DEFAULT",
            "KeyId": arn::key(id),
        }))
    }

    fn decrypt(&self, request: &Decrypt) -> Result<Value, ServiceError> {
        let broken = || refused("InvalidCiphertextException", "");
        let blob = bytes(&request.ciphertext_blob)?;
        let end = blob.iter().position(|byte| *byte == 0).ok_or_else(broken)?;
        let id = std::str::from_utf8(&blob[..end]).map_err(|_| broken())?;
        if !self.ids.contains(id) {
            return Err(broken());
        }
        let rest = &blob[end + 1..];
        if let Some(asked) = &request.key_id
            && self.known(asked)? != id
        {
            return Err(refused("IncorrectKeyException", "The ciphertext was sealed with another key."));
        }
        let (nonce, sealed) = rest.split_at_checked(NONCE_LEN).ok_or_else(broken)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| broken())?;
        let bound = Aad::from(bound_to(id, &request.encryption_context));
        let mut sealed = sealed.to_vec();
        let plaintext = self.secret.open_in_place(nonce, bound, &mut sealed).map_err(|_| broken())?;
        Ok(json!({
            "EncryptionAlgorithm": "SYMMETRIC_DEFAULT",
            "KeyId": arn::key(id),
            "Plaintext": STANDARD.encode(plaintext),
        }))
    }

    /// The id of a key that is named by its id or ARN.
    fn known<'a>(&self, named: &'a str) -> Result<&'a str, ServiceError> {
        let id = named.rsplit("key/").next().unwrap_or(named);
        let unknown = || refused("NotFoundException", format!("Key '{}' does not exist", arn::key(id)));
        self.ids.contains(id).then_some(id).ok_or_else(unknown)
    }
}

/// What a seal is bound to, with the length of each part, so that no two contexts are written alike.
fn bound_to(id: &str, context: &Context) -> Vec<u8> {
    let pairs = context.iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]);
    let parts = std::iter::once(id).chain(pairs);
    parts.flat_map(|part| [&(part.len() as u64).to_be_bytes(), part.as_bytes()].concat()).collect()
}

fn bytes(text: &str) -> Result<Vec<u8>, ServiceError> {
    STANDARD.decode(text).map_err(|error| refused("SerializationException", error))
}

fn refused(code: &'static str, message: impl ToString) -> ServiceError {
    ServiceError::new(Service::Keys, code, StatusCode::BAD_REQUEST, message.to_string())
}

impl AwsService for Keys {
    fn call(&self, call: AwsCall) -> BoxFuture<'_, Response> {
        let response = match self.answer(&call) {
            Ok(answer) => json_answer(answer.to_string()),
            Err(error) => error.into_response(),
        };
        std::future::ready(response).boxed()
    }
}
