//! What an answer of GitHub's means, by GitHub's own rules ("Rate limits for the REST API", "Troubleshooting
//! the REST API").

use std::time::Duration;

use http::StatusCode;
use jiff::Timestamp;
use maru_partner::{Answer, Failure, PartnerError};
use serde::Deserialize;

use super::GithubError;

/// How long is waited after a secondary limit that does not say how long: "at least one minute", and then
/// "an exponentially increasing amount of time".
pub(super) const SECONDARY_PAUSE: Duration = Duration::from_secs(60);

#[derive(Deserialize)]
struct Message {
    #[serde(default)]
    message: String,
}

/// Whether a moment later the same request may be answered: an error of GitHub's own, statistics that it is
/// still counting (202), or a limit that soon passes. A spent hour (`x-ratelimit-remaining: 0`)
/// is not worth waiting for, and a 403 that speaks of no limit is a permission.
pub(super) fn is_passing(answer: &Answer) -> bool {
    answer.status.is_server_error()
        || answer.status == StatusCode::ACCEPTED
        || (is_limit_or_permission(answer) && asked_pause(answer, 1).is_some())
}

/// How long to wait after the attempt of this number (from 1), if the answer asks for that: what it says, or the
/// rule for a secondary limit that says nothing.
pub(super) fn asked_pause(answer: &Answer, attempt: u32) -> Option<Duration> {
    let doubled = || SECONDARY_PAUSE.saturating_mul(1_u32.checked_shl(attempt - 1).unwrap_or(u32::MAX));
    answer.retry_after().or_else(|| is_secondary(answer).then(doubled))
}

fn is_limit_or_permission(answer: &Answer) -> bool {
    matches!(answer.status, StatusCode::FORBIDDEN | StatusCode::TOO_MANY_REQUESTS)
}

/// Whether it is a limit, but not the hourly one, whose requests are used up.
fn is_secondary(answer: &Answer) -> bool {
    is_limit_or_permission(answer)
        && answer.number("x-ratelimit-remaining") != Some(0)
        && (answer.status == StatusCode::TOO_MANY_REQUESTS || speaks_of_a_limit(answer))
}

fn speaks_of_a_limit(answer: &Answer) -> bool {
    let message = answer.json::<Message>().map(|body| body.message.to_lowercase()).unwrap_or_default();
    message.contains("rate limit") || message.contains("abuse")
}

/// The answer itself if it is one, else what it means.
pub(super) fn judge(answer: Answer, now: Timestamp) -> Result<Answer, GithubError> {
    match answer.status {
        StatusCode::OK | StatusCode::NOT_MODIFIED => Ok(answer),
        StatusCode::UNAUTHORIZED => Err(GithubError::Unauthorized),
        StatusCode::FORBIDDEN | StatusCode::TOO_MANY_REQUESTS => Err(limit(&answer, now)),
        StatusCode::NOT_FOUND | StatusCode::GONE | StatusCode::UNAVAILABLE_FOR_LEGAL_REASONS => {
            Err(GithubError::NotFound)
        }
        StatusCode::CONFLICT => Err(GithubError::Empty),
        status => Err(GithubError::Contract(format!("status {status}").into())),
    }
}

/// What a call that gave no answer means.
pub(super) fn failed(error: PartnerError, now: Timestamp) -> GithubError {
    match error {
        PartnerError::Unavailable { last: Failure::Answered(answer), .. }
            if !answer.status.is_server_error() =>
        {
            judge(*answer, now).err().unwrap_or_else(|| GithubError::Unavailable("no answer".into()))
        }
        PartnerError::Unavailable { last: Failure::Silent(left), .. } => limited_for(left, now),
        error @ (PartnerError::Unavailable { .. } | PartnerError::Client { .. }) => {
            GithubError::Unavailable(error.into())
        }
        error => GithubError::Contract(error.into()),
    }
}

/// A 403 or 429: which limit, and until when; or a permission.
fn limit(answer: &Answer, now: Timestamp) -> GithubError {
    if let Some(pause) = asked_pause(answer, 1) {
        return limited_for(pause, now);
    }
    if answer.number("x-ratelimit-remaining") == Some(0) {
        let reset = answer.number("x-ratelimit-reset").and_then(|seconds| i64::try_from(seconds).ok());
        let until = reset.and_then(|seconds| Timestamp::from_second(seconds).ok());
        return until.map_or_else(
            || limited_for(SECONDARY_PAUSE, now),
            |until| GithubError::RateLimited { until: until.max(now) },
        );
    }
    GithubError::Forbidden
}

fn limited_for(pause: Duration, now: Timestamp) -> GithubError {
    now.checked_add(pause)
        .map_or(GithubError::Unavailable("no such time".into()), |until| GithubError::RateLimited { until })
}
