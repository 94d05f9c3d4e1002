//! Limits: how often something may be done in a window of time, kept by one conditional write.

use std::time::Duration;

use ::http::{HeaderName, StatusCode, header};
use maru_lambda::Problem;

use crate::table::{Key, Outcome, Table, integer};

/// So many times per window, per subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// What is limited, snake_case; part of the key and of the headers.
    pub name: &'static str,
    /// How many times.
    pub times: u32,
    /// In how long. Windows are aligned to the Unix epoch, so that all instances agree on them.
    pub window: Duration,
}

impl Limit {
    /// Counts one use by `subject` (an account, or an address), unless the window is used up.
    ///
    /// # Errors
    /// 429 `rate_limited` with `Retry-After`, `RateLimit` and `RateLimit-Policy` headers
    /// (draft-ietf-httpapi-ratelimit-headers); a database error as a problem.
    pub async fn take(&self, table: &Table, subject: &str) -> Result<(), Problem> {
        let now = table.clock().now().as_second();
        let window = self.window.as_secs().max(1).cast_signed();
        let end = (now.div_euclid(window) + 1) * window;
        let key = Key::new(format!("LIMIT#{}#{subject}", self.name), end.to_string());
        let update = table
            .update(&key)
            .update_expression("ADD used :one SET expiresAt = :end")
            .condition_expression("attribute_not_exists(pk) OR used < :times")
            .expression_attribute_values(":one", integer(1))
            .expression_attribute_values(":end", integer(end))
            .expression_attribute_values(":times", integer(self.times));
        match table.update_if(update).await? {
            Outcome::Done(_) => Ok(()),
            Outcome::Refused(_) => Err(self.refusal(end - now)),
        }
    }

    fn refusal(&self, seconds: i64) -> Problem {
        let Self { name, times, window } = self;
        let detail = format!("At most {times} in {} s; try again in {seconds} s.", window.as_secs());
        Problem::new(StatusCode::TOO_MANY_REQUESTS, "rate_limited", detail)
            .with_header(header::RETRY_AFTER, seconds.to_string())
            .with_header(
                HeaderName::from_static("ratelimit-policy"),
                format!("\"{name}\";q={times};w={}", window.as_secs()),
            )
            .with_header(HeaderName::from_static("ratelimit"), format!("\"{name}\";r=0;t={seconds}"))
    }
}
