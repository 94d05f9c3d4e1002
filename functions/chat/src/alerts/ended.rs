//! Forgetting rooms and alerts that ended more than seven days ago.

use chat_alerts::alert::KEPT;
use jiff::{SignedDuration, Timestamp};
use maru_lambda::{Clock, ConfigurationError, Environment, FromEnvironment};
use maru_province::Province;
use maru_store::{Key, StoreError, text};
use serde::{Deserialize, Serialize};

use super::province::Pointer;
use crate::error::Error;
use crate::store::{CLOSED, Store, room_key};

/// How many rooms are looked up at a time.
const BATCH: i32 = 25;

/// When no further room is begun: two thirds of the function's time.
const LONGEST: SignedDuration = SignedDuration::from_mins(10);

/// Deletes what ended.
#[derive(Clone, Debug)]
pub struct Ended {
    store: Store,
    clock: Clock,
}

/// What was deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Deleted {
    rooms: usize,
    /// In how many provinces there were alerts to forget.
    provinces: usize,
    /// Whether rooms are left for the next time.
    more: bool,
}

#[derive(Deserialize)]
struct Closed {
    pk: String,
    sk: String,
    #[serde(flatten)]
    pointer: Pointer,
}

impl FromEnvironment for Ended {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self { store: Store::from_environment(environment)?, clock: environment.clock().clone() })
    }
}

impl Ended {
    /// Deletes the rooms that were closed more than seven days before `now`, the first one first, with all that was said
    /// in them, and forgets alerts that ended as long ago.
    ///
    /// # Errors
    /// [`Error`]: what is deleted stays deleted, and the next time goes on there.
    pub async fn delete(&self, now: Timestamp) -> Result<Deleted, Error> {
        let begun = self.clock.now();
        let mut deleted = Deleted::default();
        for province in Province::ALL {
            deleted.provinces += usize::from(self.store.forget_alerts(province, now).await?);
        }
        loop {
            let closed = self.store.closed_before(now - KEPT).await?;
            if closed.is_empty() {
                return Ok(deleted);
            }
            for Closed { pk, sk, pointer } in closed {
                if self.clock.now().duration_since(begun) > LONGEST {
                    return Ok(Deleted { more: true, ..deleted });
                }
                // The room first: whoever comes meanwhile finds none, and not one with holes.
                self.store.table().delete(&room_key(&pointer.room_id)).await?;
                self.store.clear_room(&pointer.room_id).await?;
                // The last, because by this it is found.
                self.store.table().delete(&Key::new(pk, sk)).await?;
                deleted.rooms += 1;
            }
        }
    }
}

impl Store {
    async fn closed_before(&self, before: Timestamp) -> Result<Vec<Closed>, StoreError> {
        let query = self
            .table()
            .query(CLOSED)
            .key_condition_expression("pk = :pk AND sk < :before")
            .expression_attribute_values(":before", text(format!("{before:.0}")))
            .consistent_read(true)
            .limit(BATCH);
        self.table().query_page(query).await
    }
}
