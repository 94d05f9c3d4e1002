//! Functions that consume an SQS queue, one message at a time.
//!
//! This module owns the batch: each record is decoded from its own raw body, so that one bad body fails
//! alone; failures are reported by message id (`ReportBatchItemFailures`); in a FIFO batch everything after
//! the first failure is reported too, so that order is kept (AWS Lambda developer guide, "Handling errors
//! for an SQS event source").

use std::sync::Arc;

use aws_lambda_events::sqs::{SqsEvent, SqsMessage};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::{
    Answer, BoxError, ConfigurationError, Event, FromEnvironment, Instance, Invocation, InvokeError, Starter,
    Trigger,
};

/// One message of a queue.
#[derive(Clone, Debug)]
pub struct Message<T> {
    /// The envelope and its data.
    pub event: Event<T>,
    /// How often it was received, from 1 on; more than 1 means that an earlier attempt did not finish.
    pub receive_count: u32,
}

impl Starter<'_> {
    /// A function that handles the messages of a queue, one at a time. A message that fails is received
    /// again, and in the end lands in the queue's dead-letter queue.
    ///
    /// # Errors
    /// [`ConfigurationError`] when a variable is missing or wrong.
    pub fn queue<D, T, F, Fut, E>(&self, handle: F) -> Result<Instance, ConfigurationError>
    where
        D: FromEnvironment,
        T: DeserializeOwned + Send + 'static,
        F: Fn(D, Message<T>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<BoxError>,
    {
        let dependencies = D::from_environment(self.environment)?;
        let handle = Arc::new(handle);
        Ok(Instance::new(Trigger::Queue, move |event, invocation| {
            let (dependencies, handle) = (dependencies.clone(), Arc::clone(&handle));
            async move {
                let one = |record: SqsMessage| {
                    let (dependencies, handle) = (dependencies.clone(), Arc::clone(&handle));
                    let invocation = invocation.clone();
                    async move {
                        let message = decode::<T>(&record)?;
                        let cause = invocation.caused_by(trace_of(&message, &record));
                        cause.scope(handle(dependencies, message)).await.map_err(Into::into)
                    }
                };
                batch(event, &invocation, one).await
            }
        }))
    }
}

async fn batch<Fut: Future<Output = Result<(), BoxError>>>(
    event: Value,
    invocation: &Invocation,
    handle: impl Fn(SqsMessage) -> Fut,
) -> Result<Answer, InvokeError> {
    let event: SqsEvent = serde_json::from_value(event).map_err(InvokeError::Event)?;
    let mut failures = Vec::new();
    let mut stopped = false;
    for record in event.records {
        // A record without an id could never be reported as failed: the whole batch has to come again.
        let Some(id) = record.message_id.clone() else {
            return Err(InvokeError::Handler("a record has no messageId".into()));
        };
        let fifo = record.attributes.contains_key("MessageGroupId");
        if !stopped {
            let Err(error) = handle(record).await else { continue };
            let (function, error) = (invocation.function, crate::logs::chain(&*error));
            tracing::error!(function, message.id = id, error, "message failed");
            stopped = fifo;
        }
        failures.push(json!({ "itemIdentifier": id }));
    }
    Ok(Answer::Value(json!({ "batchItemFailures": failures })))
}

fn decode<T: DeserializeOwned>(record: &SqsMessage) -> Result<Message<T>, serde_json::Error> {
    let event = serde_json::from_str(record.body.as_deref().unwrap_or_default())?;
    let count = record.attributes.get("ApproximateReceiveCount");
    let receive_count = count.and_then(|count| count.parse().ok()).unwrap_or(1);
    Ok(Message { event, receive_count })
}

fn trace_of<'a, T>(message: &'a Message<T>, record: &'a SqsMessage) -> Option<&'a str> {
    let header = record.attributes.get("AWSTraceHeader").map(String::as_str);
    message.event.traceparent.as_deref().or(header)
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    fn records(bodies: &[&str], fifo: bool) -> Value {
        let record = |(index, body): (usize, &&str)| {
            let attributes = if fifo { json!({ "MessageGroupId": "g" }) } else { json!({}) };
            json!({ "messageId": format!("m{index}"), "body": body, "attributes": attributes })
        };
        json!({ "Records": bodies.iter().enumerate().map(record).collect::<Vec<_>>() })
    }

    async fn failures(bodies: &[&str], fifo: bool) -> (Value, Vec<String>) {
        let handled = Mutex::new(Vec::new());
        let invocation = Invocation::new("on_test", "r", None, jiff::Timestamp::MAX);
        let handled_here = &handled;
        let one = |record: SqsMessage| async move {
            let message = decode::<String>(&record)?;
            handled_here.lock().unwrap().push(message.event.data);
            Ok(())
        };
        let Ok(Answer::Value(answer)) = batch(records(bodies, fifo), &invocation, one).await else {
            panic!("the batch failed as a whole");
        };
        (answer["batchItemFailures"].clone(), handled.into_inner().unwrap())
    }

    fn body(data: &str) -> String {
        json!({ "id": "evt_1", "type": "t", "version": 1, "occurredAt": "2026-01-01T00:00:00Z", "data": data })
            .to_string()
    }

    #[tokio::test]
    async fn one_bad_body_fails_alone() {
        let (failed, handled) = failures(&[&body("a"), "{not json", &body("c")], false).await;
        assert_eq!(failed, json!([{ "itemIdentifier": "m1" }]));
        assert_eq!(handled, ["a", "c"]);
    }

    #[tokio::test]
    async fn a_fifo_batch_stops_at_the_first_failure() {
        let (failed, handled) = failures(&[&body("a"), "{not json", &body("c")], true).await;
        assert_eq!(failed, json!([{ "itemIdentifier": "m1" }, { "itemIdentifier": "m2" }]));
        assert_eq!(handled, ["a"]);
    }
}
