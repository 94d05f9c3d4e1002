//! The steps of a report's job: ask, check, store with what watchers see.
//!
//! A finished step is never asked for again, whoever takes the job over. What reaches the job's log has been
//! checked before: the model's own words are not streamed.

use maru_jobs::{EventKind, Lease, LeaseError, NewEvent, Progress};
use maru_model::{AskError, Model, Question, schema_of};
use serde_json::json;
use tokio::sync::Mutex;

use super::answer::Answer;
use super::assembly::{Sections, Written};
use super::evidence::{Checker, Verified};
use super::material::Shown;
use super::part::Part;
use super::summary::pieces;
use super::{Material, Report};

/// The feature that the tokens are booked on.
const FEATURE: &str = "consulting.report";

/// How many tokens an answer may have: twice what the prompts ask for, and no more than the models of
/// Bedrock with the smallest limit give.
const MAX_TOKENS: u32 = 4_096;

/// Low, because quotes must be exact; not 0, at which some models repeat themselves.
const TEMPERATURE: f32 = 0.2;

/// Writes the report of `material` under `lease`: the analyses of reviews and questions side by side, then
/// the overall feedback. Sections without texts are left out; without any text no model is called. Storing
/// the report and ending the job is the caller's part.
///
/// # Errors
/// [`AskError`]: failures of the model, which [`AskError::failure`] turns into the job's, and those of the
/// lease and the database, after which another worker goes on.
pub async fn write_report(model: &Model, lease: &Lease, material: &Material) -> Result<Report, AskError> {
    let analyses = [Part::ReviewAnalysis, Part::QnaAnalysis].map(|part| material.shown(part, [None; 2]));
    let analysed: u32 = analyses.iter().flatten().map(|_| 1).sum();
    let writer = Writer { model, lease, material, total: analysed + 1, done: Mutex::new(0) };
    // Boxed: three conversations with the model are too large for the stack.
    let sections = Box::pin(writer.write(analyses)).await?;
    Ok(Report::assemble(material, model.id(), sections, lease.table().clock().now()))
}

struct Writer<'a> {
    model: &'a Model,
    lease: &'a Lease,
    material: &'a Material,
    /// Sections to be written.
    total: u32,
    /// Sections written. Held while a step is stored, so that progress never goes back.
    done: Mutex<u32>,
}

impl Writer<'_> {
    async fn write(&self, [reviews, questions]: [Option<Shown>; 2]) -> Result<Sections, AskError> {
        // Both are waited for even if one fails: a call that is cut off would leave its cost unknown.
        let (reviews, questions) = tokio::join!(
            self.section(Part::ReviewAnalysis, reviews),
            self.section(Part::QnaAnalysis, questions)
        );
        let (review_analysis, qna_analysis) = (reviews?, questions?);
        let written = [&review_analysis, &qna_analysis].map(|written| written.as_ref().map(|it| &it.section));
        let shown = self.material.shown(Part::Overall, written);
        let overall = self.section(Part::Overall, shown).await?;
        Ok(Sections { review_analysis, qna_analysis, overall })
    }

    /// The section as an earlier worker stored it, or else as the model writes it now.
    async fn section(&self, part: Part, shown: Option<Shown>) -> Result<Option<Written>, AskError> {
        let Some(shown) = shown else { return Ok(None) };
        if let Some(written) = self.lease.finished_step(part.step()).await? {
            *self.done.lock().await += 1;
            return Ok(Some(written));
        }
        let answer = self.ask(part, &shown).await?;
        let checker = Checker::new(&shown, self.material.facts());
        let summary = |proven| self.material.summary(part, proven);
        let Verified { section, dropped_claims } = checker.verify(answer, summary);
        let written = Written { section, dropped_claims, prompt_version: part.prompt().version };
        self.finish(part, &written).await?;
        Ok(Some(written))
    }

    async fn ask(&self, part: Part, shown: &Shown) -> Result<Answer, AskError> {
        let label = part.at_work(self.material.language());
        let progress = self.progress(*self.done.lock().await, label);
        self.lease.report(&progress).await?;
        let question = Question {
            step: part.step(),
            feature: FEATURE,
            prompt: part.prompt(),
            text: self.material.text(shown),
            picture: None,
            tool: "record_section",
            tool_description: "Records one section of the lecturer's report: its summary and its proven claims.",
            schema: schema_of::<Answer>(),
            max_tokens: MAX_TOKENS,
            temperature: TEMPERATURE,
            progress,
        };
        self.model.ask(self.lease, &question).await
    }

    /// Stores the section together with what watchers see of it.
    async fn finish(&self, part: Part, written: &Written) -> Result<(), LeaseError> {
        let mut done = self.done.lock().await;
        let progress = self.progress(*done + 1, part.finished(self.material.language()));
        let section = &written.section;
        let delta = |text| NewEvent::new(EventKind::Delta, json!({ "section": part.field(), "text": text }));
        let mut events: Vec<NewEvent> = pieces(&section.summary).into_iter().map(delta).collect();
        events.push(NewEvent::new(EventKind::Item, json!({ "section": part.field(), "value": section })));
        events.push(NewEvent::new(EventKind::Progress, json!(progress)));
        self.lease.finish_step(part.step(), written, &events, Some(&progress)).await?;
        *done += 1;
        Ok(())
    }

    fn progress(&self, done: u32, label: &str) -> Progress {
        Progress { done, total: self.total, label: label.to_owned() }
    }
}
