//! `GET /hub/resumes/{resumeId}/comments`: what is said about a public resume, the newest first.

use maru_lambda::{Anyone, Call, Json, Problem};
use maru_publications::Publications;
use maru_store::{ListQuery, Page};

use super::ResumePath;
use crate::comments::CommentView;
use crate::store::Store;
use maru_members::Member;

pub async fn handle(
    (store, publications): (Store, Publications),
    call: Call<Anyone, ResumePath, ListQuery>,
) -> Result<Json<Page<CommentView>>, Problem> {
    let (caller, resume) = (call.caller.id.as_deref(), &call.path.resume_id);
    let card = publications.card(resume).await?.ok_or_else(Problem::not_found)?;
    let Page { items, next_cursor } = store.comments(resume, &call.query, caller).await?;
    let authors = items.iter().map(|comment| comment.author_id.as_str());
    let people: Vec<&str> = authors.chain([card.owner_id.as_str()]).collect();
    let members = store.members().get_all(&people).await?;
    let is_closed = |id: &str| members.get(id).is_some_and(Member::is_closed);
    if is_closed(&card.owner_id) {
        return Err(Problem::not_found());
    }
    let stranger = Member::default();
    // Those of members who just left are about to be deleted.
    let items = items.into_iter().filter(|comment| !is_closed(&comment.author_id)).map(|comment| {
        let author = members.get(&comment.author_id).unwrap_or(&stranger);
        CommentView::new(comment, author, caller)
    });
    Ok(Json(Page { items: items.collect(), next_cursor }))
}
