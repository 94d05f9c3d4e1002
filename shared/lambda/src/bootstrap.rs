//! The `main` of every domain's binary: picks the function that `_HANDLER` names and runs it.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use lambda_runtime::{Diagnostic, FunctionResponse, LambdaEvent, MetadataPrelude, StreamResponse};
use serde_json::Value;

use crate::function::InvokeError;
use crate::http::reply::take_cookies;
use crate::{Answer, BoxError, Clock, ConfigurationError, Environment, Function, Instance, Invocation, logs};

type Response = FunctionResponse<Value, crate::ByteStream>;

/// Runs the function of `functions` that the Lambda runtime's `_HANDLER` variable names, until the runtime
/// stops the process.
///
/// # Errors
/// A configuration that cannot work, said once in the log before the process ends.
pub async fn bootstrap(functions: &'static [Function]) -> Result<(), BoxError> {
    logs::start();
    crate::metrics::start();
    let (name, instance) = start(functions).inspect_err(|error| {
        tracing::error!(error = logs::chain(error), "cannot start");
    })?;
    let instance = Arc::new(instance);
    lambda_runtime::run(lambda_runtime::service_fn(move |event| {
        let instance = Arc::clone(&instance);
        async move { answer(&instance, name, event).await }
    }))
    .await
}

fn start(functions: &'static [Function]) -> Result<(&'static str, Instance), ConfigurationError> {
    let variables: BTreeMap<String, String> = std::env::vars().collect();
    let wanted = variables.get("_HANDLER").cloned().unwrap_or_default();
    let Some(function) = functions.iter().find(|function| function.name() == wanted) else {
        let known: Vec<&str> = functions.iter().map(Function::name).collect();
        return Err(ConfigurationError::UnknownFunction(wanted, known.join(", ")));
    };
    let aws = crate::aws::configuration(&variables)?;
    let instance = function.start(&Environment::new(variables, aws, Clock::system()))?;
    Ok((function.name(), instance))
}

async fn answer(
    instance: &Instance,
    name: &'static str,
    event: LambdaEvent<Value>,
) -> Result<Response, Diagnostic> {
    let context = event.context;
    let deadline = i64::try_from(context.deadline).unwrap_or(i64::MAX);
    let deadline = Timestamp::from_millisecond(deadline).unwrap_or(Timestamp::MAX);
    let trace = context.xray_trace_id.as_deref();
    let invocation = Invocation::new(name, context.request_id, trace, deadline);
    match instance.invoke(event.payload, invocation).await {
        Ok(Answer::Value(value)) => Ok(FunctionResponse::BufferedResponse(value)),
        Ok(Answer::Stream(mut reply)) => {
            let cookies = take_cookies(&mut reply.headers);
            Ok(FunctionResponse::StreamingResponse(StreamResponse {
                metadata_prelude: MetadataPrelude {
                    status_code: reply.status,
                    headers: reply.headers,
                    cookies,
                },
                stream: reply.body,
            }))
        }
        Err(error) => Err(diagnostic(&error)),
    }
}

fn diagnostic(error: &InvokeError) -> Diagnostic {
    let error_type = match error {
        InvokeError::Event(_) => "InvalidEvent",
        InvokeError::Handler(_) => "HandlerFailed",
    };
    Diagnostic { error_type: error_type.to_owned(), error_message: logs::chain(error) }
}
