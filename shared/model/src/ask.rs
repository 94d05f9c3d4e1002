//! Asking: the ledger around the call, and the one chance to repair an answer.

use garde::Validate;
use maru_jobs::{Lease, Progress};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::call::{Rejected, Reply};
use crate::ledger::{Entry, Ledger, State};
use crate::listener::{End, HandOver, Listener, Nobody};
use crate::{AskError, Model, Picture, Prompt, Wanted};

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
    /// What the model is to look at besides; shown before the text.
    pub picture: Option<Picture>,
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
    /// Several questions may be asked under one lease at once, each under a step of its own.
    ///
    /// # Errors
    /// [`AskError`].
    pub async fn ask<T>(&self, lease: &Lease, question: &Question<'_>) -> Result<T, AskError>
    where
        T: DeserializeOwned + Validate<Context = ()>,
    {
        let entries = Ledger { lease }.of_step(question.step).await?;
        Asking { model: self, lease, question, entries: &entries }.answer(&mut Nobody).await
    }

    /// As [`Model::ask`], and each element of the answer's top-level array `array` is given to `on_item` as soon as
    /// its text is whole, while the rest is still being written: with its place in the array, from 0 on. An element
    /// that is outside of `T`'s rules is left out; whether the answer is good without it is for `A` to say.
    ///
    /// What was handed over stays handed over, whatever becomes of the answer. So an element may come again: all of
    /// them when another worker goes on with an answer that is paid for, and those of the second answer when the
    /// first was outside of `A`'s rules. The caller knows by place or by content what is new.
    ///
    /// The model is not read on while `on_item` works. If that fails, or says [`Wanted::Enough`], nothing more is
    /// handed over, but the answer is read to its end, so that it is paid for once and all its tokens are booked:
    /// whoever asks again gets its elements from the ledger.
    ///
    /// Gives the answer. None if it is outside of `A`'s rules, or was cut off at its most tokens, after `on_item` had
    /// enough: then no repair is bought.
    ///
    /// # Errors
    /// `on_item`'s error as it is, else an [`AskError`].
    pub async fn ask_items<A, T, E, Taking>(
        &self,
        lease: &Lease,
        question: &Question<'_>,
        array: &str,
        on_item: impl FnMut(usize, T) -> Taking + Send,
    ) -> Result<Option<A>, E>
    where
        A: DeserializeOwned + Validate<Context = ()>,
        T: DeserializeOwned + Validate<Context = ()> + Send,
        E: From<AskError> + Send,
        Taking: Future<Output = Result<Wanted, E>> + Send,
    {
        let entries = Ledger { lease }.of_step(question.step).await?;
        let mut handing_over = HandOver::new(array, on_item);
        let asking = Asking { model: self, lease, question, entries: &entries };
        let answer = asking.answer(&mut handing_over).await;
        match (handing_over.into_end(), answer) {
            (Some(End::Failed(failure)), _) => Err(failure),
            (Some(End::Enough), Err(AskError::OutsideSchema(_))) => Ok(None),
            (_, answer) => Ok(Some(answer?)),
        }
    }
}

/// A question under a lease, and what the ledger knew of its step before.
struct Asking<'a> {
    model: &'a Model,
    lease: &'a Lease,
    question: &'a Question<'a>,
    entries: &'a [Entry],
}

impl Asking<'_> {
    async fn answer<T>(&self, listener: &mut impl Listener) -> Result<T, AskError>
    where
        T: DeserializeOwned + Validate<Context = ()>,
    {
        let reply = self.attempt(("ask", None), listener).await?;
        let reason = match read(&reply.input) {
            Ok(value) => return Ok(value),
            Err(reason) => reason,
        };
        if !listener.wants_more() {
            return Err(AskError::OutsideSchema(reason));
        }
        let (id, step) = (&self.lease.job().id, self.question.step);
        tracing::info!(job.id = id, step, reason, "outside the schema; asking again");
        let rejected = Rejected { reply, reason };
        let reply = self.attempt(("repair", Some(&rejected)), listener).await?;
        read(&reply.input).map_err(AskError::OutsideSchema)
    }

    async fn attempt(
        &self,
        (attempt, rejected): (&str, Option<&Rejected>),
        listener: &mut impl Listener,
    ) -> Result<Reply, AskError> {
        listener.begin();
        let settled = |entry: &&Entry| entry.attempt == attempt && entry.state == State::Settled;
        if let Some(reply) = self.entries.iter().find(settled).and_then(|entry| entry.reply.clone()) {
            listener.hear(&reply.input).await;
            return Ok(reply);
        }
        self.model.check_deadline()?;
        let (ledger, question) = (Ledger { lease: self.lease }, self.question);
        let entry = ledger.reserve(self.model, question, (attempt, rejected)).await?;
        ledger.sent(&entry).await?;
        let answered = Box::pin(self.model.call(self.lease, question, rejected, listener)).await;
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

/// `input` as a `T`, if it is one by `T`'s rules; else why not.
pub(crate) fn read<T: DeserializeOwned + Validate<Context = ()>>(input: &str) -> Result<T, String> {
    let value: T = serde_json::from_str(input).map_err(|error| error.to_string())?;
    value.validate().map_err(|report| report.to_string())?;
    Ok(value)
}
