//! A resume was deleted: clears away what hangs on it.

use maru_lambda::Event;
use serde::Deserialize;

use crate::error::Error;
use crate::remains::Remains;

/// What the hub needs of `resume.deleted`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResumeDeleted {
    resume_id: String,
    owner_id: String,
}

pub async fn handle(remains: Remains, event: Event<ResumeDeleted>) -> Result<(), Error> {
    remains.clear_deleted(&event.data.resume_id, &event.data.owner_id).await
}
