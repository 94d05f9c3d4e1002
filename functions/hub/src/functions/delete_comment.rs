//! `DELETE /hub/comments/{commentId}`: deletes one's own comment, or one on one's own resume.

use maru_lambda::{Call, Member, NoContent};

use super::CommentPath;
use crate::error::Error;
use crate::store::Store;

pub async fn handle(store: Store, call: Call<Member, CommentPath>) -> Result<NoContent, Error> {
    let (caller, comment) = (&call.caller.id, &call.path.comment_id);
    let place = store.place(comment).await?;
    // Whose resume it is decides what stands under it.
    let place = place.filter(|place| [&place.author_id, &place.owner_id].contains(&caller));
    let place = place.ok_or(Error::NotFound)?;
    if store.delete(comment, &place, None).await? { Ok(NoContent) } else { Err(Error::NotFound) }
}
