//! Runs: one night's work for one day, from the request to what readers see.
//!
//! `queued → ingesting → ingested → aggregating → published | superseded`, or `failed` from anywhere before.
//! Every move is a conditional write, so that a repeated message moves nothing.

mod moves;
mod pages;
mod request;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use moves::Published;
pub use pages::{Shuffled, StoredPage};

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
    /// A stable `snake_case` word.
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
        let computed =
            matches!(self.state, RunState::Aggregating | RunState::Published | RunState::Superseded);
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
