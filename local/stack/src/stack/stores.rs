//! What keeps state: the database, the buckets, the queues, and the folder in which they are saved.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;
use tokio::task::JoinSet;

use super::StackError;
use crate::clock::LocalClock;
use crate::dynamodb::DynamoDb;
use crate::kms::{Keys, load_secret};
use crate::queues::Queues;
use crate::s3::ObjectStore;
use crate::snapshot::{Gate, SnapshotError, Snapshots};
use crate::template::{Place, Template};

/// How often the state is saved.
const SAVE_EVERY: Duration = Duration::from_secs(5);

/// Everything that keeps state, as it was left or empty.
pub(super) struct Stores {
    pub(super) database: DynamoDb,
    pub(super) objects: ObjectStore,
    pub(super) queues: Arc<Queues>,
    pub(super) keys: Keys,
    /// The folder of the buckets, when there is no state directory.
    pub(super) temporary: Option<TempDir>,
}

impl Stores {
    pub(super) async fn open(
        template: &Template,
        state: Option<&Path>,
        clock: &LocalClock,
        place: &Place,
    ) -> Result<Self, StackError> {
        let (database, saved) = database(template, state).await?;
        let queues = Arc::new(Queues::new(template, clock, place));
        if let Some(saved) = &saved {
            queues.import(saved).map_err(StackError::Queues)?;
        }
        let temporary = match state {
            Some(_) => None,
            None => Some(tempfile::tempdir().map_err(|error| StackError::File(std::env::temp_dir(), error))?),
        };
        let folder = state.or(temporary.as_ref().map(TempDir::path)).unwrap_or(Path::new("."));
        let objects = objects(template, &folder.join("objects"))?;
        let keys = Keys::new(template.keys.iter().cloned(), load_secret(state)?);
        Ok(Self { database, objects, queues, keys, temporary })
    }

    /// Begins to save the state into the directory.
    pub(super) fn keep_saving(
        &self,
        directory: PathBuf,
        gate: &Arc<Gate>,
        tasks: &mut JoinSet<()>,
    ) -> Arc<Snapshots> {
        let queues = Arc::clone(&self.queues);
        let other = Arc::new(move || queues.export());
        let snapshots = Snapshots::new(directory, self.database.clone(), Arc::clone(gate), other);
        let snapshots = Arc::new(snapshots);
        let saving = Arc::clone(&snapshots);
        tasks.spawn(async move { saving.keep_saving(SAVE_EVERY).await });
        snapshots
    }
}

/// The database with the template's tables, and what else was saved with it.
async fn database(
    template: &Template,
    state: Option<&Path>,
) -> Result<(DynamoDb, Option<Value>), StackError> {
    let database = DynamoDb::memory()?;
    let saved = match state.map(Path::to_owned) {
        None => None,
        Some(state) => {
            let database = database.clone();
            let restoring = tokio::task::spawn_blocking(move || Snapshots::restore(&state, &database));
            restoring.await.map_err(|_| SnapshotError::BrokenOff)??
        }
    };
    for table in &template.tables {
        database.create_table(&table.name, &table.properties)?;
    }
    Ok((database, saved))
}

fn objects(template: &Template, folder: &Path) -> Result<ObjectStore, StackError> {
    let objects = ObjectStore::open(folder)?;
    for bucket in &template.buckets {
        let failed = |error| StackError::File(folder.join(&bucket.name), error);
        objects.create_bucket(&bucket.name).map_err(failed)?;
    }
    let buckets = template.buckets.iter();
    Ok(objects.with_cors(
        buckets
            .filter_map(|bucket| Some((bucket.name.as_str(), bucket.properties.get("CorsConfiguration")?))),
    ))
}
