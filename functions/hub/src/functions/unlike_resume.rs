//! `DELETE /hub/resumes/{resumeId}/like`: the caller likes a resume no more, however often it is sent.

use maru_lambda::{Call, Json, Member};
use maru_publications::Publications;

use super::{LikeView, ResumePath};
use crate::activity::ActivityQueue;
use crate::counts::Mark;
use crate::error::Error;
use crate::likes::Change;
use crate::store::Store;

pub async fn handle(
    (store, publications, activity): (Store, Publications, ActivityQueue),
    call: Call<Member, ResumePath>,
) -> Result<Json<LikeView>, Error> {
    let (resume, mark) = (&call.path.resume_id, Mark::new(call.request.now));
    // A like can be taken back from what is private by now; only its count is then nobody's business.
    let change = store.unlike(&call.caller.id, resume, &mark).await?;
    let (card, tally) = futures::join!(publications.card(resume), store.tally(resume));
    let tally = tally?;
    if change == Change::Made && tally.has(&mark) {
        activity.ask(resume, &mark).await;
    }
    card?.map(|_| Json(LikeView { liked: false, likes: tally.likes })).ok_or(Error::NotFound)
}
