//! Answers wait: has each graded, and keeps what it is worth beside its question.

use maru_jobs::{Acquired, Failure, JobRequested, Jobs, Lease, Status};
use maru_lambda::Message;
use maru_model::Model;
use serde_json::json;

use crate::error::Error;
use crate::grading::{FeedbackInput, Graded, grade_all};
use crate::store::Store;

pub async fn handle(
    (jobs, store, model): (Jobs, Store, Model),
    message: Message<JobRequested>,
) -> Result<(), Error> {
    let lease = match maru_model::acquire(&jobs, &message.event.data.job_id).await? {
        Acquired::Lease(lease) => *lease,
        Acquired::Exhausted(lease) => return Ok(lease.fail(&Failure::exhausted()).await?),
        Acquired::Busy | Acquired::Ended | Acquired::Unknown => return Ok(()),
    };
    let input: FeedbackInput = serde_json::from_str(&lease.job().input)?;
    let graded = lease.hold(Box::pin(grade_all(&store, &lease, &model, &input))).await?;
    end(lease, &input, &graded).await
}

async fn end(lease: Lease, input: &FeedbackInput, graded: &[Graded]) -> Result<(), Error> {
    let failures: Vec<&Failure> = graded.iter().filter_map(|graded| graded.error.as_ref()).collect();
    if let Some(failure) = failures.first().filter(|_| failures.len() == graded.len()) {
        return Ok(lease.fail(failure).await?);
    }
    let status = if failures.is_empty() { Status::Succeeded } else { Status::PartlySucceeded };
    let result = json!({ "interviewId": input.interview_id, "feedback": graded });
    Ok(lease.succeed(status, &result, Vec::new()).await?)
}
