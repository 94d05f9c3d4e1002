//! A member closed the account: erases their reports, and says so in a record that stays. The nightly numbers of a
//! lecturer are the lecture platform's and stay, see [`crate::store::Store::erase`].

use jiff::Timestamp;
use maru_lambda::Event;
use maru_store::StoreError;
use serde::Deserialize;

use crate::store::Store;

/// Who left, and when.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MemberDeleted {
    user_id: String,
    deleted_at: Timestamp,
}

pub async fn handle(store: Store, event: Event<MemberDeleted>) -> Result<(), StoreError> {
    store.erase(&event.data.user_id, event.data.deleted_at).await
}
