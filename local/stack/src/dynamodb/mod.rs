//! DynamoDB: the embedded `dynoxide` engine, in memory, called directly.
//!
//! It owns the tables, the blocking work off the async threads, and the wire form of answers and errors. Left
//! out: streams, `PartiQL`, backups, capacity, the deletion of expired items (correctness never hangs on it),
//! and `x-amz-crc32`, which the SDK for Rust does not read.

pub(crate) mod conflict;
mod error;
mod operation;
pub(crate) mod partial;
mod table;
mod tokens;

#[cfg(test)]
mod tests;

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::{http::StatusCode, response::Response};
use dynoxide::Database;
use futures::{FutureExt, future::BoxFuture};
use serde_json::Value;
use tokio::sync::Semaphore;

pub use self::error::DatabaseError;
use self::tokens::Tokens;
use crate::aws::{AwsCall, AwsService, json_answer};

/// Calls that are at work at once. The engine serialises them by one lock; more threads would only queue
/// there.
const AT_WORK: usize = 4;

/// The database. Clones are one database.
#[derive(Clone)]
pub struct DynamoDb {
    engine: Database,
    at_work: Arc<Semaphore>,
    changes: Arc<AtomicU64>,
    tokens: Arc<Tokens>,
}

impl DynamoDb {
    /// An empty database in memory.
    ///
    /// # Errors
    /// [`DatabaseError::Engine`]: there is no memory for it.
    pub fn memory() -> Result<Self, DatabaseError> {
        Ok(Self {
            engine: Database::memory()?,
            at_work: Arc::new(Semaphore::new(AT_WORK)),
            changes: Arc::default(),
            tokens: Arc::default(),
        })
    }

    /// Makes a table, unless it is there, as it is after a restore. `properties` are those of
    /// `AWS::DynamoDB::Table` with everything resolved; keys, indexes and their attributes are read.
    ///
    /// # Errors
    /// [`DatabaseError::TableChanged`]: it is there with other keys or indexes. [`DatabaseError::Table`]:
    /// these are not the properties of a table.
    pub fn create_table(&self, name: &str, properties: &Value) -> Result<(), DatabaseError> {
        table::create(&self.engine, name, properties)?;
        self.changes.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// A number that grows with every change of the data.
    pub fn changes(&self) -> u64 {
        self.changes.load(Ordering::Relaxed)
    }

    /// Writes everything into a new file; other calls wait for it. Blocks.
    ///
    /// # Errors
    /// [`DatabaseError`]: the file exists or cannot be written.
    pub fn save_to(&self, file: &Path) -> Result<(), DatabaseError> {
        Ok(self.engine.vacuum_into(&file.to_string_lossy())?)
    }

    /// Replaces everything with what [`Self::save_to`] wrote. Blocks.
    ///
    /// # Errors
    /// [`DatabaseError`]: the file is not there, or no such file; the data is then what it was.
    pub fn restore_from(&self, file: &Path) -> Result<(), DatabaseError> {
        Ok(self.engine.restore_from(&file.to_string_lossy())?)
    }

    async fn execute(&self, operation: String, body: bytes::Bytes) -> Response {
        // The semaphore is never closed, so that there is always a permit in the end.
        let _permit = self.at_work.acquire().await;
        let engine = self.engine.clone();
        let (changes, tokens) = (Arc::clone(&self.changes), Arc::clone(&self.tokens));
        let work = tokio::task::spawn_blocking(move || {
            let result = operation::execute(&engine, &tokens, &operation, &body);
            if result.is_ok() && operation::changes(&operation) {
                changes.fetch_add(1, Ordering::Relaxed);
            }
            result
        });
        match work.await {
            Ok(Ok(answer)) => json_answer(answer),
            Ok(Err(error)) => {
                let mut response = json_answer(error.to_json());
                *response.status_mut() =
                    StatusCode::from_u16(error.status_code()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                response
            }
            Err(_) => error::engine_panicked(),
        }
    }
}

impl AwsService for DynamoDb {
    fn call(&self, call: AwsCall) -> BoxFuture<'_, Response> {
        self.execute(call.operation, call.body).boxed()
    }
}
