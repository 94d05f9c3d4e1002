//! `GET /posts`: what was said within some distance of a place, the newest first.

use community_rules::cells::LARGEST_RADIUS;
use community_rules::place::Place;
use garde::Validate;
use maru_lambda::http::input::Nothing;
use maru_lambda::{Anyone, Call, FieldError, Json, Problem};
use maru_store::{ListQuery, Page};
use serde::Deserialize;

use crate::posts::{Near, PostView};
use crate::store::Store;

/// Around where, how far, and where to go on.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct ListPosts {
    /// Degrees; checked together with `lon`.
    #[garde(skip)]
    lat: f64,
    #[garde(skip)]
    lon: f64,
    /// In metres.
    #[garde(custom(near_enough))]
    #[serde(default = "largest_radius")]
    radius: f64,
    #[garde(range(min = 1, max = 100))]
    #[serde(default)]
    limit: Option<u32>,
    #[garde(length(bytes, max = 2048))]
    #[serde(default)]
    cursor: Option<String>,
}

const fn largest_radius() -> f64 {
    LARGEST_RADIUS
}

fn near_enough(radius: &f64, (): &()) -> garde::Result {
    // What is not a number is in no range.
    let near = (0.0..=LARGEST_RADIUS).contains(radius);
    if near { Ok(()) } else { Err(garde::Error::new("must be 0 to 5000 metres")) }
}

pub async fn handle(
    store: Store,
    call: Call<Anyone, Nothing, ListPosts>,
) -> Result<Json<Page<PostView>>, Problem> {
    let ListPosts { lat, lon, radius, limit, cursor } = call.query;
    let place = Place::new(lat, lon).map_err(|error| {
        let wrong = FieldError { pointer: error.pointer().to_owned(), message: error.to_string() };
        Problem::bad_request("invalid_query", "The request breaks a rule.").with_errors(vec![wrong])
    })?;
    let (near, list) = (Near { place, radius }, ListQuery { limit, cursor });
    Ok(Json(store.posts_near(&near, &list, call.caller.id.as_deref()).await?))
}
