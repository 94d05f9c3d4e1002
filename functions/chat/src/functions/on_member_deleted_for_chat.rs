//! A member closed the account: erases what chat has of them.

use jiff::Timestamp;
use maru_lambda::Event;
use serde::Deserialize;

use crate::error::Error;
use crate::rooms::Erasure;

/// What chat needs of `member.deleted`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MemberDeleted {
    user_id: String,
    deleted_at: Timestamp,
}

pub async fn handle(erasure: Erasure, event: Event<MemberDeleted>) -> Result<(), Error> {
    erasure.erase(&event.data.user_id, event.data.deleted_at).await
}
