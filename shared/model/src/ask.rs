//! Asking: the ledger around the call, and the one chance to repair an answer.

use garde::Validate;
use maru_jobs::{Lease, Progress};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::call::{Rejected, Reply};
use crate::ledger::{Entry, Ledger, State};
use crate::{AskError, Model, Prompt};

/// What a model is asked in one step of a job.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// The step of the job; names the calls in the ledger.
    pub step: &'a str,
    /// The feature whose tokens these are, such as `consulting.report`.
    pub feature: &'static str,
    /// The instructions.
    pub prompt: Prompt,
    /// The material: facts of ours, and texts from outside as [`crate::Source`] elements.
    pub text: String,
    /// The name of the tool that the model must call with its answer.
    pub tool: &'static str,
    /// What the tool is for.
    pub tool_description: &'static str,
    /// The JSON schema of the answer.
    pub schema: Value,
    /// How many tokens the answer may have.
    pub max_tokens: u32,
    /// 0 is the most predictable.
    pub temperature: f32,
    /// What watchers of the job see while the model writes.
    pub progress: Progress,
}

impl Model {
    /// The answer to `question`: read, checked against `T`'s rules, and entered in the ledger of `lease`'s
    /// job, which was taken with [`crate::acquire`]. An answer that an earlier worker paid for is used, not
    /// bought again.
    ///
    /// # Errors
    /// [`AskError`].
    pub async fn ask<T>(&self, lease: &Lease, question: &Question<'_>) -> Result<T, AskError>
    where
        T: DeserializeOwned + Validate<Context = ()>,
    {
        let entries = Ledger { lease }.of_step(question.step).await?;
        let reply = self.attempt(lease, question, &entries, ("ask", None)).await?;
        let reason = match read(&reply.input) {
            Ok(value) => return Ok(value),
            Err(reason) => reason,
        };
        tracing::info!(
            job.id = lease.job().id,
            step = question.step,
            reason,
            "outside the schema; asking again"
        );
        let rejected = Rejected { reply, reason };
        let reply = self.attempt(lease, question, &entries, ("repair", Some(&rejected))).await?;
        read(&reply.input).map_err(AskError::OutsideSchema)
    }

    async fn attempt(
        &self,
        lease: &Lease,
        question: &Question<'_>,
        entries: &[Entry],
        (attempt, rejected): (&str, Option<&Rejected>),
    ) -> Result<Reply, AskError> {
        let paid = entries.iter().find(|entry| entry.attempt == attempt && entry.state == State::Settled);
        if let Some(reply) = paid.and_then(|entry| entry.reply.clone()) {
            return Ok(reply);
        }
        let ledger = Ledger { lease };
        let entry = ledger.reserve(self, question, attempt).await?;
        ledger.sent(&entry).await?;
        let answered = Box::pin(self.call(lease, question, rejected)).await;
        match &answered {
            Ok(reply) => ledger.close(&entry, State::Settled, Some(reply)).await?,
            // Refused before it began: it cost nothing.
            Err(AskError::Throttled(_)) => ledger.close(&entry, State::Failed, None).await?,
            Err(AskError::Lease(_) | AskError::Store(_)) => {}
            // Nobody knows how far the model got.
            Err(_) => ledger.close(&entry, State::Unknown, None).await?,
        }
        answered
    }
}

fn read<T: DeserializeOwned + Validate<Context = ()>>(input: &str) -> Result<T, String> {
    let value: T = serde_json::from_str(input).map_err(|error| error.to_string())?;
    value.validate().map_err(|report| report.to_string())?;
    Ok(value)
}
