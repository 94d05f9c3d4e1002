//! `POST /admin/missions`: makes a mission, which can be drawn from now on.

use community_rules::missions::kind::Kind;
use community_rules::missions::points;
use garde::Validate;
use maru_document::rules::{filled, line};
use maru_lambda::http::input::Nothing;
use maru_lambda::{Admin, Call, Created, Problem, Reply};
use maru_store::Attempt;
use serde::Deserialize;

use crate::missions::{Content, Mission};
use crate::store::Store;

/// What the mission is to be.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct CreateMission {
    #[garde(length(chars, max = 40), custom(line), custom(filled))]
    name: String,
    #[garde(length(chars, max = 300), custom(line), custom(filled))]
    description: String,
    /// What the picture must show.
    #[garde(length(chars, max = 300), custom(line), custom(filled))]
    question: String,
    #[garde(skip)]
    kind: Kind,
    #[garde(range(min = 1, max = points::MOST))]
    points: u32,
}

pub async fn handle(
    store: Store,
    call: Call<Admin, Nothing, Nothing, CreateMission>,
) -> Result<Reply, Problem> {
    let work = async |attempt: Attempt| {
        let CreateMission { name, description, question, kind, points } = call.body.clone();
        let content = Content { name, description, question, kind, points };
        let mission = Mission::new(attempt.id("mis"), content, attempt.begun_at());
        Ok(Created(store.create_mission(mission).await?).into())
    };
    store.table().idempotent("create_mission", &call.request, work).await
}
