//! A resume waits: reads its repositories, has them written about, and stores what is proven.

use maru_credits::CreditStore;
use maru_jobs::{Acquired, Failure, JobRequested, Jobs, Lease, Status};
use maru_lambda::Message;
use maru_model::Model;
use maru_vault::Vault;
use serde_json::json;

use super::create_resume::ResumeInput;
use crate::error::Error;
use crate::generation::{Finished, assemble, generate};
use crate::github::{Connection, Github, GithubError, Patience};
use crate::resume::{Cause, Resume, Settings, first_title};
use crate::stopped::{self, Stopped};
use crate::writing::Writer;

pub async fn handle(
    (jobs, writer, credits, model, (github, vault)): (Jobs, Writer, CreditStore, Model, (Github, Vault)),
    message: Message<JobRequested>,
) -> Result<(), Error> {
    let lease = match maru_model::acquire(&jobs, &message.event.data.job_id).await? {
        Acquired::Lease(lease) => *lease,
        Acquired::Exhausted(lease) => return fail(&credits, *lease, &Failure::exhausted()).await,
        Acquired::Busy | Acquired::Ended | Acquired::Unknown => return Ok(()),
    };
    let input: ResumeInput = serde_json::from_str(&lease.job().input)?;
    let Some(connection) = writer.store().github_connection(&input.member_id).await? else {
        let detail = "Your account is not connected to GitHub. Sign in with GitHub first.".to_owned();
        let failure = Failure { code: "github_not_connected".to_owned(), detail };
        return fail(&credits, lease, &failure).await;
    };
    let Some(token) = connection.token(&vault).await? else {
        return fail(&credits, lease, &GithubError::Unauthorized.failure()).await;
    };
    let session = github.with_token(&token, Patience::Long);
    let work = Box::pin(generate(&lease, &model, (&session, &connection), &input.asked));
    match lease.hold(work).await {
        Ok(finished) => store(&writer, lease, &input, &connection, (&finished, model.id())).await,
        Err(Stopped::Failed(failure)) => fail(&credits, lease, &failure).await,
        Err(Stopped::Interrupted(error)) => Err(error),
    }
}

/// Stores the resume and ends the job, in one commit.
async fn store(
    writer: &Writer,
    lease: Lease,
    input: &ResumeInput,
    connection: &Connection,
    (finished, model_id): (&Finished, &str),
) -> Result<(), Error> {
    let store = writer.store();
    let kept = store.profile(&input.member_id).await?;
    let account = connection.connected.name.as_deref().unwrap_or(&connection.connected.login);
    let called = kept.as_ref().map_or(account, |kept| &kept.nickname);
    let profile = kept.as_ref().map(|kept| kept.profile.clone()).unwrap_or_default();
    let document = assemble(finished, &input.asked, &profile, called).to_json()?;
    let cause = Cause::Generated { job_id: lease.job().id.clone() };
    let planned = writer.create(resume(writer, input), &document, cause).await?;
    let digests: Vec<_> = finished.projects.iter().map(|(digest, _)| digest.clone()).collect();
    let mut parts = planned.parts();
    parts.extend(store.keep_facts(&input.member_id, &input.resume_id, &digests)?);
    let status = if finished.failed.is_empty() { Status::Succeeded } else { Status::PartlySucceeded };
    let result = json!(finished.result(&input.resume_id, model_id));
    lease.succeed(status, &result, parts).await?;
    writer.announce(planned).await;
    Ok(())
}

fn resume(writer: &Writer, input: &ResumeInput) -> Resume {
    let now = writer.store().table().clock().now();
    let asked = &input.asked;
    let settings = Settings {
        title: first_title(asked.position, asked.language),
        visibility: asked.visibility,
        contact_public: false,
    };
    Resume {
        id: input.resume_id.clone(),
        owner_id: input.member_id.clone(),
        version: 1,
        revision: 1,
        position: asked.position,
        language: asked.language,
        template: asked.template,
        published_at: (asked.visibility == crate::resume::Visibility::Public).then_some(now),
        settings,
        created_at: now,
        updated_at: now,
    }
}

async fn fail(credits: &CreditStore, lease: Lease, failure: &Failure) -> Result<(), Error> {
    let input: ResumeInput = serde_json::from_str(&lease.job().input)?;
    stopped::fail(credits, lease, (&input.member_id, input.credit_day), failure).await
}
