//! `POST /notifications/read-all`: marks everything that the caller was told so far as read.

use maru_lambda::{Call, Member, NoContent};
use maru_store::StoreError;

use crate::store::Store;

pub async fn handle(store: Store, call: Call<Member>) -> Result<NoContent, StoreError> {
    store.next_round(&call.caller.id).await.map(|()| NoContent)
}
