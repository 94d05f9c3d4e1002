//! SQS's protocol (AWS JSON 1.0): decodes an operation, carries it out, answers.
//!
//! Source of limits and errors: the SQS API reference
//! (<https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/>).

mod batch;
mod refusal;
mod request;

use std::time::Duration;

use axum::response::Response;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use tokio::time::Instant;

use super::{Queue, Queues, digest};
use crate::aws::{AwsCall, AwsService, arn, json_answer};
use refusal::{Kind, Refusal};
use request::{Hide, Named, QueueName, Receipt, Receive, Send};

type Answer = Result<Value, Refusal>;

impl AwsService for Queues {
    fn call(&self, call: AwsCall) -> BoxFuture<'_, Response> {
        async move {
            match self.answer(&call.operation, &call.body).await {
                Ok(answer) => json_answer(answer.to_string()),
                Err(refusal) => refusal.into_response(),
            }
        }
        .boxed()
    }
}

impl Queues {
    async fn answer(&self, operation: &str, body: &[u8]) -> Answer {
        match operation {
            "SendMessage" => self.send_message(&decode(body)?),
            "SendMessageBatch" => batch::send(self, decode(body)?),
            "ReceiveMessage" => self.receive_message(&decode(body)?).await,
            "DeleteMessage" => self.delete_message(&decode(body)?),
            "DeleteMessageBatch" => batch::delete(self, decode(body)?),
            "ChangeMessageVisibility" => self.change_visibility(&decode(body)?),
            "ChangeMessageVisibilityBatch" => batch::hide(self, decode(body)?),
            "GetQueueAttributes" => self.attributes(&decode(body)?),
            "GetQueueUrl" => self.url(&decode(body)?),
            "ListQueues" => Ok(json!({
                "QueueUrls": self.queues.keys().map(|name| self.place.queue_url(name)).collect::<Vec<_>>()
            })),
            "PurgeQueue" => {
                self.named(&decode::<Named>(body)?.queue_url)?.clear();
                Ok(json!({}))
            }
            other => {
                let message = format!("the local stack does not have {other}");
                Err(Refusal::new(Kind::Unsupported, message))
            }
        }
    }

    fn send_message(&self, send: &Send) -> Answer {
        let queue = self.named(&send.queue_url)?;
        send.message.store(queue)
    }

    async fn receive_message(&self, receive: &Receive) -> Answer {
        let queue = self.named(&receive.queue_url)?;
        let limit = receive.max_number_of_messages.unwrap_or(1);
        if !(1..=10).contains(&limit) {
            return Err(Refusal::invalid("MaxNumberOfMessages must be between 1 and 10"));
        }
        let visibility = receive.visibility_timeout.map(seconds).unwrap_or(queue.resource.visibility);
        let end = Instant::now() + seconds(receive.wait_time_seconds.unwrap_or(0).min(20));
        let messages = self.receive_until(queue, limit, visibility, Some(end)).await;
        let messages: Vec<Value> = messages.iter().map(super::Message::received).collect();
        Ok(if messages.is_empty() { json!({}) } else { json!({ "Messages": messages }) })
    }

    fn delete_message(&self, delete: &Receipt) -> Answer {
        self.named(&delete.queue_url)?.delete(&delete.receipt_handle);
        Ok(json!({}))
    }

    fn change_visibility(&self, hide: &Hide) -> Answer {
        hide.entry.apply(self.named(&hide.queue_url)?)?;
        Ok(json!({}))
    }

    fn attributes(&self, named: &Named) -> Answer {
        let queue = self.named(&named.queue_url)?;
        let (resource, counts) = (&queue.resource, queue.counts());
        let mut attributes = json!({
            "ApproximateNumberOfMessages": counts.visible.to_string(),
            "ApproximateNumberOfMessagesNotVisible": counts.in_flight.to_string(),
            "ApproximateNumberOfMessagesDelayed": counts.delayed.to_string(),
            "DelaySeconds": resource.delay.as_secs().to_string(),
            "QueueArn": resource.arn,
            "VisibilityTimeout": resource.visibility.as_secs().to_string(),
        });
        if resource.fifo {
            attributes["FifoQueue"] = json!("true");
            attributes["ContentBasedDeduplication"] = json!(resource.content_based_deduplication.to_string());
        }
        if let Some(redrive) = &resource.redrive {
            let target = arn::queue(&redrive.queue);
            let policy =
                json!({ "deadLetterTargetArn": target, "maxReceiveCount": redrive.max_receive_count });
            attributes["RedrivePolicy"] = json!(policy.to_string());
        }
        let asked = |name: &String| named.attribute_names.iter().any(|asked| asked == "All" || asked == name);
        let attributes = attributes.as_object().cloned().unwrap_or_default();
        Ok(
            json!({ "Attributes": attributes.into_iter().filter(|(name, _)| asked(name)).collect::<Map<_, _>>() }),
        )
    }

    fn url(&self, name: &QueueName) -> Answer {
        let queue = self.named(&name.queue_name)?;
        Ok(json!({ "QueueUrl": self.place.queue_url(&queue.resource.name) }))
    }

    fn named(&self, url: &str) -> Result<&std::sync::Arc<Queue>, Refusal> {
        let missing = || Refusal::new(Kind::NoSuchQueue, "The specified queue does not exist.");
        self.by_url(url).ok_or_else(missing)
    }
}

fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|problem| Refusal::invalid(problem.to_string()))
}

fn seconds(seconds: u32) -> Duration {
    Duration::from_secs(seconds.into())
}
