//! `Idempotency-Key`: the answer to a POST is given again for 24 h instead of doing the work again.
//!
//! The record follows the once-only protocol: taken with a conditional write that raises its epoch, finished
//! only by the epoch that holds it, never deleted. A holder that dies is followed after its lease by whoever
//! sends the same request again.
//!
//! The work and its kept answer are two writes, and what fails between them leaves the work done and not
//! answered. So the record also names the [`Attempt`], which a successor carries on: what it makes has the same
//! ids, and what is there already is answered, not made again.

mod answer;
mod attempt;
mod turn;

pub use attempt::Attempt;

use std::time::Duration;

use maru_lambda::http::call::Request;
use maru_lambda::{Invocation, Problem, Reply, new_id};

use crate::table::{Key, Table};
use answer::Answer;
use turn::Turn;

/// How often somebody who joined looks whether the first is done.
const LOOK: Duration = Duration::from_millis(100);

impl Table {
    /// Answers with `work`, or with the stored answer if `request` carries an `Idempotency-Key` that the same
    /// caller used for the same request of `function` before. A server error is not kept: the client's retry
    /// does the work, which may have been done without an answer. `work` takes the ids of what it makes from its
    /// attempt, and answers for what is there under them as if it had made it just now.
    ///
    /// # Errors
    /// 400 `invalid_idempotency_key`, 422 `idempotency_mismatch` when the key was used with another request,
    /// and what `work` fails with.
    pub async fn idempotent(
        &self,
        function: &'static str,
        request: &Request,
        work: impl AsyncFnOnce(Attempt) -> Result<Reply, Problem>,
    ) -> Result<Reply, Problem> {
        let now = self.clock().now();
        let Some(key) = key_of(function, request)? else {
            return Box::pin(work(Attempt::new(now))).await;
        };
        let owner = new_id("own", now);
        loop {
            match self.take_turn(&key, request, &owner).await? {
                Turn::Ours(held) => {
                    let reply = Box::pin(work(held.attempt)).await;
                    let reply = reply.unwrap_or_else(|problem| reply_of(problem, function));
                    self.finish(&key, &owner, held.epoch, &reply).await?;
                    return Ok(reply);
                }
                Turn::Done(answer) => return answer.again(),
                Turn::Wait => tokio::time::sleep(LOOK).await,
            }
        }
    }

    /// The stored answer to `request`, if it carries an `Idempotency-Key` that has one: a read, and nothing is written.
    /// For a function that refuses most requests by what it reads, before it would begin the work.
    ///
    /// # Errors
    /// As [`Self::idempotent`]'s.
    pub async fn answered(
        &self,
        function: &'static str,
        request: &Request,
    ) -> Result<Option<Reply>, Problem> {
        match key_of(function, request)? {
            Some(key) => self.stored(&key, request).await?.map(Answer::again).transpose(),
            None => Ok(None),
        }
    }
}

fn key_of(function: &str, request: &Request) -> Result<Option<Key>, Problem> {
    let Some(value) = request.headers.get("idempotency-key") else { return Ok(None) };
    let key = value
        .to_str()
        .ok()
        .filter(|key| (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()));
    let Some(key) = key else {
        let detail = "An Idempotency-Key is 1 to 255 visible ASCII characters, such as a UUID.";
        return Err(Problem::bad_request("invalid_idempotency_key", detail));
    };
    let caller = request.account.as_deref().unwrap_or(&request.source_ip);
    Ok(Some(Key::new(format!("IDEMPOTENCY#{caller}#{function}"), key)))
}

fn reply_of(problem: Problem, function: &'static str) -> Reply {
    let invocation =
        Invocation::current().unwrap_or_else(|| Invocation::new(function, "", None, jiff::Timestamp::MAX));
    problem.into_reply(&invocation)
}
