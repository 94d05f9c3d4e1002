//! `GET /rooms`: the rooms that are open, all of them or the one of a place.

use garde::Validate;
use maru_lambda::http::input::Nothing;
use maru_lambda::{Anyone, Call, Json, Problem};
use maru_province::Province;
use maru_store::{ListQuery, Page};
use serde::Deserialize;

use crate::alerts::{RoomView, page};
use crate::store::Store;

/// Where, and where to go on.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(deny_unknown_fields, default)]
pub struct ListRooms {
    /// Latitude in degrees, with `lon`.
    #[garde(range(min = -90.0, max = 90.0))]
    lat: Option<f64>,
    /// Longitude in degrees, with `lat`.
    #[garde(range(min = -180.0, max = 180.0))]
    lon: Option<f64>,
    #[garde(range(min = 1, max = 100))]
    limit: Option<u32>,
    #[garde(length(bytes, max = 2048))]
    cursor: Option<String>,
}

pub async fn handle(
    store: Store,
    call: Call<Anyone, Nothing, ListRooms>,
) -> Result<Json<Page<RoomView>>, Problem> {
    let ListRooms { lat, lon, limit, cursor } = call.query;
    let provinces = match (lat, lon) {
        (None, None) => Province::ALL.to_vec(),
        // Outside Korea there is no room.
        (Some(lat), Some(lon)) if lat.is_finite() && lon.is_finite() => {
            Province::at(lat, lon).into_iter().collect()
        }
        _ => {
            return Err(Problem::bad_request(
                "invalid_query",
                "Give `lat` and `lon` in degrees, or neither.",
            ));
        }
    };
    let rooms = store.open_rooms(&provinces).await?;
    let filter = provinces.iter().map(|province| province.code()).collect::<Vec<_>>().join(",");
    let list = ListQuery { limit, cursor };
    Ok(Json(page(rooms, ("list_rooms", &filter, call.caller.id.as_deref()), &list)?))
}
