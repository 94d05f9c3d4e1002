//! The batch operations: each entry succeeds or fails alone.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::refusal::{Kind, Refusal};
use super::request::{Batch, HideEntry, LARGEST, ReceiptEntry, SendEntry, with_id};
use super::{Answer, Queue, Queues};

/// Most entries of a batch.
const MOST: usize = 10;

pub(super) fn send(queues: &Queues, batch: Batch<SendEntry>) -> Answer {
    let size: usize = batch.entries.iter().map(|entry| entry.content.size()).sum();
    if size > LARGEST {
        return Err(Refusal::new(Kind::BatchTooLong, "The batch is over 1048576 bytes."));
    }
    each(queues, &batch, |queue, entry| entry.store(queue))
}

pub(super) fn delete(queues: &Queues, batch: Batch<ReceiptEntry>) -> Answer {
    each(queues, &batch, |queue, entry| {
        queue.delete(&entry.receipt_handle);
        Ok(json!({}))
    })
}

pub(super) fn hide(queues: &Queues, batch: Batch<HideEntry>) -> Answer {
    each(queues, &batch, |queue, entry| entry.apply(queue).map(|()| json!({})))
}

fn each<T>(queues: &Queues, batch: &Batch<T>, carry_out: impl Fn(&Queue, &T) -> Answer) -> Answer {
    let queue = queues.named(&batch.queue_url)?;
    check(batch)?;
    let (mut successful, mut failed): (Vec<Value>, Vec<Value>) = (Vec::new(), Vec::new());
    for entry in &batch.entries {
        match carry_out(queue, &entry.content) {
            Ok(answer) => successful.push(with_id(&entry.id, answer)),
            Err(refusal) => failed.push(json!({
                "Id": entry.id,
                "SenderFault": true,
                "Code": refusal.code(),
                "Message": refusal.message(),
            })),
        }
    }
    Ok(json!({ "Successful": successful, "Failed": failed }))
}

fn check<T>(batch: &Batch<T>) -> Result<(), Refusal> {
    let ids: BTreeSet<&str> = batch.entries.iter().map(|entry| entry.id.as_str()).collect();
    let (kind, message) = match batch.entries.len() {
        0 => (Kind::EmptyBatch, "The batch has no entries."),
        count if count > MOST => (Kind::TooManyEntries, "The batch has more than 10 entries."),
        count if ids.len() < count => (Kind::IdsNotDistinct, "Two entries of the batch have the same id."),
        _ => return Ok(()),
    };
    Err(Refusal::new(kind, message))
}
