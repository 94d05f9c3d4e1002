//! The ledger of model calls: `reserved → sent → settled | failed | unknown`, or `released`.
//!
//! An entry is written before its call is sent. A worker that dies leaves an entry `reserved` (certainly not
//! sent) or `sent` (nobody knows); its successor closes both as soon as it has the job ([`crate::acquire`]), the
//! second as `unknown`, with the tokens that were set aside for it counted as spent.

use aws_sdk_dynamodb::types::TransactWriteItem;
use maru_jobs::Lease;
use maru_lambda::metrics::{self, Unit};
use maru_store::{Key, StoreError, text};
use serde::{Deserialize, Serialize};

use crate::budget::Budget;
use crate::call::{Rejected, Reply, reservation};
use crate::{AskError, Model, Question};

/// Where a call stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    Reserved,
    Sent,
    Settled,
    Failed,
    Unknown,
    Released,
}

impl State {
    const fn name(self) -> &'static str {
        match self {
            Self::Reserved => "reserved",
            Self::Sent => "sent",
            Self::Settled => "settled",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::Released => "released",
        }
    }
}

/// One entry of the ledger.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Entry {
    pub(crate) sk: String,
    pub(crate) feature: String,
    pub(crate) state: State,
    pub(crate) attempt: String,
    pub(crate) epoch: u64,
    pub(crate) model_id: String,
    pub(crate) prompt_version: u32,
    pub(crate) reserved_tokens: u64,
    /// What pays for it if its job has no account; none if the guests' budget does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) fund: Option<String>,
    #[serde(default)]
    pub(crate) reply: Option<Reply>,
    pub(crate) at: jiff::Timestamp,
}

/// The ledger of one job.
pub(crate) struct Ledger<'a> {
    pub(crate) lease: &'a Lease,
}

impl Ledger<'_> {
    /// All entries of a step, of this and earlier leases.
    pub(crate) async fn of_step(&self, step: &str) -> Result<Vec<Entry>, AskError> {
        self.entries(&format!("CALL#{step}#")).await
    }

    async fn entries(&self, prefix: &str) -> Result<Vec<Entry>, AskError> {
        let table = self.lease.table();
        let query = table.client().query().table_name(table.name()).consistent_read(true);
        let query = query
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":pk", text(self.partition()))
            .expression_attribute_values(":prefix", text(prefix));
        Ok(table.query_all(query).await?)
    }

    /// Closes what earlier leases left open, in whichever step.
    pub(crate) async fn close_earlier(&self) -> Result<(), AskError> {
        if self.lease.epoch() <= 1 {
            return Ok(());
        }
        let entries = self.entries("CALL#").await?;
        for entry in entries.into_iter().filter(|entry| entry.epoch < self.lease.epoch()) {
            match entry.state {
                State::Reserved => self.close(&entry, State::Released, None).await?,
                State::Sent => self.close(&entry, State::Unknown, None).await?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Sets tokens aside and enters the call, or says that the budget is used up.
    pub(crate) async fn reserve(
        &self,
        model: &Model,
        question: &Question<'_>,
        (attempt, rejected): (&str, Option<&Rejected>),
    ) -> Result<Entry, AskError> {
        let (table, budget) = (self.lease.table(), Budget::of(self.lease));
        let limit = budget.limit(model.daily_tokens);
        let tokens = reservation(question, rejected);
        let entry = self.entry(model, question, (attempt, tokens));
        if tokens > limit {
            return Err(AskError::BudgetExceeded { limit });
        }
        let put = table.transact_put(&Key::new(self.partition(), &entry.sk), &entry)?;
        let put = put.condition_expression("attribute_not_exists(pk)");
        let writes = vec![self.lease.fence()?, table.part(put.build())?, budget.set_aside(&entry, limit)?];
        match table.transact(writes).await? {
            Ok(()) => Ok(entry),
            Err(cancelled) if !cancelled.failed_at(0) && cancelled.failed_at(2) => {
                Err(AskError::BudgetExceeded { limit })
            }
            Err(_) => Err(self.lost()),
        }
    }

    fn entry(&self, model: &Model, question: &Question<'_>, (attempt, tokens): (&str, u64)) -> Entry {
        Entry {
            sk: format!("CALL#{}#{attempt}#{:06}", question.step, self.lease.epoch()),
            feature: question.feature.to_owned(),
            state: State::Reserved,
            attempt: attempt.to_owned(),
            epoch: self.lease.epoch(),
            model_id: model.id.clone(),
            prompt_version: question.prompt.version,
            reserved_tokens: tokens,
            fund: model.fund.map(str::to_owned),
            reply: None,
            at: self.lease.table().clock().now(),
        }
    }

    /// Says that the call goes out now.
    pub(crate) async fn sent(&self, entry: &Entry) -> Result<(), AskError> {
        let update = self.moves(entry, State::Reserved, State::Sent, None)?;
        self.transact(vec![self.lease.fence()?, update]).await
    }

    /// Says how the call ended, and books what it cost.
    pub(crate) async fn close(
        &self,
        entry: &Entry,
        state: State,
        reply: Option<&Reply>,
    ) -> Result<(), AskError> {
        let from = if state == State::Released { State::Reserved } else { State::Sent };
        let nothing = Reply::default();
        let cost = reply.unwrap_or(&nothing);
        let (input, output) = (cost.input_tokens, cost.output_tokens);
        // An unknown call may have cost all that was set aside for it; one that failed or was never sent
        // cost nothing.
        let spent = if state == State::Unknown { entry.reserved_tokens } else { input + output };
        let calls = u64::from(state != State::Released);
        let budget = Budget::of(self.lease);
        let writes = vec![
            self.lease.book(input, output, calls)?,
            self.moves(entry, from, state, reply)?,
            budget.settle(entry, spent)?,
            budget.book(entry, state, (calls, cost))?,
        ];
        self.transact(writes).await?;
        self.measure(entry, state, cost);
        Ok(())
    }

    fn moves(
        &self,
        entry: &Entry,
        from: State,
        to: State,
        reply: Option<&Reply>,
    ) -> Result<TransactWriteItem, StoreError> {
        let table = self.lease.table();
        let update = table
            .transact_update(&Key::new(self.partition(), &entry.sk))
            .condition_expression("#state = :from")
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":from", text(from.name()))
            .expression_attribute_values(":to", text(to.name()));
        let update = match reply {
            None => update.update_expression("SET #state = :to"),
            Some(reply) => update
                .update_expression("SET #state = :to, reply = :reply")
                .expression_attribute_values(":reply", table.attribute(reply)?),
        };
        table.part(update.build())
    }

    async fn transact(&self, writes: Vec<TransactWriteItem>) -> Result<(), AskError> {
        self.lease.table().transact(writes).await?.map_err(|_| self.lost())
    }

    fn measure(&self, entry: &Entry, state: State, cost: &Reply) {
        let now = self.lease.table().clock().now();
        let dimensions = [("Feature", entry.feature.as_str()), ("Outcome", state.name())];
        // Token counts are far below 2^53, where a float is exact.
        #[expect(clippy::cast_precision_loss, reason = "token counts are far below 2^53")]
        let metrics = [
            ("ModelCalls", Unit::Count, 1.0),
            ("ModelInputTokens", Unit::Count, cost.input_tokens as f64),
            ("ModelOutputTokens", Unit::Count, cost.output_tokens as f64),
        ];
        metrics::emit(now, &dimensions, &metrics);
    }

    fn partition(&self) -> String {
        format!("JOB#{}", self.lease.job().id)
    }

    fn lost(&self) -> AskError {
        AskError::Lease(maru_jobs::LeaseError::Lost(self.lease.job().id.clone()))
    }
}
