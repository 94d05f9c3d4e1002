//! Systems Manager's parameters: a fixed list of names and values, read with `GetParameter` and
//! `GetParameters`.

use std::collections::BTreeMap;

use axum::{http::StatusCode, response::Response};
use futures::{FutureExt, future::BoxFuture};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::aws::{AwsCall, AwsService, Service, ServiceError, arn, json_answer};

/// What a secret looks like to a reader who did not ask for it decrypted.
const CIPHERTEXT: &str = "AQICAHlocalstackciphertext==";

#[derive(Debug, Clone, PartialEq, Eq)]
struct Parameter {
    value: String,
    secret: bool,
}

/// The parameters by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parameters(BTreeMap<String, Parameter>);

impl Parameters {
    /// Plain parameters (`String`).
    pub fn new(plain: BTreeMap<String, String>) -> Self {
        let parameters = plain.into_iter().map(|(name, value)| (name, Parameter { value, secret: false }));
        Self(parameters.collect())
    }

    /// Adds a secret (`SecureString`): only a reader who says `WithDecryption` gets its value.
    #[must_use]
    pub fn with_secret(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.insert(name.into(), Parameter { value: value.into(), secret: true });
        self
    }

    fn get(&self, name: &str, decrypted: bool) -> Option<Value> {
        let parameter = self.0.get(name)?;
        let (kind, value) = match (parameter.secret, decrypted) {
            (false, _) => ("String", parameter.value.as_str()),
            (true, true) => ("SecureString", parameter.value.as_str()),
            (true, false) => ("SecureString", CIPHERTEXT),
        };
        Some(json!({
            "ARN": arn::parameter(name),
            "DataType": "text",
            "Name": name,
            "Type": kind,
            "Value": value,
            "Version": 1,
        }))
    }

    fn answer(&self, call: &AwsCall) -> Result<Value, ServiceError> {
        let read =
            |error: serde_json::Error| refused("com.amazon.coral.service#SerializationException", error);
        match call.operation.as_str() {
            "GetParameter" => {
                let request: GetParameter = serde_json::from_slice(&call.body).map_err(read)?;
                let found = self.get(&request.name, request.with_decryption);
                let found =
                    found.ok_or_else(|| refused("com.amazonaws.ssm#ParameterNotFound", &request.name))?;
                Ok(json!({ "Parameter": found }))
            }
            "GetParameters" => {
                let request: GetParameters = serde_json::from_slice(&call.body).map_err(read)?;
                let (found, missing): (Vec<_>, Vec<_>) = request
                    .names
                    .into_iter()
                    .map(|name| self.get(&name, request.with_decryption).ok_or(name))
                    .partition(Result::is_ok);
                let found: Vec<Value> = found.into_iter().filter_map(Result::ok).collect();
                let missing: Vec<String> = missing.into_iter().filter_map(Result::err).collect();
                Ok(json!({ "Parameters": found, "InvalidParameters": missing }))
            }
            other => Err(refused(
                "com.amazon.coral.service#UnknownOperationException",
                format!("{other} is not part of the local stack."),
            )),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct GetParameter {
    name: String,
    #[serde(default)]
    with_decryption: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct GetParameters {
    names: Vec<String>,
    #[serde(default)]
    with_decryption: bool,
}

fn refused(code: &'static str, message: impl ToString) -> ServiceError {
    ServiceError::new(Service::Parameters, code, StatusCode::BAD_REQUEST, message.to_string())
}

impl AwsService for Parameters {
    fn call(&self, call: AwsCall) -> BoxFuture<'_, Response> {
        let response = match self.answer(&call) {
            Ok(answer) => json_answer(answer.to_string()),
            Err(error) => error.into_response(),
        };
        std::future::ready(response).boxed()
    }
}

#[cfg(test)]
mod tests;
