//! Every minute: asks again for what follows where nobody asked, or the message was lost.

use maru_lambda::{Clock, Tick};
use serde::Serialize;

use crate::activity::ActivityQueue;
use crate::error::Error;
use crate::store::Store;

/// What the firing did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    overdue: usize,
}

pub async fn handle(
    (store, activity, clock): (Store, ActivityQueue, Clock),
    _: Tick,
) -> Result<Report, Error> {
    let now = clock.now();
    let resumes = store.overdue(now).await?;
    let report = Report { overdue: resumes.len() };
    activity.ask_all(resumes, now).await?;
    Ok(report)
}
