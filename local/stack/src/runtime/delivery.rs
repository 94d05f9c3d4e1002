//! Asynchronous invocations: events and firings are handed to a function until it succeeds or its attempts
//! are used up; then they go to a queue.
//!
//! On AWS two parties retry. EventBridge and Scheduler, by their `RetryPolicy`, only until Lambda has *taken*
//! the event, which here it always does. An error of the *function* is retried by Lambda, twice unless
//! `EventInvokeConfig` says otherwise, and then goes to the function's on-failure destination
//! (<https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html>). Where the template
//! gives the function no such destination, AWS would drop the event; the stack puts it into the dead-letter
//! queue of the rule or schedule, and says so in the log.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::{Admission, InvocationError, Lambda, request_id};
use crate::queues::Queues;
use crate::template::{REGION, Retry};

/// Attempts after the first (Lambda's default).
const RETRIES: u32 = 2;

/// Lambda waits one minute, then two; nobody wants to wait for that here.
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// Hands events to functions and keeps those that fail each time.
#[derive(Clone)]
pub(crate) struct Deliveries {
    queues: Arc<Queues>,
}

impl Deliveries {
    pub(crate) fn new(queues: Arc<Queues>) -> Self {
        Self { queues }
    }

    /// Invokes `lambda` with `event` until it succeeds or `retry` and the function's own limit are used up.
    ///
    /// # Errors
    /// The last attempt's error; the event is then in a queue, if there is one for it.
    pub(crate) async fn deliver(
        &self,
        lambda: &Arc<Lambda>,
        event: Value,
        retry: &Retry,
    ) -> Result<maru_lambda::Answer, InvocationError> {
        let own = lambda.resource.on_failure.maximum_attempts.unwrap_or(RETRIES);
        let retries = retry.maximum_attempts.map_or(own, |limit| limit.min(own));
        let mut attempt = 0;
        let error = loop {
            match lambda.invoke(event.clone(), Admission::OrWait).await {
                Ok(answer) => return Ok(answer),
                Err(error) if attempt >= retries => break error,
                Err(_) => tokio::time::sleep(FIRST_PAUSE * 2_u32.saturating_pow(attempt)).await,
            }
            attempt += 1;
        };
        self.bury(lambda, event, retry, &error, attempt + 1);
        Err(error)
    }

    fn bury(&self, lambda: &Lambda, event: Value, retry: &Retry, error: &InvocationError, attempts: u32) {
        let function = lambda.name();
        if let Some(queue) = &lambda.resource.on_failure.queue {
            tracing::error!(function, queue, "an event failed each time and went to the on-failure queue");
            self.queues.put(queue, record(function, event, error, attempts).to_string());
        } else if let Some(queue) = &retry.dead_letter_queue {
            tracing::error!(
                function,
                queue,
                "an event failed each time and went to the dead-letter queue; on AWS it would be lost: give the \
                 function an EventInvokeConfig with an OnFailure destination"
            );
            self.queues.put(queue, event.to_string());
        } else {
            tracing::error!(function, "an event failed each time and is lost");
        }
    }
}

/// What Lambda writes to an on-failure destination
/// (<https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html>).
fn record(function: &str, event: Value, error: &InvocationError, attempts: u32) -> Value {
    json!({
        "version": "1.0",
        "timestamp": jiff::Timestamp::now().to_string(),
        "requestContext": {
            "requestId": request_id(),
            "functionArn": format!("arn:aws:lambda:{REGION}:{}:function:{function}:$LATEST", crate::template::ACCOUNT),
            "condition": "RetriesExhausted",
            "approximateInvokeCount": attempts,
        },
        "requestPayload": event,
        "responseContext": { "statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled" },
        "responsePayload": { "errorMessage": error.chain() },
    })
}
