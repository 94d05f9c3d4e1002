//! `PATCH /posts/{postId}`: changes what one's own post says. Its place stays.

use garde::Validate;
use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Json, Member};
use serde::Deserialize;

use super::PostPath;
use crate::error::Error;
use crate::posts::{Body, PostView, Title};
use crate::store::Store;

/// What is to be changed.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct UpdatePost {
    #[garde(dive)]
    #[serde(default)]
    title: Option<Title>,
    #[garde(dive)]
    #[serde(default)]
    body: Option<Body>,
}

pub async fn handle(
    store: Store,
    call: Call<Member, PostPath, Nothing, UpdatePost>,
) -> Result<Json<PostView>, Error> {
    let (caller, now) = (&call.caller.id, call.request.now);
    let changes = (call.body.title.as_ref(), call.body.body.as_ref());
    let post = store.rewrite(&call.path.post_id, caller, changes, now).await?;
    store.view(post, Some(caller)).await?.map(Json).ok_or(Error::Closed)
}
