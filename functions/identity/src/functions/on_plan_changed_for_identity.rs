//! A member's plan changed: keeps it, to be shown to its owner.

use maru_credits::PlanChanged;
use maru_lambda::Event;
use maru_store::StoreError;

use crate::store::Store;

pub async fn handle(store: Store, event: Event<PlanChanged>) -> Result<(), StoreError> {
    store.keep_plan(&event.data).await
}
