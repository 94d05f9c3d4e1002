//! All shards of a run are reduced: lets readers see the generation, in one write.

use maru_lambda::Event;
use maru_messages::Envelope;

use crate::error::Error;
use crate::queues::{CleanupQueue, GENERATION_SUPERSEDED, RunReference};
use crate::runs::{Published, RunState};
use crate::store::Store;

pub async fn handle((store, queue): (Store, CleanupQueue), event: Event<RunReference>) -> Result<(), Error> {
    let id = event.data.run_id;
    let Some(run) = store.run(&id).await?.filter(|run| run.all_shards_done()) else { return Ok(()) };
    if !matches!(run.state, RunState::Aggregating | RunState::Published | RunState::Superseded) {
        return Ok(());
    }
    let forgotten = match store.publish(&run).await? {
        Published::Now | Published::Already => store.pointer().await?.and_then(|pointer| pointer.forgotten),
        Published::Superseded => Some(id),
        // Its own event is tried again, by then with the new pointer before its eyes.
        Published::Overtaken => return Err(Error::Overtaken),
    };
    let Some(run_id) = forgotten else { return Ok(()) };
    let now = store.table().clock().now();
    let message =
        Envelope::new(format!("{run_id}-superseded"), GENERATION_SUPERSEDED, now, RunReference { run_id });
    Ok(queue.0.send(&message).await?)
}
