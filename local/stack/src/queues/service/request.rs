//! The requests, as on the wire, and what one entry of them does.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::refusal::{Kind, Refusal};
use super::{Answer, Queue, digest, seconds};
use crate::queues::message::{Attribute, NewMessage, sequence_text};

/// The largest message, body and attributes, and the largest batch, in bytes (1 MiB since August 2025).
pub(super) const LARGEST: usize = 1024 * 1024;

/// The longest delay in seconds: 15 minutes.
const LONGEST_DELAY: u32 = 900;

/// The longest visibility in seconds: 12 hours.
const LONGEST_VISIBILITY: u32 = 43_200;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Named {
    pub(super) queue_url: String,
    #[serde(default)]
    pub(super) attribute_names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct QueueName {
    pub(super) queue_name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Send {
    pub(super) queue_url: String,
    #[serde(flatten)]
    pub(super) message: SendEntry,
}

/// A message to be sent.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct SendEntry {
    message_body: String,
    #[serde(default)]
    delay_seconds: Option<u32>,
    #[serde(default)]
    message_attributes: BTreeMap<String, Attribute>,
    #[serde(default)]
    message_system_attributes: BTreeMap<String, Attribute>,
    #[serde(default)]
    message_group_id: Option<String>,
    #[serde(default)]
    message_deduplication_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Receive {
    pub(super) queue_url: String,
    pub(super) max_number_of_messages: Option<usize>,
    pub(super) visibility_timeout: Option<u32>,
    pub(super) wait_time_seconds: Option<u32>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Receipt {
    pub(super) queue_url: String,
    pub(super) receipt_handle: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Hide {
    pub(super) queue_url: String,
    #[serde(flatten)]
    pub(super) entry: HideEntry,
}

/// A change of a message's visibility.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct HideEntry {
    receipt_handle: String,
    visibility_timeout: u32,
}

impl SendEntry {
    /// The message's size in bytes, as SQS counts it: the body, and each attribute's name, type and value.
    pub(super) fn size(&self) -> usize {
        let attribute = |(name, attribute): (&String, &Attribute)| {
            let value = attribute.bytes().map(|bytes| bytes.len());
            let value = value.or(attribute.string_value.as_ref().map(String::len)).unwrap_or(0);
            name.len() + attribute.data_type.len() + value
        };
        self.message_body.len() + self.message_attributes.iter().map(attribute).sum::<usize>()
    }

    /// Stores the message.
    pub(super) fn store(&self, queue: &Queue) -> Answer {
        let deduplication = self.check(queue)?;
        let trace = self.message_system_attributes.get("AWSTraceHeader");
        let new = NewMessage {
            body: self.message_body.clone(),
            attributes: self.message_attributes.clone(),
            trace: trace.and_then(|attribute| attribute.string_value.clone()),
            group: self.message_group_id.clone(),
            deduplication,
        };
        let sent = queue.send(new, self.delay_seconds.map(seconds));
        let mut answer =
            json!({ "MessageId": sent.id, "MD5OfMessageBody": digest::of_body(&self.message_body) });
        if !self.message_attributes.is_empty() {
            answer["MD5OfMessageAttributes"] = json!(digest::of_attributes(&self.message_attributes));
        }
        if let Some(sequence) = sent.sequence {
            answer["SequenceNumber"] = json!(sequence_text(sequence));
        }
        Ok(answer)
    }

    /// Checks the message; gives its deduplication id, if it has one.
    fn check(&self, queue: &Queue) -> Result<Option<String>, Refusal> {
        if self.message_body.is_empty() {
            return Err(Refusal::missing("MessageBody"));
        }
        if self.size() > LARGEST {
            return Err(Refusal::invalid("Message must be shorter than 1048576 bytes."));
        }
        if self.delay_seconds.is_some_and(|delay| delay > LONGEST_DELAY) {
            return Err(Refusal::invalid("DelaySeconds must be between 0 and 900."));
        }
        if !queue.resource.fifo {
            return Ok(self.message_deduplication_id.clone());
        }
        if self.message_group_id.is_none() {
            return Err(Refusal::missing("MessageGroupId"));
        }
        if self.delay_seconds.is_some_and(|delay| delay > 0) {
            return Err(Refusal::invalid("A FIFO queue has no DelaySeconds for single messages."));
        }
        let by_content = queue.resource.content_based_deduplication;
        let by_content = by_content.then(|| digest::of_body(&self.message_body));
        let id = self.message_deduplication_id.clone().or(by_content);
        id.map(Some).ok_or_else(|| {
            Refusal::invalid("The queue needs a MessageDeduplicationId or ContentBasedDeduplication.")
        })
    }
}

impl HideEntry {
    /// Changes the visibility of a message in flight.
    pub(super) fn apply(&self, queue: &Queue) -> Result<(), Refusal> {
        if self.visibility_timeout > LONGEST_VISIBILITY {
            return Err(Refusal::invalid("VisibilityTimeout must be between 0 and 43200."));
        }
        if queue.hide(&self.receipt_handle, seconds(self.visibility_timeout)) {
            return Ok(());
        }
        Err(Refusal::new(Kind::NotInFlight, "The message is not in flight."))
    }
}

/// A batch request and its entries.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Batch<T> {
    pub(super) queue_url: String,
    pub(super) entries: Vec<Entry<T>>,
}

/// One entry of a batch.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Entry<T> {
    pub(super) id: String,
    #[serde(flatten)]
    pub(super) content: T,
}

/// An entry that names a message by its receipt.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ReceiptEntry {
    pub(super) receipt_handle: String,
}

/// The answer to one entry that was carried out: `answer` with the entry's id.
pub(super) fn with_id(id: &str, answer: Value) -> Value {
    let mut answer = answer;
    answer["Id"] = json!(id);
    answer
}
