//! `PUT /hub/resumes/{resumeId}/like`: the caller likes a resume, however often it is sent.

use maru_lambda::{Call, Json, Member};
use maru_publications::Publications;

use super::{LikeView, ResumePath};
use crate::activity::ActivityQueue;
use crate::counts::Mark;
use crate::error::Error;
use crate::likes::Change;
use crate::notices::{Kind, Notice};
use crate::store::Store;

pub async fn handle(
    (store, publications, activity): (Store, Publications, ActivityQueue),
    call: Call<Member, ResumePath>,
) -> Result<Json<LikeView>, Error> {
    let (caller, resume, mark) = (&call.caller.id, &call.path.resume_id, Mark::new(call.request.now));
    let card = publications.card(resume).await?.ok_or(Error::NotFound)?;
    let notice = Notice::new(Kind::Like, &card, caller, mark.at());
    let change = store.like(caller, resume, &mark, notice.as_ref()).await?;
    let tally = store.tally(resume).await?;
    if change == Change::Made && tally.has(&mark) {
        activity.ask(resume, &mark).await;
    }
    Ok(Json(LikeView { liked: true, likes: tally.likes }))
}
