//! A member closed the account: erases everything of theirs, and says so in a record that stays.

use jiff::Timestamp;
use maru_lambda::Event;
use maru_whereabouts::Whereabouts;
use serde::Deserialize;

use crate::erasure;
use crate::error::Error;
use crate::store::Store;

/// Who left, and when.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MemberDeleted {
    user_id: String,
    deleted_at: Timestamp,
}

pub async fn handle(
    (store, whereabouts): (Store, Whereabouts),
    event: Event<MemberDeleted>,
) -> Result<(), Error> {
    erasure::erase(&store, &whereabouts, &event.data.user_id, event.data.deleted_at).await
}
