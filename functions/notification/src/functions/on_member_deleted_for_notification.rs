//! A member closed the account: erases what they were told, and their name in what others were told.

use maru_lambda::Event;
use maru_store::StoreError;
use serde::Deserialize;

use crate::store::Store;

/// What is needed of `member.deleted`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MemberDeleted {
    user_id: String,
}

pub async fn handle(store: Store, event: Event<MemberDeleted>) -> Result<(), StoreError> {
    store.erase(&event.data.user_id).await
}
