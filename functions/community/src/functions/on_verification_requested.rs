//! A photo waits: has it looked at, and gives the points for what it shows, once.

use maru_jobs::{Acquired, Failure, JobRequested, Jobs, Lease, Progress, Status};
use maru_lambda::Message;
use serde_json::json;

use crate::error::Error;
use crate::missions::assignment::{Assignment, Verdict};
use crate::missions::failures::{failure, gone};
use crate::missions::verification::{Looked, Verifier, VerifyInput, label};
use crate::store::Store;

pub async fn handle(
    (jobs, store, verifier): (Jobs, Store, Verifier),
    message: Message<JobRequested>,
) -> Result<(), Error> {
    let (lease, exhausted) = match maru_model::acquire(&jobs, &message.event.data.job_id).await? {
        Acquired::Lease(lease) => (*lease, None),
        Acquired::Exhausted(lease) => (*lease, Some(Failure::exhausted())),
        Acquired::Busy | Acquired::Ended | Acquired::Unknown => return Ok(()),
    };
    let input: VerifyInput = serde_json::from_str(&lease.job().input)?;
    let assignment = match store.assignment(&input.member_id, &input.assignment_id).await {
        Ok(assignment) => assignment,
        Err(Error::NotFound) => return Ok(lease.fail(&gone()).await?),
        Err(error) => return Err(error),
    };
    // Settled by a worker before us, who died before the job had ended.
    if let Some(verdict) = settled(&assignment, &lease) {
        return end(lease, &assignment, verdict).await;
    }
    if assignment.verified_at.is_some() {
        let failure = failure("already_verified", "The mission is verified; its points are yours.");
        return Ok(lease.fail(&failure).await?);
    }
    // The try counts: a photo at which each worker died is not to be sent for ever.
    if let Some(failure) = exhausted {
        return Ok(lease.fail(&failure).await?);
    }
    lease.report(&Progress { done: 0, total: 1, label: label() }).await?;
    match lease.hold(Box::pin(verifier.look(&store, &lease, &input, &assignment))).await? {
        Looked::Unseen(failure) => unseen(&store, lease, &input, &assignment, &failure).await,
        Looked::Refused(failure) => Ok(lease.fail(&failure).await?),
        Looked::Seen(seen) => match store.settle(&lease, &input.member_id, &assignment, &seen).await? {
            Ok(()) => end(lease, &assignment, seen.verdict).await,
            Err(failure) => Ok(lease.fail(&failure).await?),
        },
    }
}

fn settled(assignment: &Assignment, lease: &Lease) -> Option<Verdict> {
    let ours = assignment.verified_by.as_ref() == Some(&lease.job().id);
    assignment.verdict.clone().filter(|_| ours)
}

/// Ends the job with what was said of the photo.
async fn end(lease: Lease, assignment: &Assignment, verdict: Verdict) -> Result<(), Error> {
    let points = if verdict.shows { assignment.content.points } else { 0 };
    let result = json!({
        "assignmentId": assignment.id,
        "verified": verdict.shows,
        "points": points,
        "reason": verdict.reason,
        "what": verdict.what,
        "model": verdict.model,
    });
    Ok(lease.succeed(Status::Succeeded, &result, Vec::new()).await?)
}

/// Ends the job of a photo that nobody looked at, and gives its try back.
async fn unseen(
    store: &Store,
    lease: Lease,
    input: &VerifyInput,
    assignment: &Assignment,
    failure: &Failure,
) -> Result<(), Error> {
    let back = store.untry_part(&input.member_id, assignment)?;
    Ok(lease.fail_with(failure, vec![back]).await?)
}
