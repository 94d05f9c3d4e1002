//! The domain's queues, a type for each, so that a handler's signature says to which it sends.

use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_messages::Queue;
use serde::{Deserialize, Serialize};

/// Names a run: the data of the chain's events, and of the message to forget a generation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RunReference {
    /// The run.
    pub run_id: String,
}

/// Names a shard of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ShardReference {
    /// The run.
    pub run_id: String,
    /// The shard's number, from 0 on.
    pub shard: u32,
}

/// The export of a run is whole and stored.
pub const LECTURES_INGESTED: &str = "consulting.lectures_ingested";
/// All shards of a run are reduced.
pub const LECTURES_AGGREGATED: &str = "consulting.lectures_aggregated";
/// A shard waits for its worker.
pub const SHARD_PLANNED: &str = "consulting.shard_planned";
/// A generation is no longer needed.
pub const GENERATION_SUPERSEDED: &str = "consulting.generation_superseded";

macro_rules! queues {
    ($($(#[$documentation:meta])* $name:ident = $variable:literal;)*) => {$(
        $(#[$documentation])*
        #[derive(Clone, Debug)]
        pub struct $name(pub Queue);

        impl FromEnvironment for $name {
            fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
                Queue::open(environment, $variable).map(Self)
            }
        }
    )*};
}

queues! {
    /// Runs that wait for their ingestion.
    RunQueue = "RUN_QUEUE_URL";
    /// Shards that wait to be reduced.
    ShardQueue = "SHARD_QUEUE_URL";
    /// Generations that wait to be forgotten.
    CleanupQueue = "CLEANUP_QUEUE_URL";
    /// Reports that wait to be written.
    ReportQueue = "REPORT_QUEUE_URL";
}
