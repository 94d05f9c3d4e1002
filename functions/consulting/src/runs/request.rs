//! Asking for a run: one for each day, unless it failed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use maru_store::{Cancelled, Key, StoreError, text};
use serde::{Deserialize, Serialize};

use super::moves::run_key;
use super::{Run, RunState};
use crate::store::Store;

/// Where the run stands among the writes that start it.
const RUN: usize = 1;

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DayItem {
    run_id: String,
}

impl Store {
    /// The run of `day`: the one that there is, unless it failed; else a new one called `id`. A run of that
    /// name that is there already, of an attempt before this one, is the answer in any case.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn request_run(&self, day: Date, requested_by: &str, id: &str) -> Result<Run, StoreError> {
        let now = self.table().clock().now();
        let run = Run {
            id: id.to_owned(),
            day,
            state: RunState::Queued,
            requested_by: requested_by.to_owned(),
            datasets: BTreeMap::new(),
            shards: 0,
            done_shards: BTreeSet::new(),
            error: None,
            created_at: now,
            updated_at: now,
        };
        let key = Key::new(format!("DAY#{day}"), "RUN");
        let mut replaces: Option<String> = None;
        loop {
            let Err(cancelled) = self.put_run(&key, &run, replaces.as_deref()).await? else {
                return Ok(run);
            };
            if cancelled.failed_at(RUN)
                && let Some(found) = self.run(id).await?
            {
                return Ok(found);
            }
            let Some(DayItem { run_id }) = self.table().get(&key, true).await? else { continue };
            match self.run(&run_id).await? {
                Some(found) if found.state != RunState::Failed => return Ok(found),
                _ => replaces = Some(run_id),
            }
        }
    }

    /// First the day's item, then the run.
    async fn put_run(
        &self,
        day: &Key,
        run: &Run,
        replaces: Option<&str>,
    ) -> Result<Result<(), Cancelled>, StoreError> {
        let table = self.table();
        let put = table.transact_put(day, &DayItem { run_id: run.id.clone() })?;
        let put = match replaces {
            None => put.condition_expression("attribute_not_exists(pk)"),
            Some(failed) => put
                .condition_expression("runId = :failed")
                .expression_attribute_values(":failed", text(failed)),
        };
        let run =
            table.transact_put(&run_key(&run.id), run)?.condition_expression("attribute_not_exists(pk)");
        table.transact(vec![table.part(put.build())?, table.part(run.build())?]).await
    }
}
