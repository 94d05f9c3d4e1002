//! What is stored of a province's alerts, and the transaction that changes it.

use aws_sdk_dynamodb::types::TransactWriteItem;
use chat_alerts::alert::Alert;
use chat_alerts::decide::{Change, Room as Becomes};
use chat_alerts::name::room_name;
use jiff::Timestamp;
use maru_lambda::new_id;
use maru_outbox::Posted;
use maru_province::Province;
use maru_store::{StoreError, integer, text};
use serde::{Deserialize, Serialize};

use super::room::Room;
use crate::store::{Store, alerts_key, closed_key, open_room_key, reading_key, room_key};

/// The alerts of a province.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Alerts {
    /// How often they changed.
    pub version: i64,
    /// The room that is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room_id: Option<String>,
    /// Those in force, and those that ended lately.
    pub alerts: Vec<Alert>,
}

/// Which room of a province is open, or was closed.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pointer {
    /// The room.
    pub room_id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Newest<'a> {
    reading_id: &'a str,
}

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Committed {
    /// It is done.
    Done,
    /// The warnings were read anew since: whoever did that decides.
    Superseded,
    /// The alerts were changed since they were looked at.
    Late,
}

impl Store {
    /// Says that the warnings are read anew: what was read before changes nothing any more.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn begin_reading(&self, reading: &str) -> Result<(), StoreError> {
        let put = self.table().put(&reading_key(), &Newest { reading_id: reading })?;
        self.table().put_if(put).await.map(|_| ())
    }

    /// The alerts of a province.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn alerts(&self, province: Province) -> Result<Alerts, StoreError> {
        Ok(self.table().get(&alerts_key(province), true).await?.unwrap_or_default())
    }

    /// The alerts of a province after `change`, which is that of `seen` at `now`.
    #[must_use]
    pub fn alerts_after(&self, seen: &Alerts, change: &Change, now: Timestamp) -> Alerts {
        let room_id = match change.room {
            Becomes::Opens => Some(new_id("room", now)),
            Becomes::Closes => None,
            Becomes::Changes | Becomes::Stays => seen.room_id.clone(),
        };
        Alerts { version: seen.version + 1, room_id, alerts: change.alerts.clone() }
    }

    /// Carries out a change that was decided by the reading `reading`: the alerts, the room, and the word of it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn commit_change(
        &self,
        reading: &str,
        (province, now): (Province, Timestamp),
        (seen, next): (&Alerts, &Alerts),
        (change, word): (&Change, Option<&Posted>),
    ) -> Result<Committed, StoreError> {
        let newest = self
            .table()
            .transact_check(&reading_key())
            .condition_expression("readingId = :reading")
            .expression_attribute_values(":reading", text(reading));
        let mut writes = vec![self.table().part(newest.build())?, self.alerts_part(province, seen, next)?];
        writes.extend(self.room_parts(province, now, (seen, next), change)?);
        writes.extend(word.map(Posted::part));
        Ok(match self.table().transact(writes).await? {
            Ok(()) => Committed::Done,
            Err(cancelled) if cancelled.failed_at(0) => Committed::Superseded,
            Err(_) => Committed::Late,
        })
    }

    /// The write of a province's alerts, unless they are not those that were `seen` any more.
    fn alerts_part(
        &self,
        province: Province,
        seen: &Alerts,
        next: &Alerts,
    ) -> Result<TransactWriteItem, StoreError> {
        let put = self.table().transact_put(&alerts_key(province), next)?;
        let put = if seen.version == 0 {
            put.condition_expression("attribute_not_exists(pk)")
        } else {
            put.condition_expression("#version = :seen")
                .expression_attribute_names("#version", "version")
                .expression_attribute_values(":seen", integer(seen.version))
        };
        self.table().part(put.build())
    }

    /// Forgets alerts of a province that ended long ago; whether there were any.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn forget_alerts(&self, province: Province, now: Timestamp) -> Result<bool, StoreError> {
        let seen = self.alerts(province).await?;
        let mut next = Alerts { version: seen.version + 1, ..seen.clone() };
        next.alerts.retain(|alert| !alert.is_forgotten(now));
        if next.alerts.len() == seen.alerts.len() {
            return Ok(false);
        }
        // When they change at this moment, whoever changes them forgets these, too.
        Ok(self.table().transact(vec![self.alerts_part(province, &seen, &next)?]).await?.is_ok())
    }

    fn room_parts(
        &self,
        province: Province,
        now: Timestamp,
        (seen, next): (&Alerts, &Alerts),
        change: &Change,
    ) -> Result<Vec<TransactWriteItem>, StoreError> {
        let table = self.table();
        let name = room_name(province, &change.gravest);
        match (change.room, &seen.room_id, &next.room_id) {
            (Becomes::Opens, _, Some(id)) => {
                let room = Room::open(id, province, name, &change.gravest, now);
                let new = table
                    .transact_put(&room_key(id), &room)?
                    .condition_expression("attribute_not_exists(pk)");
                let current =
                    table.transact_put(&open_room_key(province), &Pointer { room_id: id.clone() })?;
                Ok(vec![table.part(new.build())?, table.part(current.build())?])
            }
            (Becomes::Changes, Some(id), _) => {
                let update = table
                    .transact_update(&room_key(id))
                    .update_expression("SET #name = :name, alerts = :alerts")
                    .condition_expression("attribute_exists(pk)")
                    .expression_attribute_names("#name", "name")
                    .expression_attribute_values(":name", text(name))
                    .expression_attribute_values(
                        ":alerts",
                        table.attribute(&Room::warnings(&change.gravest))?,
                    );
                Ok(vec![table.part(update.build())?])
            }
            (Becomes::Closes, Some(id), _) => {
                let update = table
                    .transact_update(&room_key(id))
                    .update_expression("SET #state = :closed, closedAt = :now")
                    .condition_expression("attribute_exists(pk)")
                    .expression_attribute_names("#state", "state")
                    .expression_attribute_values(":closed", text("closed"))
                    .expression_attribute_values(":now", table.attribute(&now)?);
                let gone = table.transact_delete(&open_room_key(province));
                let closed = table.transact_put(&closed_key(now, id), &Pointer { room_id: id.clone() })?;
                Ok(vec![table.part(update.build())?, table.part(gone.build())?, table.part(closed.build())?])
            }
            _ => Ok(Vec::new()),
        }
    }
}
