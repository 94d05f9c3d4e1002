//! `AWS::SQS::Queue`.

use std::time::Duration;

use serde_json::Value;

use super::TemplateError;
use super::names::name_in_arn;
use super::shape::Properties;
use crate::aws::arn;

/// An SQS queue. The defaults are those of SQS.
#[derive(Clone, Debug)]
pub struct QueueResource {
    /// Its name in the template.
    pub logical_id: String,
    /// The queue's name; ends in `.fifo` for a FIFO queue.
    pub name: String,
    /// The queue's ARN.
    pub arn: String,
    /// Whether it keeps the order within message groups.
    pub fifo: bool,
    /// Whether a FIFO queue tells repeated messages by their body.
    pub content_based_deduplication: bool,
    /// For how long a received message is hidden.
    pub visibility: Duration,
    /// For how long a new message is hidden.
    pub delay: Duration,
    /// Where messages go that are not done after some attempts.
    pub redrive: Option<Redrive>,
}

/// A queue's `RedrivePolicy`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redrive {
    /// The name of the dead-letter queue.
    pub queue: String,
    /// How often a message is received before it goes there.
    pub max_receive_count: u32,
}

pub(super) fn read(
    id: &str,
    name: &str,
    properties: Value,
    place: &str,
) -> Result<QueueResource, TemplateError> {
    let queue = Properties::new(&properties, place);
    let seconds = |name: &str, default: u32| -> Result<Duration, TemplateError> {
        Ok(Duration::from_secs(queue.whole(name)?.unwrap_or(default).into()))
    };
    let redrive = match queue.raw("RedrivePolicy") {
        None => None,
        Some(_) => {
            let policy = queue.within("RedrivePolicy");
            let target = name_in_arn(policy.required_text("deadLetterTargetArn")?).to_owned();
            let count = policy.whole("maxReceiveCount")?;
            let max_receive_count = count.ok_or_else(|| policy.error("maxReceiveCount", "is missing"))?;
            Some(Redrive { queue: target, max_receive_count })
        }
    };
    Ok(QueueResource {
        logical_id: id.to_owned(),
        name: name.to_owned(),
        arn: arn::queue(name),
        fifo: queue.is_true("FifoQueue"),
        content_based_deduplication: queue.is_true("ContentBasedDeduplication"),
        visibility: seconds("VisibilityTimeout", 30)?,
        delay: seconds("DelaySeconds", 0)?,
        redrive,
    })
}
