//! Forgetting a generation that no reader can see any more.

use maru_store::Key;

use crate::error::Error;
use crate::files::Files;
use crate::reduce::{Stored, stored_file};
use crate::store::{Store, lecturer_partition};

/// Deletes what the shards of `run` stored, unless readers may still see it.
///
/// # Errors
/// [`Error`].
pub async fn forget(store: &Store, files: &Files, run: &str) -> Result<(), Error> {
    let pointer = store.pointer().await?;
    let seen =
        pointer.is_some_and(|pointer| pointer.generation == run || pointer.previous.as_deref() == Some(run));
    let Some(run) = store.run(run).await?.filter(|_| !seen) else { return Ok(()) };
    for shard in 0..run.shards {
        // A shard that was never done has no list; one whose list has expired was forgotten long ago.
        let Some(list) = files.find(&stored_file(&run.id, shard)).await? else { continue };
        let stored: Vec<Stored> = serde_json::from_slice(&list)?;
        let mut keys = Vec::new();
        for Stored { lecturer, keys: sort_keys } in stored {
            let partition = lecturer_partition(&run.id, &lecturer);
            keys.extend(sort_keys.into_iter().map(|sk| Key::new(partition.clone(), sk)));
        }
        store.table().delete_all(keys).await?;
    }
    Ok(())
}
