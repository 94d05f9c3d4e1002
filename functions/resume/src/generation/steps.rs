//! The steps of the job that writes a resume, stored one by one under its lease.

use futures::future::join_all;
use garde::Validate;
use maru_document::Template;
use maru_jobs::{EventKind, Failure, Lease, NewEvent, Progress};
use maru_model::{AskError, Model, Prompt, Question, schema_of};
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use tokio::sync::Mutex;

use super::answer::{BasicProject, StarProject, StatedSummary, TroubleshootingProject};
use super::assembly::{self, Finished};
use super::events::{facts_of, failure_of, item};
use super::labels::Work;
use super::material;
use super::outcome::Outcome;
use super::verdict::{Judge, SummaryText, WrittenProject};
use crate::evidence::Grounds;
use crate::facts::Digest;
use crate::functions::create_resume::CreateResume;
use crate::github::{Connection, Session, collect};
use crate::stopped::Stopped;

/// The feature that the tokens are booked on.
const FEATURE: &str = "resume.generate";

/// How many tokens an answer may have: a story and six statements with their quotes take half of it.
const MAX_TOKENS: u32 = 4_096;

/// Low, because quotes must be exact; not 0, at which some models repeat themselves.
const TEMPERATURE: f32 = 0.2;

/// Whoever does the steps.
struct Steps<'a> {
    lease: &'a Lease,
    model: &'a Model,
    session: &'a Session<'a>,
    connection: &'a Connection,
    asked: &'a CreateResume,
    /// Steps finished. Held while a step is stored, so that progress never goes back.
    done: Mutex<u32>,
}

/// Carries out the steps that are not done yet. Storing the resume and ending the job is the caller's part.
///
/// # Errors
/// [`Stopped`]: failed when no repository could be written about, by what the first of them failed with.
pub async fn generate(
    lease: &Lease,
    model: &Model,
    (session, connection): (&Session<'_>, &Connection),
    asked: &CreateResume,
) -> Result<Finished, Stopped> {
    let steps = Steps { lease, model, session, connection, asked, done: Mutex::new(0) };
    // All are waited for even if one is interrupted: a call that is cut off would leave its cost unknown.
    let repositories = asked.repositories.iter().zip(1..);
    let written = join_all(repositories.map(|(name, number)| Box::pin(steps.repository(name, number)))).await;
    let (mut projects, mut failed) = (Vec::new(), Vec::new());
    for (outcome, name) in written.into_iter().zip(&asked.repositories) {
        match outcome? {
            Outcome::Done(project) => projects.push(project),
            Outcome::Failed(failure) => failed.push((name.clone(), failure)),
        }
    }
    if projects.is_empty() {
        return Err(Stopped::Failed(
            failed.into_iter().next().map_or_else(Failure::exhausted, |(_, failure)| failure),
        ));
    }
    let (summary, summary_replaced) = Box::pin(steps.summary(&projects)).await?;
    Ok(Finished { projects, failed, summary, summary_replaced })
}

impl Steps<'_> {
    /// One repository: collected, then composed.
    async fn repository(
        &self,
        name: &str,
        number: usize,
    ) -> Result<Outcome<(Digest, WrittenProject)>, Stopped> {
        let digest = match self.collected(name, number).await? {
            Outcome::Done(digest) => digest,
            Outcome::Failed(failure) => {
                // Nothing will be composed of it, which finishes that step too.
                *self.done.lock().await += 1;
                return Ok(Outcome::Failed(failure));
            }
        };
        Ok(match Box::pin(self.composed(&digest, number)).await? {
            Outcome::Done(written) => Outcome::Done((digest, written)),
            Outcome::Failed(failure) => Outcome::Failed(failure),
        })
    }

    /// The digest as an earlier worker stored it, or else out of what GitHub tells now.
    async fn collected(&self, name: &str, number: usize) -> Result<Outcome<Digest>, Stopped> {
        let step = format!("collect_{number}");
        if let Some(digest) = self.finished(&step).await? {
            return Ok(digest);
        }
        self.lease.report(&self.progress(Work::Reading, name).await).await?;
        let outcome = match collect(self.session, self.connection, name).await {
            Ok(collected) => Outcome::Done(Digest::of(&collected)),
            Err(error) => {
                tracing::warn!(code = error.code(), "a repository could not be read");
                Outcome::Failed(error.failure())
            }
        };
        let event = match &outcome {
            Outcome::Done(digest) => item("facts", name, &facts_of(digest)),
            Outcome::Failed(failure) => failure_of(name, failure),
        };
        self.finish(&step, &outcome, (Work::Read, name), event).await?;
        Ok(outcome)
    }

    /// The project as an earlier worker stored it, or else as the model writes it now, checked.
    async fn composed(&self, digest: &Digest, number: usize) -> Result<Outcome<WrittenProject>, Stopped> {
        let step = format!("compose_{number}");
        if let Some(written) = self.finished(&step).await? {
            return Ok(written);
        }
        let grounds = Grounds::of(digest);
        let (judge, project) = (Judge::new(&grounds), assembly::project(digest));
        let text = material::project_text(self.asked, digest);
        let asking = Asking {
            step: &step,
            prompt: material::project_prompt(),
            text,
            work: Work::Writing,
            name: &digest.name,
        };
        let answered = match self.asked.template {
            Template::Basic => {
                self.ask(asking).await.map(|answer: BasicProject| judge.basic(project, answer))
            }
            Template::Star => self.ask(asking).await.map(|answer: StarProject| judge.star(project, answer)),
            Template::Troubleshooting => self
                .ask(asking)
                .await
                .map(|answer: TroubleshootingProject| judge.troubleshooting(project, answer)),
        };
        let outcome = Outcome::of(answered)?;
        let event = match &outcome {
            Outcome::Done(written) => item("projects", &digest.full_name, &written.project),
            Outcome::Failed(failure) => failure_of(&digest.full_name, failure),
        };
        self.finish(&step, &outcome, (Work::Written, &digest.name), event).await?;
        Ok(outcome)
    }

    /// The summary, and whether it was written by rule because the model failed or nothing of its own stands.
    async fn summary(&self, projects: &[(Digest, WrittenProject)]) -> Result<(SummaryText, bool), Stopped> {
        const STEP: &str = "summary";
        if let Some(summary) = self.lease.finished_step(STEP).await? {
            return Ok(summary);
        }
        let pairs: Vec<(&Digest, &WrittenProject)> =
            projects.iter().map(|(digest, written)| (digest, written)).collect();
        let digests: Vec<&Digest> = pairs.iter().map(|(digest, _)| *digest).collect();
        let grounds = Grounds::of_all(digests.iter().copied());
        let text = material::summary_text(self.asked, &pairs);
        let asking =
            Asking { step: STEP, prompt: material::summary_prompt(), text, work: Work::Summing, name: "" };
        let answered =
            self.ask(asking).await.map(|answer: StatedSummary| Judge::new(&grounds).summary(answer));
        let mut summary = match Outcome::of(answered)? {
            Outcome::Done(summary) => summary,
            Outcome::Failed(_) => SummaryText::default(),
        };
        let replaced = summary.statements.is_empty();
        if replaced {
            summary.statements = material::summary_by_rule(self.asked.language, &digests);
        }
        let event = item("summary", "", &summary.statements);
        let stored = (summary, replaced);
        self.finish(STEP, &stored, (Work::Summed, ""), event).await?;
        Ok(stored)
    }

    async fn ask<T>(&self, asking: Asking<'_>) -> Result<T, AskError>
    where
        T: DeserializeOwned + Validate<Context = ()> + JsonSchema,
    {
        let progress = self.progress(asking.work, asking.name).await;
        self.lease.report(&progress).await?;
        let question = Question {
            step: asking.step,
            feature: FEATURE,
            prompt: asking.prompt,
            text: asking.text,
            picture: None,
            tool: "record_statements",
            tool_description: "Records what the repositories prove, each statement with its evidence.",
            schema: schema_of::<T>(),
            max_tokens: MAX_TOKENS,
            temperature: TEMPERATURE,
            progress,
        };
        self.model.ask(self.lease, &question).await
    }

    async fn finished<T: DeserializeOwned>(&self, step: &str) -> Result<Option<T>, Stopped> {
        let found = self.lease.finished_step(step).await?;
        if found.is_some() {
            *self.done.lock().await += 1;
        }
        Ok(found)
    }

    /// Stores what a step gave, together with what watchers see of it.
    async fn finish<T: Serialize>(
        &self,
        step: &str,
        value: &T,
        (work, name): (Work, &str),
        event: NewEvent,
    ) -> Result<(), Stopped> {
        let mut done = self.done.lock().await;
        let work = if event.kind == EventKind::Error { Work::Failed } else { work };
        let progress = self.progress_at(*done + 1, work, name);
        let events = [event, NewEvent::new(EventKind::Progress, json!(progress))];
        self.lease.finish_step(step, value, &events, Some(&progress)).await?;
        *done += 1;
        Ok(())
    }

    async fn progress(&self, work: Work, name: &str) -> Progress {
        self.progress_at(*self.done.lock().await, work, name)
    }

    fn progress_at(&self, done: u32, work: Work, name: &str) -> Progress {
        let repositories = u32::try_from(self.asked.repositories.len()).unwrap_or(u32::MAX);
        let total = repositories.saturating_mul(2).saturating_add(1);
        Progress { done, total, label: work.label(self.asked.language, name) }
    }
}

/// One question to the model.
struct Asking<'a> {
    step: &'a str,
    prompt: Prompt,
    text: String,
    work: Work,
    name: &'a str,
}
