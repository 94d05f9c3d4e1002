//! `POST /hub/resumes/{resumeId}/comments`: says something about a public resume.

use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Created, Member, Problem, Reply};
use maru_publications::Publications;
use maru_store::Attempt;

use super::ResumePath;
use crate::activity::ActivityQueue;
use crate::comments::{Comment, CommentView, Content, allow};
use crate::counts::Mark;
use crate::error::Error;
use crate::notices::{Kind, Notice};
use crate::store::Store;

pub async fn handle(
    (store, publications, activity): (Store, Publications, ActivityQueue),
    call: Call<Member, ResumePath, Nothing, Content>,
) -> Result<Reply, Problem> {
    let work = async |attempt: Attempt| {
        let comment = Comment {
            id: attempt.id("cmt"),
            resume_id: call.path.resume_id.clone(),
            author_id: call.caller.id.clone(),
            content: call.body.content.clone(),
            created_at: call.request.now,
            edited_at: None,
        };
        let mark = Mark::new(call.request.now);
        let before =
            if attempt.is_repeated() { store.comment(&comment.resume_id, &comment.id).await? } else { None };
        let (comment, member) = futures::try_join!(
            async {
                match before {
                    Some(comment) => Ok(comment),
                    None => create(&store, &publications, comment, &mark).await,
                }
            },
            async { Ok(store.members().get(&call.caller.id).await?) },
        )?;
        activity.ask(&comment.resume_id, &mark).await;
        Ok(Created(CommentView::new(comment, &member, Some(&call.caller.id))).into())
    };
    store.table().idempotent("create_comment", &call.request, work).await
}

/// Writes the comment, and gives it as it stands.
async fn create(
    store: &Store,
    publications: &Publications,
    comment: Comment,
    mark: &Mark,
) -> Result<Comment, Error> {
    let Comment { resume_id, author_id, created_at, .. } = &comment;
    let card = publications.card(resume_id).await?.ok_or(Error::NotFound)?;
    allow(store, author_id, *created_at).await?;
    let notice = Notice::new(Kind::Comment, &card, author_id, *created_at);
    store.write(comment, &card.owner_id, notice.as_ref(), mark).await
}
