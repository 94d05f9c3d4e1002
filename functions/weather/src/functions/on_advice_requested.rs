//! Advice waits: has a model write its line, and keeps it for everybody of the class.

use maru_jobs::{Acquired, Failure, JobRequested, Jobs, Lease, Status};
use maru_lambda::Message;
use serde_json::json;

use crate::advice::{AdviceInput, Line, Writer, write};
use crate::error::Error;
use crate::store::Store;

pub async fn handle(
    (jobs, store, writer): (Jobs, Store, Writer),
    message: Message<JobRequested>,
) -> Result<(), Error> {
    let (lease, exhausted) = match maru_model::acquire(&jobs, &message.event.data.job_id).await? {
        Acquired::Lease(lease) => (*lease, None),
        Acquired::Exhausted(lease) => (*lease, Some(Failure::exhausted())),
        Acquired::Busy | Acquired::Ended | Acquired::Unknown => return Ok(()),
    };
    let input: AdviceInput = serde_json::from_str(&lease.job().input)?;
    let written = match exhausted {
        None => lease.hold(Box::pin(write(&writer, &lease, &input))).await?,
        Some(failure) => Err(failure),
    };
    end(lease, &store, &writer, &input, written).await
}

/// A failure is kept, too: the rule's line does for the rest of the hour.
async fn end(
    lease: Lease,
    store: &Store,
    writer: &Writer,
    input: &AdviceInput,
    written: Result<String, Failure>,
) -> Result<(), Error> {
    let line = Line { text: written.as_ref().ok().cloned(), model: writer.id().to_owned() };
    let kept = vec![store.line_part(&input.occasion, &line)?];
    match written {
        Ok(text) => lease.succeed(Status::Succeeded, &json!({ "text": text }), kept).await?,
        Err(failure) => lease.fail_with(&failure, kept).await?,
    }
    Ok(())
}
