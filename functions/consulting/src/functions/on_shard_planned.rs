//! A shard waits: reduces it, and stores what comes out beside what readers see.

use maru_lambda::Message;
use maru_messages::{Bus, Envelope};

use crate::error::Error;
use crate::files::Files;
use crate::queues::{LECTURES_AGGREGATED, RunReference, ShardReference};
use crate::reduce::{ShardError, reduce, store_outcomes};
use crate::runs::{Run, RunFailure, RunState};
use crate::shards::plan_file;
use crate::store::Store;

/// After so many receptions the queue gives the message up (`maxReceiveCount`), and so does the run.
const LAST_RECEPTION: u32 = 5;

pub async fn handle(
    (store, files, bus): (Store, Files, Bus),
    message: Message<ShardReference>,
) -> Result<(), Error> {
    let ShardReference { run_id, shard } = message.event.data;
    let Some(run) = store.run(&run_id).await?.filter(|run| run.state == RunState::Aggregating) else {
        return Ok(());
    };
    if run.is_done(shard) {
        return announce(&store, &bus, &run).await;
    }
    match shard_digest(&store, &files, &run_id, shard).await {
        Ok(digest) => match store.finish_shard(&run_id, shard, &digest).await? {
            Some(run) => announce(&store, &bus, &run).await,
            None => Ok(()),
        },
        Err(ShardError::Passing(error)) if message.receive_count < LAST_RECEPTION => Err(error),
        Err(error) => {
            let detail = format!("shard {shard}: {}", maru_lambda::logs::chain(&error));
            Ok(store.fail_run(&run_id, &RunFailure { code: "aggregation_failed".to_owned(), detail }).await?)
        }
    }
}

async fn shard_digest(store: &Store, files: &Files, run: &str, shard: u32) -> Result<String, ShardError> {
    let plan = files.get_json(&plan_file(run, shard)).await?;
    let outcomes = reduce(files, &plan).await?;
    store_outcomes(store, files, (run, shard), outcomes).await
}

/// Whoever finishes the last shard says so; said twice, it changes nothing.
async fn announce(store: &Store, bus: &Bus, run: &Run) -> Result<(), Error> {
    if run.state != RunState::Aggregating || !run.all_shards_done() {
        return Ok(());
    }
    let now = store.table().clock().now();
    let data = RunReference { run_id: run.id.clone() };
    Ok(bus.publish(&Envelope::new(format!("{}-aggregated", run.id), LECTURES_AGGREGATED, now, data)).await?)
}
