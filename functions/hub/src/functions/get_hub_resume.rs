//! `GET /hub/resumes/{resumeId}`: a public resume with its document; counts as a view.

use maru_lambda::{Anyone, Call, Json, logs};
use maru_publications::Publications;

use super::ResumePath;
use crate::activity::ActivityQueue;
use crate::counts::Mark;
use crate::error::Error;
use crate::readers::{Reader, ResumeDetail};
use crate::store::Store;
use crate::views::Viewer;

pub async fn handle(
    (store, publications, activity): (Store, Publications, ActivityQueue),
    call: Call<Anyone, ResumePath>,
) -> Result<Json<ResumeDetail>, Error> {
    let (caller, resume, now) = (call.caller.id.as_deref(), &call.path.resume_id, call.request.now);
    let publication = publications.get(resume).await?.ok_or(Error::NotFound)?;
    let (viewer, mark) = (Viewer::new(caller, &call.request.source_ip), Mark::new(now));
    match store.view(resume, &viewer, now, &mark).await {
        Ok(true) => activity.ask(resume, &mark).await,
        Ok(false) => {}
        // Whoever wants to read shall not wait for a number.
        Err(error) => tracing::warn!(error = logs::chain(&error), "a view may not have been counted"),
    }
    let reader = Reader { store: &store, publications: &publications, caller };
    reader.detail(publication).await?.map(Json).ok_or(Error::NotFound)
}
