//! The answers of a job: a few side by side, each a step with its event.

use futures::{StreamExt, stream};
use maru_document::Language;
use maru_jobs::{EventKind, Failure, Lease, NewEvent, Progress};
use maru_model::Model;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::Mutex;

use super::grade::Grader;
use super::{FeedbackInput, Given};
use crate::error::Error;
use crate::interview::Feedback;
use crate::store::Store;

/// How many answers are graded at once: a model's quota is everybody's.
const AT_ONCE: usize = 3;

/// What became of an answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Graded {
    /// Which question it is to.
    pub question_id: String,
    /// What it is worth.
    pub feedback: Option<Feedback>,
    /// Why that is not known.
    pub error: Option<Failure>,
}

/// Grades the answers of `input` that are not graded yet; all of them, in their order.
///
/// # Errors
/// [`Error`]: another worker does better.
pub async fn grade_all(
    store: &Store,
    lease: &Lease,
    model: &Model,
    input: &FeedbackInput,
) -> Result<Vec<Graded>, Error> {
    let grader = Grader { store, lease, model, input };
    // Held while a step is stored, so that progress never goes back.
    let done = Mutex::new(0);
    let mut grading = Vec::with_capacity(input.answers.len());
    for given in &input.answers {
        grading.push(Box::pin(one(&grader, given, &done)));
    }
    // All are waited for even if one is interrupted: a call that is cut off would leave its cost unknown.
    let graded: Vec<Result<Graded, Error>> = stream::iter(grading).buffered(AT_ONCE).collect().await;
    graded.into_iter().collect()
}

async fn one(grader: &Grader<'_>, given: &Given, done: &Mutex<u32>) -> Result<Graded, Error> {
    let step = format!("graded_{}", given.question_id);
    if let Some(graded) = grader.lease.finished_step(&step).await? {
        *done.lock().await += 1;
        return Ok(graded);
    }
    let question_id = given.question_id.clone();
    let graded = match grader.grade(given).await? {
        Ok(feedback) => Graded { question_id, feedback: Some(feedback), error: None },
        Err(failure) => Graded { question_id, feedback: None, error: Some(failure) },
    };
    let mut done = done.lock().await;
    let total = u32::try_from(grader.input.answers.len()).unwrap_or(u32::MAX);
    let progress = Progress { done: *done + 1, total, label: label(grader.input.language).to_owned() };
    let events = [event(&graded), NewEvent::new(EventKind::Progress, json!(progress))];
    grader.lease.finish_step(&step, &graded, &events, Some(&progress)).await?;
    *done += 1;
    Ok(graded)
}

/// What watchers see of it.
fn event(graded: &Graded) -> NewEvent {
    let Graded { question_id, feedback, error } = graded;
    match error {
        None => NewEvent::new(EventKind::Item, json!({ "questionId": question_id, "feedback": feedback })),
        Some(Failure { code, detail }) => {
            let data = json!({ "questionId": question_id, "code": code, "detail": detail });
            NewEvent::new(EventKind::Error, data)
        }
    }
}

/// What watchers read meanwhile.
pub(super) fn label(language: Language) -> &'static str {
    match language {
        Language::Ko => "답변을 살펴보고 있습니다",
        Language::En => "Reading the answers",
    }
}
