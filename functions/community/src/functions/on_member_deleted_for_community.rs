//! A member closed the account: erases what the community has of them.

use maru_lambda::Event;
use serde::Deserialize;

use crate::erasure::Erasure;
use crate::error::Error;

/// What the community needs of `member.deleted`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MemberDeleted {
    user_id: String,
}

pub async fn handle(erasure: Erasure, event: Event<MemberDeleted>) -> Result<(), Error> {
    erasure.erase(&event.data.user_id).await
}
