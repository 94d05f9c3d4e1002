//! `POST /missions/draw`: draws a mission that fits the weather, once per slot and day.

use community_rules::missions::slot::Slot;
use garde::Validate;
use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Created, Member, Problem, Reply};
use maru_store::Attempt;
use serde::Deserialize;

use crate::missions::drawing::Drawing;

/// Which slot of today.
#[derive(Clone, Copy, Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct DrawMission {
    #[garde(skip)]
    slot: Slot,
}

pub async fn handle(
    drawing: Drawing,
    call: Call<Member, Nothing, Nothing, DrawMission>,
) -> Result<Reply, Problem> {
    let now = call.request.now;
    let work = async |attempt: Attempt| {
        let drawn = drawing.draw(&call.caller.id, call.body.slot, &attempt.id("asg"), now).await?;
        Ok(Created(drawn.view(now)).into())
    };
    drawing.store().table().idempotent("draw_mission", &call.request, work).await
}
