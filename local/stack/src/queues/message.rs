//! A message, as a queue keeps it and as its readers see it.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::digest;
use crate::template::REGION;

/// A message attribute, as on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Attribute {
    pub(crate) data_type: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) string_value: Option<String>,
    /// In base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) binary_value: Option<String>,
}

impl Attribute {
    pub(super) fn bytes(&self) -> Option<Vec<u8>> {
        STANDARD.decode(self.binary_value.as_ref()?).ok()
    }
}

/// What a sender gives.
#[derive(Clone, Debug, Default)]
pub(crate) struct NewMessage {
    pub(crate) body: String,
    pub(crate) attributes: BTreeMap<String, Attribute>,
    pub(crate) trace: Option<String>,
    pub(crate) group: Option<String>,
    pub(crate) deduplication: Option<String>,
}

/// A message in a queue.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Message {
    pub(crate) id: String,
    pub(crate) body: String,
    pub(crate) attributes: BTreeMap<String, Attribute>,
    pub(crate) trace: Option<String>,
    pub(crate) group: Option<String>,
    pub(crate) deduplication: Option<String>,
    /// In a FIFO queue, its place in the order.
    pub(crate) sequence: Option<u64>,
    pub(crate) sent: Timestamp,
    pub(crate) first_received: Option<Timestamp>,
    pub(crate) receive_count: u32,
    /// Until then nobody receives it.
    pub(crate) visible_at: Timestamp,
    /// The handle of the latest receipt; only it deletes the message.
    pub(crate) receipt: Option<String>,
}

impl Message {
    /// The system attributes that a receiver sees.
    fn system_attributes(&self) -> Map<String, Value> {
        let first = self.first_received.unwrap_or(self.sent);
        let sequence = self.sequence.map(sequence_text);
        let all = [
            ("ApproximateReceiveCount", Some(self.receive_count.to_string())),
            ("SentTimestamp", Some(self.sent.as_millisecond().to_string())),
            ("SenderId", Some("local".to_owned())),
            ("ApproximateFirstReceiveTimestamp", Some(first.as_millisecond().to_string())),
            ("AWSTraceHeader", self.trace.clone()),
            ("MessageGroupId", self.group.clone()),
            ("MessageDeduplicationId", self.deduplication.clone()),
            ("SequenceNumber", sequence),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.into()))).collect()
    }

    /// The message in an answer to `ReceiveMessage`. All attributes are given, whichever were asked for.
    pub(super) fn received(&self) -> Value {
        let mut message = json!({
            "MessageId": self.id,
            "ReceiptHandle": self.receipt,
            "Body": self.body,
            "MD5OfBody": digest::of_body(&self.body),
            "Attributes": self.system_attributes(),
        });
        if !self.attributes.is_empty() {
            message["MessageAttributes"] = json!(self.attributes);
            message["MD5OfMessageAttributes"] = json!(digest::of_attributes(&self.attributes));
        }
        message
    }

    /// The message as a record of the event that Lambda hands to a function
    /// (<https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html>).
    pub(super) fn record(&self, queue_arn: &str) -> Value {
        let attributes = self.attributes.iter().map(|(name, attribute)| {
            let attribute = json!({
                "dataType": attribute.data_type,
                "stringValue": attribute.string_value,
                "binaryValue": attribute.binary_value,
                "stringListValues": [],
                "binaryListValues": [],
            });
            (name.clone(), attribute)
        });
        json!({
            "messageId": self.id,
            "receiptHandle": self.receipt,
            "body": self.body,
            "attributes": self.system_attributes(),
            "messageAttributes": attributes.collect::<Map<_, _>>(),
            "md5OfBody": digest::of_body(&self.body),
            "eventSource": "aws:sqs",
            "eventSourceARN": queue_arn,
            "awsRegion": REGION,
        })
    }
}

/// A sequence number as SQS writes it: 20 digits.
pub(super) fn sequence_text(sequence: u64) -> String {
    format!("{sequence:020}")
}
