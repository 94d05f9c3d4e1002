//! The ledger of model calls: `reserved → sent → settled | failed | unknown`, or `released`.
//!
//! An entry is written before its call is sent. A worker that dies leaves an entry `reserved` (certainly not
//! sent) or `sent` (nobody knows); its successor closes both as soon as it has the job ([`crate::acquire`]), the
//! second as `unknown`, with the tokens that were set aside for it counted as spent.

use aws_sdk_dynamodb::types::TransactWriteItem;
use maru_jobs::Lease;
use maru_lambda::metrics::{self, Unit};
use maru_store::{Key, StoreError, integer, text};
use serde::{Deserialize, Serialize};

use crate::call::{Reply, reservation};
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
        attempt: &str,
    ) -> Result<Entry, AskError> {
        let (table, limit) = (self.lease.table(), model.daily_tokens);
        let entry = self.entry(model, question, attempt);
        let tokens = entry.reserved_tokens;
        if tokens > limit {
            return Err(AskError::BudgetExceeded { limit });
        }
        let put = table.transact_put(&Key::new(self.partition(), &entry.sk), &entry)?;
        let put = put.condition_expression("attribute_not_exists(pk)");
        let budget = table
            .transact_update(&self.budget_key(&entry))
            .update_expression("ADD spent :tokens SET expiresAt = :expires")
            .condition_expression("attribute_not_exists(spent) OR spent <= :rest")
            .expression_attribute_values(":tokens", integer(tokens))
            .expression_attribute_values(":rest", integer(i128::from(limit) - i128::from(tokens)))
            .expression_attribute_values(":expires", integer(entry.at.as_second() + KEPT));
        let writes = vec![self.lease.fence()?, table.part(put.build())?, table.part(budget.build())?];
        match table.transact(writes).await? {
            Ok(()) => Ok(entry),
            Err(cancelled) if !cancelled.failed_at(0) && cancelled.failed_at(2) => {
                Err(AskError::BudgetExceeded { limit })
            }
            Err(_) => Err(self.lost()),
        }
    }

    fn entry(&self, model: &Model, question: &Question<'_>, attempt: &str) -> Entry {
        Entry {
            sk: format!("CALL#{}#{attempt}#{:06}", question.step, self.lease.epoch()),
            feature: question.feature.to_owned(),
            state: State::Reserved,
            attempt: attempt.to_owned(),
            epoch: self.lease.epoch(),
            model_id: model.id.clone(),
            prompt_version: question.prompt.version,
            reserved_tokens: reservation(question),
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
        let (input, output) = reply.map_or((0, 0), |reply| (reply.input_tokens, reply.output_tokens));
        // An unknown call may have cost all that was set aside for it; one that failed or was never sent
        // cost nothing.
        let spent = if state == State::Unknown { entry.reserved_tokens } else { input + output };
        let calls = u64::from(state != State::Released);
        let mut writes = vec![self.lease.book(input, output, calls)?, self.moves(entry, from, state, reply)?];
        writes.push(self.budget(entry, i128::from(spent) - i128::from(entry.reserved_tokens))?);
        writes.push(self.usage(entry, state, input, output, calls)?);
        self.transact(writes).await?;
        self.measure(entry, state, input, output);
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

    fn budget(&self, entry: &Entry, tokens: i128) -> Result<TransactWriteItem, StoreError> {
        let table = self.lease.table();
        let update = table.transact_update(&self.budget_key(entry)).update_expression("ADD spent :tokens");
        table.part(update.expression_attribute_values(":tokens", integer(tokens)).build())
    }

    fn usage(
        &self,
        entry: &Entry,
        state: State,
        input: u64,
        output: u64,
        calls: u64,
    ) -> Result<TransactWriteItem, StoreError> {
        let table = self.lease.table();
        let key = self.budget_key(entry);
        let update = table
            .transact_update(&Key::new(key.pk, format!("{}#{}", key.sk, entry.feature)))
            .update_expression(
                "ADD inputTokens :input, outputTokens :output, calls :calls, unknownCalls :unknown \
                 SET expiresAt = :expires",
            )
            .expression_attribute_values(":input", integer(input))
            .expression_attribute_values(":output", integer(output))
            .expression_attribute_values(":calls", integer(calls))
            .expression_attribute_values(":unknown", integer(u64::from(state == State::Unknown)))
            .expression_attribute_values(":expires", integer(entry.at.as_second() + KEPT));
        table.part(update.build())
    }

    async fn transact(&self, writes: Vec<TransactWriteItem>) -> Result<(), AskError> {
        self.lease.table().transact(writes).await?.map_err(|_| self.lost())
    }

    fn measure(&self, entry: &Entry, state: State, input: u64, output: u64) {
        let now = self.lease.table().clock().now();
        let dimensions = [("Feature", entry.feature.as_str()), ("Outcome", state.name())];
        // Token counts are far below 2^53, where a float is exact.
        #[expect(clippy::cast_precision_loss, reason = "token counts are far below 2^53")]
        let metrics = [
            ("ModelCalls", Unit::Count, 1.0),
            ("ModelInputTokens", Unit::Count, input as f64),
            ("ModelOutputTokens", Unit::Count, output as f64),
        ];
        metrics::emit(now, &dimensions, &metrics);
    }

    fn partition(&self) -> String {
        format!("JOB#{}", self.lease.job().id)
    }

    /// The user's day in Asia/Seoul on which the call was entered. All guests share one budget.
    fn budget_key(&self, entry: &Entry) -> Key {
        let user = self.lease.job().account.as_deref().unwrap_or("guests");
        Key::new(format!("USAGE#{user}"), maru_lambda::day_in_seoul(entry.at).to_string())
    }

    fn lost(&self) -> AskError {
        AskError::Lease(maru_jobs::LeaseError::Lost(self.lease.job().id.clone()))
    }
}

/// For how long usage is kept after its day, in seconds: thirteen months, so that a year can be compared.
const KEPT: i64 = 400 * 24 * 60 * 60;
