//! One hour's look at the warnings, province by province.

use std::collections::BTreeSet;

use chat_alerts::alert::Alert;
use chat_alerts::decide::{Counts, decide};
use chat_alerts::fold::Reading;
use chat_alerts::kind::{Kind, Level};
use chat_alerts::status::Differences;
use jiff::Timestamp;
use maru_kma::Kma;
use maru_lambda::{Clock, ConfigurationError, Environment, FromEnvironment, logs, metrics, new_id};
use maru_messages::{Bus, Envelope};
use maru_outbox::Outbox;
use maru_province::Province;
use serde::Serialize;

use super::notices::{ALERT_CHANGED, AlertChanged};
use super::province::Committed;
use super::warnings;
use crate::error::Error;
use crate::store::Store;

/// How often a change is decided anew because the alerts were changed meanwhile.
const ATTEMPTS: usize = 4;

/// Reads the warnings and carries out what changes.
#[derive(Clone, Debug)]
pub struct Refresh {
    store: Store,
    kma: Kma,
    outbox: Outbox,
    bus: Bus,
    clock: Clock,
}

/// What a look did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Refreshed {
    /// In how many provinces something changed.
    provinces: usize,
    #[serde(flatten)]
    counts: Counts,
    /// Whether somebody has read the warnings since, who does the rest.
    superseded: bool,
}

impl FromEnvironment for Refresh {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self {
            store: Store::from_environment(environment)?,
            kma: Kma::from_environment(environment)?,
            outbox: Outbox::from_environment(environment)?,
            bus: Bus::from_environment(environment)?,
            clock: environment.clock().clone(),
        })
    }
}

impl Refresh {
    /// Reads the warnings and carries out what changes in each province.
    ///
    /// # Errors
    /// [`Error`]: nothing is changed where the warnings could not be read, and a province that failed stands in the way of
    /// no other. Done again it does what is left.
    pub async fn refresh(&self) -> Result<Refreshed, Error> {
        let now = self.clock.now();
        let id = new_id("reading", now);
        self.store.begin_reading(&id).await?;
        let reading = warnings::read(&self.kma, now).await?;
        let (mut done, mut failed) = (Refreshed::default(), None);
        // What is in force by the log, and what is older than the log goes back.
        let mut known: BTreeSet<_> = reading.in_force.iter().map(|found| (found.kind, found.level)).collect();
        for province in Province::ALL {
            match self.follow(province, &reading, &id, now, &mut known).await {
                Ok((_, true)) => {
                    done.superseded = true;
                    break;
                }
                Ok((counts, false)) => done.add(counts),
                Err(error) => {
                    tracing::error!(province = province.code(), error = logs::chain(&error), "not refreshed");
                    failed = Some(error);
                }
            }
        }
        if failed.is_none() && !done.superseded {
            compare(&reading, &known, now);
        }
        failed.map_or(Ok(done), Err)
    }

    /// Carries out what changes in one province; says what did, and whether the warnings were read anew since.
    async fn follow(
        &self,
        province: Province,
        reading: &Reading,
        id: &str,
        now: Timestamp,
        known: &mut BTreeSet<(Kind, Level)>,
    ) -> Result<(Counts, bool), Error> {
        for _ in 0..ATTEMPTS {
            let seen = self.store.alerts(province).await?;
            let is_older = |alert: &&Alert| {
                alert.is_in_force() && alert.issued_at < reading.from && !reading.tells_of(alert)
            };
            known.extend(seen.alerts.iter().filter(is_older).map(|alert| (alert.kind, alert.level)));
            let Some(change) = decide(province, &seen.alerts, reading, now, || new_id("alt", now)) else {
                return Ok((Counts::default(), false));
            };
            let next = self.store.alerts_after(&seen, &change, now);
            let data = AlertChanged { province, room_id: next.room_id.clone(), news: change.news.clone() };
            // The version names the change: sent again, it is the same.
            let word = format!("alert_{}_{}", province.code(), next.version);
            let word = Envelope::new(word, ALERT_CHANGED, now, data);
            let word = if change.news.is_empty() { None } else { Some(self.outbox.post(&self.bus, &word)?) };
            let about = (&change, word.as_ref());
            match self.store.commit_change(id, (province, now), (&seen, &next), about).await? {
                Committed::Superseded => return Ok((Counts::default(), true)),
                Committed::Late => {}
                Committed::Done => {
                    if let Some(word) = word {
                        self.outbox.send(word).await;
                    }
                    return Ok((change.counts, false));
                }
            }
        }
        Err(Error::Restless)
    }
}

/// Says where the log and the service's other word disagree: some of the log may be missing, or is read wrongly.
fn compare(reading: &Reading, known: &BTreeSet<(Kind, Level)>, now: Timestamp) {
    let differences = reading.status.as_ref().and_then(|status| status.differences(known));
    if let Some(Differences { only_text, only_log }) = differences {
        tracing::warn!(?only_text, ?only_log, "the log and the text of the warnings' state disagree");
        metrics::emit(now, &[("Service", "chat")], &[("WarningsDisagree", metrics::Unit::Count, 1.0)]);
    }
}

impl Refreshed {
    fn add(&mut self, counts: Counts) {
        self.provinces += usize::from(counts != Counts::default());
        self.counts.opened += counts.opened;
        self.counts.changed += counts.changed;
        self.counts.ended += counts.ended;
    }
}
