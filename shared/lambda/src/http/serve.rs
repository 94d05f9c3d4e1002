//! From the gateway's event to the handler's [`Call`].

use ::http::HeaderMap;
use aws_lambda_events::apigw::ApiGatewayV2httpRequest;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::call::{Call, Request, fingerprint};
use super::caller::Caller;
use super::input::{self, Input};
use super::problem::Problem;
use crate::authentication::{Authentication, bearer};
use crate::{Clock, ConfigurationError, Environment, FromEnvironment, Invocation, InvokeError};

/// Where requests come in: verifies, decodes, and hands over to the handler.
pub(crate) struct Door<D> {
    dependencies: D,
    authentication: Authentication,
    clock: Clock,
}

impl<D: FromEnvironment> Door<D> {
    pub(crate) fn open(environment: &Environment) -> Result<Self, ConfigurationError> {
        let authentication = Authentication::open(environment)?;
        let dependencies = D::from_environment(environment)?;
        Ok(Self { dependencies, authentication, clock: environment.clock().clone() })
    }

    /// Serves one event of an HTTP API (payload format 2.0) or of a function URL, which has the same form.
    pub(crate) async fn serve<C: Caller, P: Input, Q: Input, B: Input, R>(
        &self,
        event: Value,
        invocation: &Invocation,
        handle: impl AsyncFnOnce(D, Call<C, P, Q, B>) -> Result<R, Problem>,
    ) -> Result<Result<R, Problem>, InvokeError> {
        let event: ApiGatewayV2httpRequest = serde_json::from_value(event).map_err(InvokeError::Event)?;
        let trace = header_text(&event.headers, "traceparent").map(str::to_owned);
        let call = match self.call(event) {
            Ok(call) => call,
            Err(problem) => return Ok(Err(problem)),
        };
        let cause = invocation.caused_by(trace.as_deref());
        let handled = cause.scope(handle(self.dependencies.clone(), call));
        let answer = invocation.in_time(&self.clock, handled).await;
        Ok(answer.unwrap_or_else(|out_of_time| Err(Problem::unavailable(out_of_time))))
    }

    fn call<C: Caller, P: Input, Q: Input, B: Input>(
        &self,
        event: ApiGatewayV2httpRequest,
    ) -> Result<Call<C, P, Q, B>, Problem> {
        let now = self.clock.now();
        // The caller first: who may not call learns nothing of what is wrong with the input.
        let (caller, account) = self.authentication.caller(|| bearer(&event.headers), now)?;
        let body = body_bytes(event.body, event.is_base64_encoded)?;
        let query = event.raw_query_string.unwrap_or_default();
        let method = event.request_context.http.method;
        let path = event.raw_path.unwrap_or_default();
        let parts = [method.as_str().as_bytes(), path.as_bytes(), query.as_bytes(), &body];
        let request = Request {
            now,
            fingerprint: fingerprint(parts),
            source_ip: event.request_context.http.source_ip.unwrap_or_default(),
            account,
            cookies: event.cookies.unwrap_or_default(),
            raw_path: path,
            headers: event.headers,
        };
        Ok(Call {
            caller,
            path: input::path(event.path_parameters)?,
            query: input::query(&query)?,
            body: input::body(&request.headers, &body)?,
            request,
        })
    }
}

fn header_text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn body_bytes(body: Option<String>, is_base64_encoded: bool) -> Result<Vec<u8>, Problem> {
    let body = body.unwrap_or_default();
    if !is_base64_encoded {
        return Ok(body.into_bytes());
    }
    STANDARD.decode(body).map_err(|_| Problem::bad_request("invalid_body", "The body could not be read."))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::Duration;

    use aws_types::SdkConfig;
    use jiff::{SignedDuration, Timestamp};
    use serde_json::json;

    use super::*;
    use crate::{Answer, Anyone, Function, Reply};

    async fn hang(_: Clock, _: Call<Anyone>) -> Result<Reply, Problem> {
        std::future::pending().await
    }

    #[tokio::test]
    async fn a_handler_that_hangs_is_given_up_before_lambda_stops_it() {
        let variables = [
            ("ACCESS_TOKEN_ISSUER", "maru"),
            ("ACCESS_TOKEN_AUDIENCE", "maru"),
            ("ACCESS_TOKEN_PUBLIC_KEY", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"),
        ];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let aws = SdkConfig::builder().build();
        let now: Timestamp = "2026-01-15T15:10:00Z".parse().unwrap();
        let environment = Environment::new(BTreeMap::from(variables), aws, Clock::from_fn(move || now));
        let instance = Function::new("hang", |start| start.http(hang)).start(&environment).unwrap();

        let deadline = now + SignedDuration::from_millis(550);
        let event = json!({ "version": "2.0", "rawPath": "/", "headers": {},
            "requestContext": { "http": { "method": "GET", "path": "/" } } });
        let invoking = instance.invoke(event, Invocation::new("hang", "r", None, deadline));
        let answer = tokio::select! {
            biased;
            answer = invoking => answer,
            () = tokio::time::sleep(Duration::from_millis(400)) => panic!("there is not time enough left"),
        };
        let Ok(Answer::Value(answer)) = answer else { panic!("no answer") };
        assert_eq!(answer["statusCode"], 503);
        assert_eq!(answer["headers"]["content-type"], "application/problem+json");
    }
}
