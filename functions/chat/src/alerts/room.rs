//! The rooms, as alerts open and close them.

use std::collections::{BTreeMap, HashMap};

use chat_alerts::kind::{Kind, Level};
use jiff::Timestamp;
use maru_province::Province;
use maru_store::{Key, StoreError};
use serde::{Deserialize, Serialize};

use super::listing::{Named, ProvinceView, WarningView};
use super::province::Pointer;
use crate::store::{Store, open_room_key, room_key};

/// A room as it is stored; what is said in it keeps its sequence in the same item.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Room {
    id: String,
    province: Province,
    name: String,
    state: String,
    opened_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    closed_at: Option<Timestamp>,
    alerts: Vec<Warning>,
}

/// The gravest level of a kind in the room's province.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Warning {
    kind: Kind,
    level: Level,
}

/// A room as everybody sees it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RoomView {
    id: String,
    province: ProvinceView,
    /// Such as `서울 호우경보 채팅방`.
    name: String,
    state: String,
    opened_at: Timestamp,
    /// What is warned of in the province.
    alerts: Vec<WarningView>,
}

impl Room {
    /// A room that opens.
    #[must_use]
    pub fn open(
        id: &str,
        province: Province,
        name: String,
        gravest: &BTreeMap<Kind, Level>,
        opened_at: Timestamp,
    ) -> Self {
        let (state, alerts) = ("open".to_owned(), Self::warnings(gravest));
        Self { id: id.to_owned(), province, name, state, opened_at, closed_at: None, alerts }
    }

    /// What is warned of, as a room keeps it.
    #[must_use]
    pub fn warnings(gravest: &BTreeMap<Kind, Level>) -> Vec<Warning> {
        gravest.iter().map(|(kind, level)| Warning { kind: *kind, level: *level }).collect()
    }
}

impl From<Room> for RoomView {
    fn from(room: Room) -> Self {
        let Room { id, province, name, state, opened_at, closed_at: _, alerts } = room;
        let alerts =
            alerts.into_iter().map(|warning| WarningView::new(warning.kind, warning.level)).collect();
        Self { id, province: province.into(), name, state, opened_at, alerts }
    }
}

impl Named for RoomView {
    /// In the order of their provinces: each has one.
    fn name(&self) -> String {
        self.province.code.to_owned()
    }
}

impl Store {
    /// The rooms of `provinces` that are open, in their order.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn open_rooms(&self, provinces: &[Province]) -> Result<Vec<RoomView>, StoreError> {
        let keys = provinces.iter().copied().map(open_room_key).collect();
        let open: Vec<Pointer> = self.table().get_all(keys, true).await?;
        let keys: Vec<Key> = open.iter().map(|open| room_key(&open.room_id)).collect();
        let rooms: Vec<Room> = self.table().get_all(keys, true).await?;
        let mut by_province: HashMap<Province, Room> = HashMap::new();
        // One that was closed between the two reads is open no more.
        let open = rooms.into_iter().filter(|room| room.closed_at.is_none());
        by_province.extend(open.map(|room| (room.province, room)));
        Ok(provinces.iter().filter_map(|province| by_province.remove(province)).map(RoomView::from).collect())
    }
}
