//! Runs: one night's work for one day, from the request to what readers see.
//!
//! `queued → ingesting → ingested → aggregating → published | superseded`, or `failed` from anywhere before.
//! Every move is a conditional write, so that a repeated message moves nothing.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use jiff::civil::Date;
use maru_lambda::new_id;
use maru_store::{Item, Key, ListQuery, Outcome, Page, Scope, StoreError, integer, text};
use serde::{Deserialize, Serialize};

use crate::export::Dataset;
use crate::store::{Pointer, Store, pointer_key};

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// Waits for a worker.
    Queued,
    /// The export is being pulled.
    Ingesting,
    /// The export is whole and stored.
    Ingested,
    /// The shards are being reduced.
    Aggregating,
    /// Readers see it, or saw it until a later day came.
    Published,
    /// Computed, but a later day was published before.
    Superseded,
    /// Given up; readers see what they saw.
    Failed,
}

impl RunState {
    /// As stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Ingesting => "ingesting",
            Self::Ingested => "ingested",
            Self::Aggregating => "aggregating",
            Self::Published => "published",
            Self::Superseded => "superseded",
            Self::Failed => "failed",
        }
    }

    /// Whether the run can still move.
    #[must_use]
    pub const fn has_ended(self) -> bool {
        matches!(self, Self::Published | Self::Superseded | Self::Failed)
    }
}

/// What a run found in one dataset.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DatasetCount {
    /// All rows, the broken ones too.
    pub rows: u64,
    /// The broken ones.
    pub broken: u64,
    /// The folder of the quarantine files, one for each page with broken rows: NDJSON of line number, reason
    /// and row. None without broken rows.
    #[serde(default)]
    pub quarantine: Option<String>,
}

/// Why a run failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunFailure {
    /// A stable snake_case word.
    pub code: String,
    /// A sentence for the operator.
    pub detail: String,
}

/// A run, as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Run {
    /// `run_…`; also the id of the generation that it computes.
    pub id: String,
    /// The day that it counts up to.
    pub day: Date,
    /// Where it stands.
    pub state: RunState,
    /// The admin who asked for it, or `schedule`.
    pub requested_by: String,
    /// What it found, per dataset; filled when the export is whole.
    #[serde(default)]
    pub datasets: BTreeMap<String, DatasetCount>,
    /// How many shards it has; 0 before they are planned.
    #[serde(default)]
    pub shards: u32,
    /// The shards that are done, each as `<number>-<digest of its result>`.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub done_shards: BTreeSet<String>,
    /// Why it failed.
    #[serde(default)]
    pub error: Option<RunFailure>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it last moved.
    pub updated_at: Timestamp,
}

/// What an admin sees of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RunView {
    id: String,
    day: Date,
    state: RunState,
    requested_by: String,
    datasets: BTreeMap<String, DatasetCount>,
    shards: ShardCount,
    /// Names the result: equal exports of a day have equal digests. Null before all shards are done.
    digest: Option<String>,
    error: Option<RunFailure>,
    created_at: Timestamp,
    updated_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct ShardCount {
    done: usize,
    total: u32,
}

impl Run {
    /// Whether every shard is done.
    #[must_use]
    pub fn all_shards_done(&self) -> bool {
        self.done_shards.len() as u64 >= u64::from(self.shards)
    }

    /// Whether the shard `number` is done.
    #[must_use]
    pub fn is_done(&self, number: u32) -> bool {
        let prefix = format!("{}-", shard_number(number));
        self.done_shards.iter().any(|done| done.starts_with(&prefix))
    }

    fn digest(&self) -> Option<String> {
        use sha2::{Digest, Sha256};
        let computed = matches!(self.state, RunState::Aggregating | RunState::Published | RunState::Superseded);
        (computed && self.all_shards_done()).then(|| {
            let mut digest = Sha256::new();
            self.done_shards.iter().for_each(|done| digest.update(done));
            digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
        })
    }
}

impl From<Run> for RunView {
    fn from(run: Run) -> Self {
        Self {
            digest: run.digest(),
            shards: ShardCount { done: run.done_shards.len(), total: run.shards },
            id: run.id,
            day: run.day,
            state: run.state,
            requested_by: run.requested_by,
            datasets: run.datasets,
            error: run.error,
            created_at: run.created_at,
            updated_at: run.updated_at,
        }
    }
}

/// A shard's number as it stands in [`Run::done_shards`] and in names of files: the order of the names is
/// the order of the numbers.
#[must_use]
pub fn shard_number(number: u32) -> String {
    format!("{number:06}")
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DayItem {
    run_id: String,
}

/// What a page of the export became. Binary parts are files; this says which of several attempts' files count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StoredPage {
    /// Of which dataset.
    pub dataset: Dataset,
    /// Its place in the dataset, from 0 on.
    pub page: u32,
    /// The file with the page as delivered.
    pub raw: String,
    /// How it is written.
    pub format: crate::export::Format,
    /// The line on which it begins.
    pub first_line: u64,
    /// The line on which the next one begins; unknown until it was read.
    pub next_line: u64,
    /// The platform's cursor of the next page; none on the last one.
    #[serde(default)]
    pub next: Option<String>,
    /// How many rows the platform says it has.
    #[serde(default)]
    pub announced_rows: Option<u64>,
    /// What the shuffle made of it.
    #[serde(default)]
    pub shuffled: Option<Shuffled>,
}

/// What the shuffle made of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Shuffled {
    /// The file with the records, in front of them the offsets of the partitions.
    pub file: String,
    /// All rows.
    pub rows: u64,
    /// The broken ones.
    pub broken: u64,
}

impl Store {
    /// The run of `day`: the one that there is, unless it failed; else a new one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn request_run(&self, day: Date, requested_by: &str) -> Result<Run, StoreError> {
        let now = self.table().clock().now();
        let run = Run {
            id: new_id("run", now),
            day,
            state: RunState::Queued,
            requested_by: requested_by.to_owned(),
            datasets: BTreeMap::new(),
            shards: 0,
            done_shards: BTreeSet::new(),
            error: None,
            created_at: now,
            updated_at: now,
        };
        let key = Key::new(format!("DAY#{day}"), "RUN");
        let mut replaces: Option<String> = None;
        loop {
            if self.put_run(&key, &run, replaces.as_deref()).await? {
                return Ok(run);
            }
            let Some(DayItem { run_id }) = self.table().get(&key, true).await? else { continue };
            match self.run(&run_id).await? {
                Some(found) if found.state != RunState::Failed => return Ok(found),
                _ => replaces = Some(run_id),
            }
        }
    }

    async fn put_run(&self, day: &Key, run: &Run, replaces: Option<&str>) -> Result<bool, StoreError> {
        let table = self.table();
        let put = table.transact_put(day, &DayItem { run_id: run.id.clone() })?;
        let put = match replaces {
            None => put.condition_expression("attribute_not_exists(pk)"),
            Some(failed) => {
                put.condition_expression("runId = :failed").expression_attribute_values(":failed", text(failed))
            }
        };
        let run = table.transact_put(&run_key(&run.id), run)?.condition_expression("attribute_not_exists(pk)");
        Ok(table.transact(vec![table.part(put.build())?, table.part(run.build())?]).await?.is_ok())
    }

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

    /// The pages that a run has stored of one dataset, in order.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn pages(&self, run: &str, dataset: Dataset) -> Result<Vec<StoredPage>, StoreError> {
        let query = self
            .table()
            .client()
            .query()
            .table_name(self.table().name())
            .consistent_read(true)
            .key_condition_expression("pk = :pk AND begins_with(sk, :dataset)")
            .expression_attribute_values(":pk", text(format!("RUN#{run}")))
            .expression_attribute_values(":dataset", text(format!("PAGE#{}#", dataset.name())));
        self.table().query_all(query).await
    }

    /// Stores what became of a page, in place of what an earlier attempt stored, as part of a transaction.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn put_page(&self, run: &str, page: &StoredPage) -> Result<TransactWriteItem, StoreError> {
        let sk = format!("PAGE#{}#{:06}", page.dataset.name(), page.page);
        self.table().part(self.table().transact_put(&Key::new(format!("RUN#{run}"), sk), page)?.build())
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

fn run_key(id: &str) -> Key {
    Key::new("RUNS", id)
}
