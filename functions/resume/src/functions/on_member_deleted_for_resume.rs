//! A member closed the account: erases everything of theirs, and says so in a record that stays.

use jiff::Timestamp;
use maru_credits::CreditStore;
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

pub async fn handle(
    (eraser, credits): (Eraser, CreditStore),
    event: Event<MemberDeleted>,
) -> Result<(), Error> {
    eraser.member(&credits, &event.data.user_id, event.data.deleted_at).await
}
