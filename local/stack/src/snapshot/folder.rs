//! Folders of snapshots: written under another name, then named.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::dynamodb::{DatabaseError, DynamoDb};

const PREFIX: &str = "snapshot-";
const UNFINISHED: &str = "unfinished";
const DATABASE: &str = "database.sqlite";
const OTHER: &str = "queues.json";

/// The state could not be saved or restored.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// A file of the state directory.
    #[error("the state directory cannot be used: {path}", path = path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The database.
    #[error("the database of the state directory cannot be used")]
    Database(#[from] DatabaseError),
    /// The saved state of the queues is not JSON.
    #[error("the saved queues cannot be read")]
    Queues(#[from] serde_json::Error),
    /// The thread that saved broke off.
    #[error("saving the state broke off")]
    BrokenOff,
}

/// A snapshot whose files are written, but which has no name yet.
pub(super) struct Written {
    directory: PathBuf,
    number: u64,
}

/// Restores the newest snapshot and removes what an interrupted one has left.
pub(super) fn restore(directory: &Path, database: &DynamoDb) -> Result<Option<Value>, SnapshotError> {
    fs::create_dir_all(directory).map_err(|source| failed(directory, source))?;
    remove(&directory.join(UNFINISHED))?;
    let Some((number, newest)) = newest(directory)? else { return Ok(None) };
    database.restore_from(&newest.join(DATABASE))?;
    let file = newest.join(OTHER);
    let other = serde_json::from_slice(&fs::read(&file).map_err(|source| failed(&file, source))?)?;
    remove_older(directory, number)?;
    Ok(Some(other))
}

/// Writes the files of the next snapshot. Once this is done, the state may change again.
pub(super) fn write(directory: &Path, database: &DynamoDb, other: &str) -> Result<Written, SnapshotError> {
    let unfinished = directory.join(UNFINISHED);
    remove(&unfinished)?;
    fs::create_dir_all(&unfinished).map_err(|source| failed(&unfinished, source))?;
    database.save_to(&unfinished.join(DATABASE))?;
    let file = unfinished.join(OTHER);
    fs::write(&file, other).map_err(|source| failed(&file, source))?;
    let number = newest(directory)?.map_or(0, |(number, _)| number) + 1;
    Ok(Written { directory: directory.to_owned(), number })
}

impl Written {
    /// Forces the files to the disk, names the folder, then deletes those before it.
    pub(super) fn publish(self) -> Result<(), SnapshotError> {
        let unfinished = self.directory.join(UNFINISHED);
        for path in [unfinished.join(DATABASE), unfinished.join(OTHER), unfinished.clone()] {
            sync(&path)?;
        }
        let named = self.directory.join(format!("{PREFIX}{}", self.number));
        fs::rename(&unfinished, &named).map_err(|source| failed(&named, source))?;
        sync(&self.directory)?;
        remove_older(&self.directory, self.number)
    }
}

fn sync(path: &Path) -> Result<(), SnapshotError> {
    File::open(path).and_then(|file| file.sync_all()).map_err(|source| failed(path, source))
}

fn newest(directory: &Path) -> Result<Option<(u64, PathBuf)>, SnapshotError> {
    Ok(named(directory)?.into_iter().max())
}

fn remove_older(directory: &Path, newest: u64) -> Result<(), SnapshotError> {
    let older = named(directory)?.into_iter().filter(|(number, _)| *number < newest);
    older.into_iter().try_for_each(|(_, path)| remove(&path))
}

fn named(directory: &Path) -> Result<Vec<(u64, PathBuf)>, SnapshotError> {
    let entries = fs::read_dir(directory).map_err(|source| failed(directory, source))?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let numbered = paths.filter_map(|path| {
        let number = path.file_name()?.to_str()?.strip_prefix(PREFIX)?.parse().ok()?;
        Some((number, path))
    });
    Ok(numbered.collect())
}

fn remove(path: &Path) -> Result<(), SnapshotError> {
    match fs::remove_dir_all(path) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Err(failed(path, source)),
        _ => Ok(()),
    }
}

fn failed(path: &Path, source: io::Error) -> SnapshotError {
    SnapshotError::File { path: path.to_owned(), source }
}
