//! A resume was deleted: deletes what hangs on it, its versions, edits, facts and printed files.

use maru_lambda::Event;
use serde::Deserialize;

use crate::erasure::Eraser;
use crate::error::Error;

/// Which resume.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResumeDeleted {
    resume_id: String,
    owner_id: String,
}

pub async fn handle(eraser: Eraser, event: Event<ResumeDeleted>) -> Result<(), Error> {
    let ResumeDeleted { resume_id, owner_id } = event.data;
    eraser.remains(&owner_id, &resume_id).await.map(|_| ())
}
