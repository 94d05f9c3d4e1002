//! A partner's secret, kept in SSM.

use std::fmt;
use std::sync::Arc;

use aws_sdk_ssm::Client;
use aws_sdk_ssm::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_ssm::operation::get_parameter::GetParameterError;
use maru_lambda::{BoxError, ConfigurationError, Environment, OnFirstUse};
use tokio::sync::OnceCell;

/// A secret in SSM (`SecureString`), read when it is first needed and then kept: a new value is seen by the
/// functions that start after it, and by those that read it [`Secret::anew`].
#[derive(Clone)]
pub struct Secret {
    client: OnFirstUse<Client>,
    parameter: String,
    value: Arc<OnceCell<String>>,
}

/// A secret that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("the secret {parameter} could not be read")]
pub struct SecretError {
    /// The name of its SSM parameter.
    pub parameter: String,
    /// Why.
    #[source]
    pub source: BoxError,
}

/// There is a parameter, and nothing in it.
#[derive(Debug, thiserror::Error)]
#[error("the parameter has no value")]
struct NoValue;

/// What SSM says when asking again does not help.
const LASTING: [&str; 4] =
    ["ParameterNotFound", "ParameterVersionNotFound", "AccessDeniedException", "InvalidKeyId"];

impl Secret {
    /// The secret whose SSM parameter's name is in the environment variable `variable`.
    ///
    /// # Errors
    /// [`ConfigurationError`] when the variable is not set.
    pub fn open(environment: &Environment, variable: &str) -> Result<Self, ConfigurationError> {
        let parameter = environment.require(variable)?.to_owned();
        Ok(Self { client: environment.client(Client::new), parameter, value: Arc::default() })
    }

    /// The same secret, not read yet: for when the value that is known is refused, and there may be another by now.
    #[must_use]
    pub fn anew(&self) -> Self {
        Self { value: Arc::default(), ..self.clone() }
    }

    /// The secret itself.
    ///
    /// # Errors
    /// [`SecretError`]; the next call tries again.
    pub async fn value(&self) -> Result<&str, SecretError> {
        let value = self.value.get_or_try_init(|| async {
            let request = self.client.get_parameter().name(&self.parameter).with_decryption(true);
            let answer = request.send().await.map_err(BoxError::from)?;
            let value = answer.parameter.and_then(|parameter| parameter.value);
            value.ok_or_else(|| BoxError::from(NoValue))
        });
        let value = value.await;
        value.map(String::as_str).map_err(|source| SecretError { parameter: self.parameter.clone(), source })
    }
}

impl SecretError {
    /// Whether somebody has to do something before it can be read: there is no such parameter, it is empty, or we may
    /// not read it. Anything else passes.
    #[must_use]
    pub fn needs_somebody(&self) -> bool {
        match self.source.downcast_ref::<SdkError<GetParameterError>>() {
            Some(error) => error.code().is_some_and(|code| LASTING.contains(&code)),
            None => self.source.is::<NoValue>(),
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Secret({})", self.parameter)
    }
}
