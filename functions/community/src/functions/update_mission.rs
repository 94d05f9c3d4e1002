//! `PATCH /admin/missions/{missionId}`: changes a mission for those who draw it from now on.

use community_rules::missions::kind::Kind;
use community_rules::missions::points;
use garde::Validate;
use maru_document::rules::{filled, line};
use maru_lambda::http::input::Nothing;
use maru_lambda::{Admin, Call, Json};
use serde::Deserialize;

use super::MissionPath;
use crate::error::Error;
use crate::missions::Mission;
use crate::missions::catalogue::Change;
use crate::store::Store;

/// What is to be changed.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct UpdateMission {
    #[garde(inner(length(chars, max = 40), custom(line), custom(filled)))]
    #[serde(default)]
    name: Option<String>,
    #[garde(inner(length(chars, max = 300), custom(line), custom(filled)))]
    #[serde(default)]
    description: Option<String>,
    #[garde(inner(length(chars, max = 300), custom(line), custom(filled)))]
    #[serde(default)]
    question: Option<String>,
    #[garde(skip)]
    #[serde(default)]
    kind: Option<Kind>,
    #[garde(inner(range(min = 1, max = points::MOST)))]
    #[serde(default)]
    points: Option<u32>,
}

pub async fn handle(
    store: Store,
    call: Call<Admin, MissionPath, Nothing, UpdateMission>,
) -> Result<Json<Mission>, Error> {
    let UpdateMission { name, description, question, kind, points } = call.body;
    let change = Change { name, description, question, kind, points };
    Ok(Json(store.update_mission(&call.path.mission_id, change, call.request.now).await?))
}
