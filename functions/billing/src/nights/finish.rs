//! A night is over when something was done about everything on its list. That is written and told once.

use std::collections::HashSet;

use jiff::{Timestamp, civil::Date};
use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_messages::{Bus, Envelope};
use maru_outbox::{Outbox, Posted};
use maru_store::{StoreError, text};
use serde::{Deserialize, Serialize};

use super::{Counts, Night, Outcome};
use crate::error::Error;
use crate::store::{SHARDS, Store, night_key, night_partition};

/// What is told when a night is over.
#[derive(Clone, Debug, Serialize)]
pub struct NightFinished {
    /// The day that began with it.
    pub day: Date,
    /// What was done.
    #[serde(flatten)]
    pub counts: Counts,
}

/// Ends nights.
#[derive(Clone, Debug)]
pub struct Finisher {
    store: Store,
    outbox: Outbox,
    bus: Bus,
}

impl FromEnvironment for Finisher {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let (store, outbox, bus) = <(Store, Outbox, Bus)>::from_environment(environment)?;
        Ok(Self { store, outbox, bus })
    }
}

#[derive(Deserialize)]
struct Listed {
    sk: String,
    #[serde(default)]
    outcome: Option<Outcome>,
}

impl Finisher {
    /// Ends every night up to `today` of which everything is planned and done. Gives those that it ended.
    ///
    /// # Errors
    /// [`Error`]: begin again.
    pub async fn finish_all(&self, today: Date) -> Result<Vec<NightFinished>, Error> {
        let mut finished = Vec::new();
        for night in self.store.nights(today).await? {
            let open = night.planned_at.is_some() && night.finished_at.is_none();
            if open && let Some(counts) = self.store.all_done(night.day).await? {
                finished.extend(self.finish(&night, counts).await?);
            }
        }
        Ok(finished)
    }

    async fn finish(&self, night: &Night, counts: Counts) -> Result<Option<NightFinished>, Error> {
        let now = self.store.now();
        let told = NightFinished { day: night.day, counts };
        let envelope =
            Envelope::new(format!("renewals-{}", night.day), "billing.renewals_finished", now, told.clone());
        let posted: Posted = self.outbox.post(&self.bus, &envelope)?;
        let parts = vec![self.store.finished_part(night.day, counts, now)?, posted.part()];
        if self.store.table().transact(parts).await?.is_err() {
            return Ok(None);
        }
        self.outbox.send(posted).await;
        tracing::info!(day = %night.day, ?counts, "the night's renewals are finished");
        Ok(Some(told))
    }
}

impl Store {
    /// What the night of `day` did, if that is everything.
    async fn all_done(&self, day: Date) -> Result<Option<Counts>, StoreError> {
        let mut counts = Counts::default();
        for shard in 0..SHARDS {
            let query = self.table().query(&night_partition(day, shard)).consistent_read(true);
            let query = query.projection_expression("sk, outcome");
            let listed: Vec<Listed> = self.table().query_all(query).await?;
            let done: HashSet<&str> =
                listed.iter().filter_map(|each| each.sk.strip_prefix("DONE#")).collect();
            let mut planned = listed.iter().filter_map(|each| each.sk.strip_prefix("PLANNED#"));
            if planned.any(|member| !done.contains(member)) {
                return Ok(None);
            }
            listed.iter().filter_map(|each| each.outcome).for_each(|outcome| counts += outcome);
        }
        Ok(Some(counts))
    }

    fn finished_part(
        &self,
        day: Date,
        counts: Counts,
        now: Timestamp,
    ) -> Result<aws_sdk_dynamodb::types::TransactWriteItem, StoreError> {
        let update = self
            .table()
            .transact_update(&night_key(day))
            .update_expression("SET finishedAt = :now, counts = :counts")
            .condition_expression("attribute_exists(plannedAt) AND attribute_not_exists(finishedAt)")
            .expression_attribute_values(":now", text(now.to_string()))
            .expression_attribute_values(":counts", self.table().attribute(&counts)?);
        self.table().part(update.build())
    }
}
