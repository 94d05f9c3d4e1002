//! `PUT /posts/{postId}/vote`: the caller's vote on a post, however often it is sent.

use community_rules::vote::Choice;
use garde::Validate;
use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Json, Member};
use serde::Deserialize;

use super::PostPath;
use crate::error::Error;
use crate::posts::VoteView;
use crate::store::Store;

/// What the vote is to be.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct VotePost {
    #[garde(skip)]
    vote: Choice,
}

pub async fn handle(
    store: Store,
    call: Call<Member, PostPath, Nothing, VotePost>,
) -> Result<Json<VoteView>, Error> {
    let (post, caller) = (&call.path.post_id, &call.caller.id);
    if store.post(post).await?.is_none() {
        return Err(Error::NotFound);
    }
    Ok(Json(store.vote(post, caller, call.body.vote.into(), call.request.now).await?))
}
