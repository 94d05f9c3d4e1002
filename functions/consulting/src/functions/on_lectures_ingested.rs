//! The export of a run is whole: deals it out in shards, a message each.

use maru_lambda::Event;
use maru_messages::{Bus, Envelope};

use crate::error::Error;
use crate::files::Files;
use crate::queues::{LECTURES_AGGREGATED, RunReference, SHARD_PLANNED, ShardQueue, ShardReference};
use crate::runs::RunState;
use crate::shards;
use crate::store::Store;

pub async fn handle(
    (store, files, queue, bus): (Store, Files, ShardQueue, Bus),
    event: Event<RunReference>,
) -> Result<(), Error> {
    let id = event.data.run_id;
    let Some(run) = store.run(&id).await? else { return Ok(()) };
    if !matches!(run.state, RunState::Ingested | RunState::Aggregating) {
        return Ok(());
    }
    let shards = shards::plan(&store, &files, &run).await?;
    let Some(run) = store.begin_shards(&id, shards).await? else { return Ok(()) };
    let now = store.table().clock().now();
    if run.all_shards_done() {
        let done =
            Envelope::new(format!("{id}-aggregated"), LECTURES_AGGREGATED, now, RunReference { run_id: id });
        return Ok(bus.publish(&done).await?);
    }
    let open = (0..run.shards).filter(|shard| !run.is_done(*shard));
    let messages: Vec<Envelope<ShardReference>> = open
        .map(|shard| {
            let data = ShardReference { run_id: id.clone(), shard };
            Envelope::new(format!("{id}-shard-{shard}"), SHARD_PLANNED, now, data)
        })
        .collect();
    Ok(queue.0.send_all(&messages).await?)
}
