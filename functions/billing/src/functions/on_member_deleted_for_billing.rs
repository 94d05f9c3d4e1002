//! A member closed the account: nothing is charged any more, and everything but the ledger is erased. What may still
//! move money is waited for by `cron_finish_erasures`.

use jiff::Timestamp;
use maru_lambda::Event;
use serde::Deserialize;

use crate::erasure::Eraser;
use crate::error::Error;

/// Who left, and when.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MemberDeleted {
    user_id: String,
    deleted_at: Timestamp,
}

pub async fn handle(eraser: Eraser, event: Event<MemberDeleted>) -> Result<(), Error> {
    let MemberDeleted { user_id, deleted_at } = &event.data;
    let progress = eraser.begin(user_id, *deleted_at).await?;
    tracing::info!(member.id = user_id, ?progress, "an account was closed");
    Ok(())
}
