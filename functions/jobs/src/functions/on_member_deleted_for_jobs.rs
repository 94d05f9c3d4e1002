//! A member closed the account: erases their jobs and what they used of models, and says so in a record that stays.

use jiff::Timestamp;
use maru_jobs::Jobs;
use maru_lambda::Event;
use maru_store::StoreError;
use serde::Deserialize;

/// Who left, and when.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MemberDeleted {
    user_id: String,
    deleted_at: Timestamp,
}

pub async fn handle(jobs: Jobs, event: Event<MemberDeleted>) -> Result<(), StoreError> {
    jobs.erase_account(&event.data.user_id, event.data.deleted_at).await
}
