//! Every minute: takes up again what was left open (a worker died, an answer was lost), and ends the nights about
//! which everything is done.

use std::collections::BTreeSet;

use maru_lambda::{Tick, day_in_seoul};
use serde::Serialize;

use crate::error::Error;
use crate::nights::{Finisher, NightFinished, RenewalQueue};
use crate::store::Store;

/// What was done.
#[derive(Clone, Debug, Serialize)]
pub struct Settled {
    /// How many members' subscriptions are taken up again.
    asked: usize,
    /// The nights that are over now.
    finished: Vec<NightFinished>,
}

pub async fn handle(
    (store, queue, finisher): (Store, RenewalQueue, Finisher),
    _: Tick,
) -> Result<Settled, Error> {
    let now = store.now();
    let overdue = store.overdue(now).await?;
    let members: BTreeSet<String> = overdue.iter().map(|each| each.member_id.clone()).collect();
    let asked = members.len();
    queue.send(members, None, now).await?;
    store.postpone(overdue, now).await?;
    let finished = finisher.finish_all(day_in_seoul(now)).await?;
    Ok(Settled { asked, finished })
}
