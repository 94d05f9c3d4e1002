//! The service key, whose portal shows it in two forms, and which somebody may put another in the place of.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use maru_lambda::{Clock, ConfigurationError, Environment, FromEnvironment, logs};
use maru_partner::{Secret, SecretError};
use percent_encoding::percent_decode_str;
use tokio::sync::Mutex;

/// How long a key that is refused, and was still the only one when it was looked up, is not looked up again: all calls
/// are refused then, and the parameter is not to be read for each.
const REST: SignedDuration = SignedDuration::from_mins(5);

/// The service key. Clones share what was read.
#[derive(Clone, Debug)]
pub(crate) struct ServiceKey {
    clock: Clock,
    known: Arc<Mutex<Known>>,
}

#[derive(Debug)]
struct Known {
    secret: Secret,
    /// When it was looked up last whether there is another one.
    looked_up_at: Option<Timestamp>,
}

impl FromEnvironment for ServiceKey {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let secret = Secret::open(environment, "KMA_SERVICE_KEY_NAME")?;
        let known = Known { secret, looked_up_at: None };
        Ok(Self { clock: environment.clock().clone(), known: Arc::new(Mutex::new(known)) })
    }
}

impl ServiceKey {
    /// The key as it is.
    ///
    /// # Errors
    /// [`SecretError`]; the next call tries again.
    pub(crate) async fn value(&self) -> Result<String, SecretError> {
        let secret = self.known.lock().await.secret.clone();
        Ok(decoded(secret.value().await?))
    }

    /// Another key than the one that the portal refused, if there is one by now: of callers who are refused at once
    /// one looks it up for all.
    pub(crate) async fn other_than(&self, refused: &str) -> Option<String> {
        let mut known = self.known.lock().await;
        if let Some(found) = read(&known.secret).await.filter(|key| key != refused) {
            return Some(found);
        }
        let now = self.clock.now();
        if known.looked_up_at.is_some_and(|at| now.duration_since(at) < REST) {
            return None;
        }
        known.looked_up_at = Some(now);
        let secret = known.secret.anew();
        let found = read(&secret).await.filter(|key| key != refused)?;
        *known = Known { secret, looked_up_at: None };
        Some(found)
    }
}

async fn read(secret: &Secret) -> Option<String> {
    match secret.value().await {
        Ok(value) => Some(decoded(value)),
        Err(error) => {
            tracing::warn!(error = logs::chain(&error), "nobody knows whether there is another service key");
            None
        }
    }
}

/// The key as it is, of either form that the portal shows: the "encoding" one is percent-encoded already, and would be
/// so twice in a query. The "decoding" one is Base64, in which no `%` stands.
fn decoded(key: &str) -> String {
    let key = key.trim();
    percent_decode_str(key).decode_utf8().map_or_else(|_| key.to_owned(), std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_the_same_key() {
        let key = "aB3+/x9==";
        assert_eq!(decoded(key), key);
        assert_eq!(decoded("aB3%2B%2Fx9%3D%3D\n"), key);
        assert_eq!(decoded("aB3%2b%2fx9%3d%3d"), key);
        // The newer keys are hexadecimal, the same in both forms.
        assert_eq!(decoded("0a1b2c3d"), "0a1b2c3d");
    }
}
