//! What can go wrong with the database outside a call.

use axum::{http::StatusCode, response::Response};

use crate::aws::{Service, ServiceError};

/// The database could not do what the stack asked of it.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// The engine refused or failed.
    #[error("the embedded database failed")]
    Engine(#[from] dynoxide::DynoxideError),
    /// The properties are not those of a table.
    #[error("table {name}: the template's properties are not those of a table")]
    Table {
        /// The table's name.
        name: String,
        /// What is wrong.
        #[source]
        source: serde_json::Error,
    },
    /// A table of the stored state has other keys or indexes than the template's.
    #[error(
        "table {name} has other keys or indexes in the stored data than in the template; start with --fresh"
    )]
    TableChanged {
        /// The table's name.
        name: String,
    },
}

/// The answer to a call whose work in the engine broke off.
pub(super) fn engine_panicked() -> Response {
    let code = "com.amazonaws.dynamodb.v20120810#InternalServerError";
    let message = "The embedded database broke off.";
    ServiceError::new(Service::Database, code, StatusCode::INTERNAL_SERVER_ERROR, message).into_response()
}
