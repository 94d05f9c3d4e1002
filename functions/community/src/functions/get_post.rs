//! `GET /posts/{postId}`: one post.

use maru_lambda::{Anyone, Call, Json};

use super::PostPath;
use crate::error::Error;
use crate::posts::PostView;
use crate::store::Store;

pub async fn handle(store: Store, call: Call<Anyone, PostPath>) -> Result<Json<PostView>, Error> {
    let post = store.post(&call.path.post_id).await?.ok_or(Error::NotFound)?;
    store.view(post, call.caller.id.as_deref()).await?.map(Json).ok_or(Error::NotFound)
}
