//! The moves of a run through its states, each a conditional write.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::TransactWriteItem;
use maru_store::{Item, Key, ListQuery, Outcome, Page, Scope, StoreError, integer, text};

use super::{DatasetCount, Run, RunFailure, RunState, shard_number};
use crate::store::{Pointer, Store, pointer_key};

impl Store {
    /// The run with this id.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn run(&self, id: &str) -> Result<Option<Run>, StoreError> {
        self.table().get(&run_key(id), true).await
    }

    /// The runs, the newest first.
    ///
    /// # Errors
    /// 400 `invalid_cursor`, or the database's as a problem.
    pub async fn runs(&self, caller: &str, list: &ListQuery) -> Result<Page<Run>, maru_lambda::Problem> {
        let scope = Scope::new("list_runs", "", caller, "RUNS");
        self.table().page(self.table().query("RUNS").scan_index_forward(false), list, &scope).await
    }

    /// Moves a run, as part of a transaction.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn moving(&self, id: &str, from: RunState, to: RunState) -> Result<TransactWriteItem, StoreError> {
        let update = self
            .table()
            .transact_update(&run_key(id))
            .update_expression("SET #state = :to, updatedAt = :now")
            .condition_expression("#state = :from")
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":from", text(from.name()))
            .expression_attribute_values(":to", text(to.name()))
            .expression_attribute_values(":now", text(self.table().clock().now().to_string()));
        self.table().part(update.build())
    }

    /// Moves a run to `ingested` with what was found, as part of a transaction.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn ingested(
        &self,
        id: &str,
        datasets: &BTreeMap<String, DatasetCount>,
    ) -> Result<TransactWriteItem, StoreError> {
        let update = self
            .table()
            .transact_update(&run_key(id))
            .update_expression("SET #state = :to, updatedAt = :now, datasets = :datasets")
            .condition_expression("#state = :from")
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":from", text(RunState::Ingesting.name()))
            .expression_attribute_values(":to", text(RunState::Ingested.name()))
            .expression_attribute_values(":now", text(self.table().clock().now().to_string()))
            .expression_attribute_values(":datasets", self.table().attribute(datasets)?);
        self.table().part(update.build())
    }

    /// Moves a run on to its shards, if it is not there yet. Gives the run as it then is.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn begin_shards(&self, id: &str, shards: u32) -> Result<Option<Run>, StoreError> {
        let update = self
            .table()
            .update(&run_key(id))
            .update_expression("SET #state = :to, updatedAt = :now, shards = :shards")
            .condition_expression("#state = :from")
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":from", text(RunState::Ingested.name()))
            .expression_attribute_values(":to", text(RunState::Aggregating.name()))
            .expression_attribute_values(":now", text(self.table().clock().now().to_string()))
            .expression_attribute_values(":shards", integer(shards));
        match self.table().update_if(update).await? {
            Outcome::Done(item) | Outcome::Refused(Some(item)) => Ok(Some(self.decode_run(item)?)),
            Outcome::Refused(None) => Ok(None),
        }
    }

    /// Marks a shard as done, once. Gives the run as it then is.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn finish_shard(&self, id: &str, number: u32, digest: &str) -> Result<Option<Run>, StoreError> {
        let done = format!("{}-{digest}", shard_number(number));
        let update = self
            .table()
            .update(&run_key(id))
            .update_expression("ADD doneShards :done SET updatedAt = :now")
            .condition_expression("#state = :aggregating")
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":aggregating", text(RunState::Aggregating.name()))
            .expression_attribute_values(":now", text(self.table().clock().now().to_string()))
            .expression_attribute_values(":done", aws_sdk_dynamodb::types::AttributeValue::Ss(vec![done]));
        match self.table().update_if(update).await? {
            Outcome::Done(item) | Outcome::Refused(Some(item)) => Ok(Some(self.decode_run(item)?)),
            Outcome::Refused(None) => Ok(None),
        }
    }

    /// Gives up a run that has not ended. Readers see what they saw.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn fail_run(&self, id: &str, failure: &RunFailure) -> Result<(), StoreError> {
        tracing::error!(run.id = id, failure.code, failure.detail, "the run failed");
        let update = self
            .table()
            .update(&run_key(id))
            .update_expression("SET #state = :failed, #error = :error, updatedAt = :now")
            .condition_expression("NOT (#state IN (:published, :superseded, :failed))")
            .expression_attribute_names("#state", "state")
            .expression_attribute_names("#error", "error")
            .expression_attribute_values(":failed", text(RunState::Failed.name()))
            .expression_attribute_values(":published", text(RunState::Published.name()))
            .expression_attribute_values(":superseded", text(RunState::Superseded.name()))
            .expression_attribute_values(":error", self.table().attribute(failure)?)
            .expression_attribute_values(":now", text(self.table().clock().now().to_string()));
        self.table().update_if(update).await.map(|_| ())
    }

    /// Lets readers see the run's generation, unless they see a later day. All or nothing: the pointer and
    /// the run's state move together.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn publish(&self, run: &Run) -> Result<Published, StoreError> {
        let table = self.table();
        let before = self.pointer().await?;
        if before.as_ref().is_some_and(|before| before.generation == run.id) {
            return Ok(Published::Already);
        }
        if before.as_ref().is_some_and(|before| before.day > run.day) {
            let moved = self.moving(&run.id, RunState::Aggregating, RunState::Superseded)?;
            let _ended_before = table.transact(vec![moved]).await?;
            return Ok(Published::Superseded);
        }
        let pointer = Pointer {
            generation: run.id.clone(),
            day: run.day,
            published_at: table.clock().now(),
            previous: before.as_ref().map(|before| before.generation.clone()),
            forgotten: before.as_ref().and_then(|before| before.previous.clone()),
        };
        let put = table.transact_put(&pointer_key(), &pointer)?;
        let put = match &before {
            None => put.condition_expression("attribute_not_exists(pk)"),
            Some(before) => put
                .condition_expression("generation = :before")
                .expression_attribute_values(":before", text(&before.generation)),
        };
        let moved = self.moving(&run.id, RunState::Aggregating, RunState::Published)?;
        match table.transact(vec![table.part(put.build())?, moved]).await? {
            Ok(()) => Ok(Published::Now),
            Err(cancelled) if cancelled.failed_at(1) => Ok(Published::Already),
            Err(_) => Ok(Published::Overtaken),
        }
    }

    fn decode_run(&self, item: Item) -> Result<Run, StoreError> {
        self.table().decode(item)
    }
}

/// What came of publishing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Published {
    /// Readers see it from now on.
    Now,
    /// It was published before.
    Already,
    /// A later day is published.
    Superseded,
    /// Another run was published at this very moment: to be tried again.
    Overtaken,
}

pub(super) fn run_key(id: &str) -> Key {
    Key::new("RUNS", id)
}
