//! `GET /missions/mine`: what the caller drew on a day, and their points.

use garde::Validate;
use jiff::civil::Date;
use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Json, Member, Problem, day_in_seoul};
use maru_store::{ListQuery, Page};
use serde::{Deserialize, Serialize};

use crate::missions::assignment::AssignmentView;
use crate::rankings::Own;
use crate::store::Store;

/// Which day, and where to go on.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct DayQuery {
    /// A day in Asia/Seoul; today if not given.
    #[garde(skip)]
    #[serde(default)]
    day: Option<Date>,
    #[garde(range(min = 1, max = 100))]
    #[serde(default)]
    limit: Option<u32>,
    #[garde(length(bytes, max = 2048))]
    #[serde(default)]
    cursor: Option<String>,
}

/// The missions of a day.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MyMissions {
    day: Date,
    /// Of the day at most three, in the order of the slots.
    #[serde(flatten)]
    page: Page<AssignmentView>,
    points: u64,
    level: u64,
    progress: u64,
}

pub async fn handle(
    store: Store,
    call: Call<Member, Nothing, DayQuery>,
) -> Result<Json<MyMissions>, Problem> {
    let (member, now) = (&call.caller.id, call.request.now);
    let DayQuery { day, limit, cursor } = call.query;
    let day = day.unwrap_or_else(|| day_in_seoul(now));
    let page = store.assignments_page(member, day, &ListQuery { limit, cursor }).await?;
    let page = page.map(|assignment| assignment.view(now));
    let Own { points, level, progress, .. } = Own::new(store.points_of(member).await?, None);
    Ok(Json(MyMissions { day, page, points, level, progress }))
}
