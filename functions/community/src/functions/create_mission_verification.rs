//! `POST /missions/assignments/{assignmentId}/verify`: a job that looks at the photo that was uploaded last.

use http::StatusCode;
use maru_jobs::{Job, Joins, NewJob, Progress};
use maru_lambda::{Call, Member, Problem, Reply};
use maru_store::Attempt;

use super::AssignmentPath;
use crate::error::Error;
use crate::missions::intake::Intake;
use crate::missions::verification::{VERIFY_JOB, VerifyInput, label};

type Verifying = Call<Member, AssignmentPath>;

pub async fn handle(intake: Intake, call: Verifying) -> Result<Reply, Problem> {
    let work = async |attempt: Attempt| {
        let job = match intake.jobs.started_by(&attempt, &intake.queue).await.map_err(Error::from)? {
            Some(job) => job,
            None => start(&intake, &call, &attempt).await?,
        };
        Ok(Reply::json(StatusCode::ACCEPTED, &job.link(&intake.stream_url)))
    };
    intake.store.table().idempotent("create_mission_verification", &call.request, work).await
}

/// Starts the job, and counts the try; a photo that is looked at, or was, has its job.
async fn start(intake: &Intake, call: &Verifying, attempt: &Attempt) -> Result<Job, Error> {
    let (member, id) = (&call.caller.id, &call.path.assignment_id);
    let assignment = intake.store.open_assignment(member, id, call.request.now).await?;
    let photo = assignment.photo.as_ref().ok_or(Error::NoPhoto)?.id.clone();
    let part = intake.store.try_part(member, &assignment, &photo)?;
    let input = VerifyInput { member_id: member.clone(), assignment_id: id.clone(), photo_id: photo.clone() };
    let new = NewJob {
        id: attempt.id("job"),
        kind: VERIFY_JOB,
        account: Some(member.clone()),
        key: format!("{member}#{id}#{photo}"),
        joins: Joins::UnlessFailed,
        input: serde_json::to_string(&input)?,
        result_url: format!("/missions/mine?day={}", assignment.day),
        progress: Progress { done: 0, total: 1, label: label() },
    };
    match intake.jobs.start_with(new, vec![part]).await? {
        Ok(started) => Ok(started.brought_to(&intake.queue).await),
        Err(cancelled) => {
            let there = cancelled.failed.into_iter().next().flatten();
            Err(there.map_or(Error::Overtaken, |there| intake.store.untried(there)))
        }
    }
}
