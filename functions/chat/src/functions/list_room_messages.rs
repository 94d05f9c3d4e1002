//! `GET /rooms/{roomId}/messages`: what was said in a room, open or closed.

use garde::Validate;
use maru_lambda::{Call, Json, Member, Problem};
use serde::Deserialize;

use crate::rooms::{Listed, Which};
use crate::store::Store;

/// How many messages are given when the client does not say: those that are there at once for whoever joins.
const DEFAULT: u32 = 100;

/// Which room.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
pub struct RoomPath {
    #[garde(length(bytes, min = 1, max = 100))]
    room_id: String,
}

/// Which messages.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct ListRoomMessages {
    /// The first ones after this sequence.
    #[garde(range(max = chat_rules::frames::MOST_SEQUENCE))]
    after: Option<u64>,
    /// The last ones before this sequence.
    #[garde(range(min = 1, max = chat_rules::frames::MOST_SEQUENCE))]
    before: Option<u64>,
    #[garde(range(min = 1, max = 100))]
    limit: Option<u32>,
}

pub async fn handle(
    store: Store,
    call: Call<Member, RoomPath, ListRoomMessages>,
) -> Result<Json<Listed>, Problem> {
    let ListRoomMessages { after, before, limit } = call.query;
    let which = match (after, before) {
        (None, None) => Which::Newest,
        (Some(after), None) => Which::After(after),
        (None, Some(before)) => Which::Before(before),
        (Some(_), Some(_)) => {
            return Err(Problem::bad_request("invalid_query", "Give `after` or `before`, not both."));
        }
    };
    let limit = limit.unwrap_or(DEFAULT);
    Ok(Json(store.list(&call.path.room_id, which, limit, &call.caller.id).await?))
}
