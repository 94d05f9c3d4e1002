//! `GET /missions/mine`: what the caller drew on a day, and their points.

use community_rules::missions::slot::day_of;
use garde::Validate;
use jiff::civil::Date;
use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Json, Member};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::missions::assignment::AssignmentView;
use crate::rankings::Own;
use crate::store::Store;

/// Which day.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct DayQuery {
    /// A day in Asia/Seoul; today if not given.
    #[garde(skip)]
    #[serde(default)]
    day: Option<Date>,
}

/// The missions of a day.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MyMissions {
    day: Date,
    /// At most three, in the order of the slots.
    items: Vec<AssignmentView>,
    /// Never another page.
    next_cursor: Option<String>,
    points: u64,
    level: u64,
    progress: u64,
}

pub async fn handle(store: Store, call: Call<Member, Nothing, DayQuery>) -> Result<Json<MyMissions>, Error> {
    let (member, now) = (&call.caller.id, call.request.now);
    let day = call.query.day.unwrap_or_else(|| day_of(now));
    let items = store.assignments(member, day).await?.into_iter().map(|assignment| assignment.view(now));
    let items = items.collect();
    let Own { points, level, progress, .. } = Own::new(store.points_of(member).await?, None);
    Ok(Json(MyMissions { day, items, next_cursor: None, points, level, progress }))
}
