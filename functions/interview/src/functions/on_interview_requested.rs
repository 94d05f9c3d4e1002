//! An interview waits: has its questions written, shows each, and ends the job with all of them.

use std::time::Duration;

use interview_rules::similarity::Fingerprint;
use maru_jobs::{Acquired, Failure, JobRequested, Jobs, Lease, Status};
use maru_lambda::{Message, logs};
use maru_messages::Envelope;
use maru_model::Model;
use maru_outbox::Outbox;
use serde_json::json;

use crate::error::Error;
use crate::generation::{Bounds, Sections};
use crate::history::InterviewGenerated;
use crate::interview::{Generated, InterviewInput, Section};
use crate::queues::HistoryQueue;
use crate::store::Store;

pub async fn handle(
    (jobs, store, (model, bounds), ending): (Jobs, Store, (Model, Bounds), (Outbox, HistoryQueue)),
    message: Message<JobRequested>,
) -> Result<(), Error> {
    let (lease, exhausted) = match maru_model::acquire(&jobs, &message.event.data.job_id).await? {
        Acquired::Lease(lease) => (*lease, None),
        Acquired::Exhausted(lease) => (*lease, Some(Failure::exhausted())),
        Acquired::Busy | Acquired::Ended | Acquired::Unknown => return Ok(()),
    };
    let input: InterviewInput = serde_json::from_str(&lease.job().input)?;
    let (former, model) = match &input.member_id {
        Some(member) if exhausted.is_none() => (former(&store, member).await, model),
        Some(_) => (Vec::new(), model),
        None => (Vec::new(), bounds.for_guests(&model)),
    };
    let sections = Sections::new((&lease, &model), bounds.section, &input, &former);
    let written = match &exhausted {
        None => lease.hold(Box::pin(sections.write())).await?,
        Some(failure) => sections.left(failure).await?,
    };
    drop(sections);
    end(lease, &input, &model, written, ending).await
}

/// How long the history may take to say what a member was asked before.
const HISTORY: Duration = Duration::from_secs(2);

/// What a member was asked before. Should the history not answer, the questions are still worth having.
async fn former(store: &Store, member: &str) -> Vec<Fingerprint> {
    let reason = match tokio::time::timeout(HISTORY, store.former(member)).await {
        Ok(Ok(former)) => return former,
        Ok(Err(error)) => logs::chain(&error),
        Err(late) => late.to_string(),
    };
    tracing::warn!(reason, "the history does not answer: questions may come again");
    Vec::new()
}

/// Ends the job, together with the message that has a member's interview saved.
async fn end(
    lease: Lease,
    input: &InterviewInput,
    model: &Model,
    sections: Vec<Section>,
    (outbox, history): (Outbox, HistoryQueue),
) -> Result<(), Error> {
    let failures: Vec<Failure> = sections.iter().filter_map(|section| section.error.clone()).collect();
    if sections.iter().all(|section| section.questions.is_empty()) {
        let failure = failures.into_iter().next().unwrap_or_else(Failure::exhausted);
        return Ok(lease.fail(&failure).await?);
    }
    let status = if failures.is_empty() { Status::Succeeded } else { Status::PartlySucceeded };
    let saved = input.member_id.as_ref().map(|_| {
        let job = lease.job();
        let data = InterviewGenerated { job_id: job.id.clone() };
        let id = format!("{}#{}", InterviewGenerated::TYPE, job.id);
        outbox.post(&history.0, &Envelope::new(id, InterviewGenerated::TYPE, job.created_at, data))
    });
    let saved = saved.transpose()?;
    let generated = Generated {
        interview_id: input.member_id.as_ref().map(|_| input.interview_id.clone()),
        job: input.asked.job,
        career: input.asked.career,
        language: input.asked.language,
        model: model.id().to_owned(),
        sections,
    };
    let parts = saved.iter().map(maru_outbox::Posted::part).collect();
    lease.succeed(status, &json!(generated), parts).await?;
    if let Some(saved) = saved {
        outbox.send(saved).await;
    }
    Ok(())
}
