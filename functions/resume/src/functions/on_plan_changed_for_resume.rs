//! A member's plan changed: keeps it, from the next credit on.

use maru_credits::{CreditStore, PlanChanged};
use maru_lambda::Event;

use crate::error::Error;
use crate::store::Store;

pub async fn handle((store, credits): (Store, CreditStore), event: Event<PlanChanged>) -> Result<(), Error> {
    let parts = vec![credits.keep_plan(&event.data)?, store.still_here(&event.data.user_id)?];
    if store.table().transact(parts).await?.is_err() {
        tracing::info!(event.data.revision, "a plan is not kept: a later one is, or the member is gone");
    }
    Ok(())
}
