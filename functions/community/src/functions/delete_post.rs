//! `DELETE /posts/{postId}`: deletes one's own post.

use maru_lambda::{Call, Member, NoContent};

use super::PostPath;
use crate::error::Error;
use crate::store::Store;

pub async fn handle(store: Store, call: Call<Member, PostPath>) -> Result<NoContent, Error> {
    let post = store.post(&call.path.post_id).await?.filter(|post| post.author_id == call.caller.id);
    let post = post.ok_or(Error::NotFound)?;
    if store.withdraw(&post, None, call.request.now).await? { Ok(NoContent) } else { Err(Error::NotFound) }
}
