//! A member signed up or changed the profile: remembers the nickname.

use maru_lambda::Event;
use maru_store::StoreError;
use serde::Deserialize;

use crate::store::Store;

/// What the hub needs of `member.profile_changed`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProfileChanged {
    user_id: String,
    /// Grows with each change of the profile.
    revision: i64,
    nickname: String,
}

pub async fn handle(store: Store, event: Event<ProfileChanged>) -> Result<(), StoreError> {
    let ProfileChanged { user_id, revision, nickname } = event.data;
    store.members().learn(&user_id, revision, &nickname).await
}
