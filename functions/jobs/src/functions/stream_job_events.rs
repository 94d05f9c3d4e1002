//! `GET /jobs/{jobId}/events`: the log of a job, as it is written and from any point.

use garde::Validate;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use maru_jobs::{Job, Jobs};
use maru_lambda::http::call::Request;
use maru_lambda::http::input::Nothing;
use maru_lambda::{Anyone, Call, Clock, Invocation, Problem, StreamReply};
use serde::Deserialize;

use crate::server_sent_events::follow;

/// From where on, and by which right.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(deny_unknown_fields, default)]
pub struct StreamQuery {
    /// Only events after this number; `Last-Event-ID` says the same and goes before.
    #[garde(skip)]
    after: Option<u64>,
    /// The token of the job's `streamUrl`; without it, the owner's access token is needed.
    #[garde(length(bytes, max = 200))]
    token: Option<String>,
}

pub async fn handle(
    (jobs, clock): (Jobs, Clock),
    call: Call<Anyone, Nothing, StreamQuery>,
) -> Result<StreamReply, Problem> {
    let id = job_id(&call.request.raw_path).ok_or_else(Problem::not_found)?;
    let job = jobs.find(id).await?.filter(|job| may_watch(job, &call)).ok_or_else(Problem::not_found)?;
    let after = after(&call.request, call.query.after)?;
    if job.status.has_ended() && after >= job.last_event {
        // Nothing will ever come: 204 tells an EventSource to stop reconnecting (HTML standard §9.2.3).
        let body = Box::pin(futures::stream::empty());
        return Ok(StreamReply { status: StatusCode::NO_CONTENT, headers: HeaderMap::new(), body });
    }
    let deadline = Invocation::current().map_or(jiff::Timestamp::MAX, |invocation| invocation.deadline);
    let body = Box::pin(follow(jobs, job.id, after, clock, deadline));
    Ok(StreamReply { status: StatusCode::OK, headers: headers(), body })
}

/// A function URL has no routes, so the id is read from the path here.
fn job_id(path: &str) -> Option<&str> {
    let id = path.strip_prefix("/jobs/")?.strip_suffix("/events")?;
    (!id.is_empty() && id.len() <= 100 && !id.contains('/')).then_some(id)
}

fn may_watch(job: &Job, call: &Call<Anyone, Nothing, StreamQuery>) -> bool {
    let owner = call.caller.id.is_some() && call.caller.id == job.account;
    owner || job.has_token(call.query.token.as_deref())
}

fn after(request: &Request, query: Option<u64>) -> Result<u64, Problem> {
    match request.header("last-event-id") {
        None | Some("") => Ok(query.unwrap_or(0)),
        Some(id) => id.parse().map_err(|_| {
            Problem::bad_request(
                "invalid_last_event_id",
                "Last-Event-ID is the number of an event of this job.",
            )
        }),
    }
}

fn headers() -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // The capability is in the URL: it must not travel on in a Referer.
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_job_is_read_from_the_path() {
        assert_eq!(job_id("/jobs/job_1/events"), Some("job_1"));
        for wrong in ["/jobs//events", "/jobs/a/b/events", "/jobs/job_1", "/", "/x/jobs/job_1/events"] {
            assert_eq!(job_id(wrong), None, "{wrong}");
        }
    }
}
