//! Where a function's configuration comes from: its environment variables, the AWS configuration, the clock.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SdkConfig;

use crate::{Clock, OnFirstUse};

/// How long an AWS client waits for the answer to one attempt: long enough for the largest object that is read or
/// written, short enough that a worker can try again.
const LONGEST_ATTEMPT: Duration = Duration::from_secs(20);

/// What a function is started with.
///
/// On AWS the variables are the process's; in the local stack and the tests they are those that
/// `template.yaml` gives to this one function, so that a variable forgotten there is missed at start.
#[derive(Clone, Debug)]
pub struct Environment {
    variables: Arc<BTreeMap<String, String>>,
    aws: SdkConfig,
    clock: Clock,
    read: Arc<Mutex<Vec<String>>>,
}

/// A variable that is missing or wrong.
#[derive(Debug, thiserror::Error)]
pub enum ConfigurationError {
    /// Not set, or empty.
    #[error("the environment variable {0} is not set: give it to the function in template.yaml")]
    Missing(String),
    /// Set to something that cannot be used.
    #[error("the environment variable {name} is wrong")]
    Invalid {
        /// The variable's name.
        name: String,
        /// What is wrong with it.
        #[source]
        reason: crate::BoxError,
    },
    /// A `_HANDLER` that the binary does not have.
    #[error("no function is called {0:?}; this binary has {1}")]
    UnknownFunction(String, String),
}

impl Environment {
    /// An environment with these variables.
    #[must_use]
    pub fn new(variables: BTreeMap<String, String>, aws: SdkConfig, clock: Clock) -> Self {
        let time_outs = TimeoutConfig::builder().operation_attempt_timeout(LONGEST_ATTEMPT).build();
        let aws = aws.into_builder().timeout_config(time_outs).build();
        Self { variables: Arc::new(variables), aws, clock, read: Arc::default() }
    }

    /// The value of a variable.
    ///
    /// # Errors
    /// [`ConfigurationError::Missing`] when it is not set or empty.
    pub fn require(&self, name: &str) -> Result<&str, ConfigurationError> {
        if let Ok(mut read) = self.read.lock() {
            read.push(name.to_owned());
        }
        let value = self.variables.get(name).filter(|value| !value.is_empty());
        value.map(String::as_str).ok_or_else(|| ConfigurationError::Missing(name.to_owned()))
    }

    /// The value of a variable, read as a `T`.
    ///
    /// # Errors
    /// [`ConfigurationError`] when it is not set, or is not a `T`.
    pub fn parse<T>(&self, name: &str) -> Result<T, ConfigurationError>
    where
        T: std::str::FromStr<Err: Into<crate::BoxError>>,
    {
        let parsed = self.require(name)?.parse();
        parsed.map_err(|error: T::Err| ConfigurationError::Invalid {
            name: name.to_owned(),
            reason: error.into(),
        })
    }

    /// An AWS client, made by `make` when it is first used.
    pub fn client<C>(&self, make: impl FnOnce(&SdkConfig) -> C + Send + 'static) -> OnFirstUse<C> {
        let aws = self.aws.clone();
        OnFirstUse::new(move || make(&aws))
    }

    /// Region, credentials, endpoint and HTTP client of the AWS clients.
    #[must_use]
    pub fn aws(&self) -> &SdkConfig {
        &self.aws
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The names of all variables that were asked for since the start, for the wiring test.
    #[must_use]
    pub fn variables_read(&self) -> Vec<String> {
        self.read.lock().map(|read| read.clone()).unwrap_or_default()
    }
}

/// Something a handler works with, made once when its function starts.
///
/// A handler's first parameter is one of these or a tuple of them, so its signature says what it may touch,
/// as its policy in `template.yaml` does. Clients are built here and nowhere else: a function builds only
/// what it uses.
pub trait FromEnvironment: Sized + Clone + Send + Sync + 'static {
    /// Makes it.
    ///
    /// # Errors
    /// [`ConfigurationError`] when a variable is missing or wrong.
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError>;
}

impl FromEnvironment for Clock {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(environment.clock().clone())
    }
}

macro_rules! from_environment_for_tuples {
    ($(($($part:ident),*))*) => {$(
        impl<$($part: FromEnvironment),*> FromEnvironment for ($($part,)*) {
            fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
                Ok(($($part::from_environment(environment)?,)*))
            }
        }
    )*};
}
from_environment_for_tuples! { (A, B) (A, B, C) (A, B, C, D) (A, B, C, D, E) }

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(variables: &[(&str, &str)]) -> Environment {
        let variables =
            variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Environment::new(variables, SdkConfig::builder().build(), Clock::system())
    }

    #[test]
    fn a_missing_or_empty_variable_is_named() {
        let environment = environment(&[("EMPTY", "")]);
        for name in ["EMPTY", "ABSENT"] {
            let error = environment.require(name).unwrap_err();
            assert!(error.to_string().contains(name), "{error}");
        }
        assert_eq!(environment.variables_read(), ["EMPTY", "ABSENT"]);
    }

    #[test]
    fn a_variable_of_the_wrong_form_is_named_with_its_reason() {
        let error = environment(&[("LIMIT", "many")]).parse::<u32>("LIMIT").unwrap_err();
        assert!(matches!(error, ConfigurationError::Invalid { ref name, .. } if name == "LIMIT"));
    }
}
