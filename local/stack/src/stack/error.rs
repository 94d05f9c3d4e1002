//! Why a stack does not start.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use maru_lambda::ConfigurationError;

use crate::dynamodb::DatabaseError;
use crate::s3::ObjectStoreError;
use crate::schedules::ScheduleError;
use crate::snapshot::SnapshotError;
use crate::template::TemplateError;

/// Why a stack does not start.
#[derive(Debug, thiserror::Error)]
pub enum StackError {
    /// Somebody else listens there, or may not.
    #[error("cannot listen on {0}")]
    Listen(SocketAddr, #[source] io::Error),
    /// A file of the state directory.
    #[error("cannot use {0}")]
    File(PathBuf, #[source] io::Error),
    /// The development key is broken; deleting the file makes a new one.
    #[error("{0} is not an Ed25519 key in PKCS #8: delete it to have a new one made")]
    Key(PathBuf),
    /// The secret of the KMS keys is broken; without it nothing that they sealed can be opened.
    #[error("{0} has not 32 bytes: start afresh")]
    Secret(PathBuf),
    /// The template cannot be used.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// An event pattern that is not understood.
    #[error("a rule cannot be used")]
    Rule(#[source] maru_lambda::BoxError),
    /// A schedule that is not understood.
    #[error(transparent)]
    Schedule(#[from] ScheduleError),
    /// The database.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The buckets.
    #[error(transparent)]
    Objects(#[from] ObjectStoreError),
    /// The saved state.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// The saved queues are of another form.
    #[error("the saved queues cannot be read: start afresh")]
    Queues(#[source] serde_json::Error),
    /// A consumer of a queue that the template does not have.
    #[error("{function} consumes the queue {queue}, which the template does not have")]
    NoQueue {
        /// The function.
        function: String,
        /// The queue's name.
        queue: String,
    },
    /// A function's variables are missing or wrong.
    #[error("{function} cannot start")]
    Function {
        /// The function.
        function: &'static str,
        /// What is wrong.
        #[source]
        source: Arc<ConfigurationError>,
    },
}
