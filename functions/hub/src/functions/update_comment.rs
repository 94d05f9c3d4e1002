//! `PATCH /hub/comments/{commentId}`: changes what one's own comment says.

use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Json, Member};
use maru_publications::Publications;

use super::CommentPath;
use crate::comments::{CommentView, Content};
use crate::error::Error;
use crate::store::Store;

pub async fn handle(
    (store, publications): (Store, Publications),
    call: Call<Member, CommentPath, Nothing, Content>,
) -> Result<Json<CommentView>, Error> {
    let (caller, comment) = (&call.caller.id, &call.path.comment_id);
    let place = store.place(comment).await?.filter(|place| place.author_id == *caller);
    let place = place.ok_or(Error::NotFound)?;
    let (card, member) =
        futures::try_join!(publications.card(&place.resume_id), store.members().get(caller))?;
    if card.is_none() {
        return Err(Error::NotFound);
    }
    if member.is_closed() {
        return Err(Error::Closed);
    }
    let comment = store.rewrite(&place.resume_id, comment, &call.body.content, call.request.now).await?;
    Ok(Json(CommentView::new(comment, &member, Some(caller))))
}
