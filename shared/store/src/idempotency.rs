//! `Idempotency-Key`: the answer to a POST is given again for 24 h instead of doing the work again.
//!
//! The record follows the once-only protocol: taken with a conditional write that raises its epoch, finished
//! only by the epoch that holds it, never deleted. A holder that dies is followed after its lease by whoever
//! sends the same request again.

use std::time::Duration;

use ::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use maru_lambda::http::call::Request;
use maru_lambda::{Invocation, Problem, Reply, new_id};
use serde::{Deserialize, Serialize};

use crate::table::{Key, Outcome, Table, integer, text};
use crate::{Item, StoreError};

/// For how long an answer is kept, in seconds.
const KEPT: i64 = 24 * 60 * 60;

/// How long a holder may work before another takes over: the longest time-out of an HTTP function.
const LEASE_MILLISECONDS: i64 = 30_000;

/// How often somebody who joined looks whether the first is done.
const LOOK: Duration = Duration::from_millis(100);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    fingerprint: String,
    owner: String,
    epoch: i64,
    lease_until: i64,
    answer: Option<Answer>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

enum Turn {
    /// The work is ours, under this epoch.
    Ours(i64),
    /// It is done: here is the answer.
    Done(Answer),
    /// Another is at it.
    Wait,
}

impl Table {
    /// Answers with `work`, or with the stored answer if `request` carries an `Idempotency-Key` that the same
    /// caller used for the same request of `function` before. A server error is not kept: the client's retry
    /// does the work.
    ///
    /// # Errors
    /// 400 `invalid_idempotency_key`, 422 `idempotency_mismatch` when the key was used with another request,
    /// and what `work` fails with.
    pub async fn idempotent(
        &self,
        function: &'static str,
        request: &Request,
        work: impl Future<Output = Result<Reply, Problem>>,
    ) -> Result<Reply, Problem> {
        let Some(key) = key_of(function, request)? else { return work.await };
        let owner = new_id("own", self.clock().now());
        loop {
            match self.take_turn(&key, request, &owner).await? {
                Turn::Ours(epoch) => {
                    let reply = work.await.unwrap_or_else(|problem| reply_of(problem, function));
                    self.finish(&key, &owner, epoch, &reply).await?;
                    return Ok(reply);
                }
                Turn::Done(answer) => return replayed(answer),
                Turn::Wait => tokio::time::sleep(LOOK).await,
            }
        }
    }

    async fn take_turn(&self, key: &Key, request: &Request, owner: &str) -> Result<Turn, Problem> {
        let now = self.clock().now();
        let update = self
            .update(key)
            .update_expression(
                "SET epoch = if_not_exists(epoch, :zero) + :one, #owner = :owner, fingerprint = :fingerprint, \
                 leaseUntil = :until, expiresAt = :expires REMOVE answer",
            )
            .condition_expression(
                "attribute_not_exists(pk) OR expiresAt <= :seconds OR \
                 (attribute_not_exists(answer) AND leaseUntil <= :now AND fingerprint = :fingerprint)",
            )
            .expression_attribute_names("#owner", "owner")
            .expression_attribute_values(":zero", integer(0))
            .expression_attribute_values(":one", integer(1))
            .expression_attribute_values(":owner", text(owner))
            .expression_attribute_values(":fingerprint", text(&request.fingerprint))
            .expression_attribute_values(":now", integer(now.as_millisecond()))
            .expression_attribute_values(":seconds", integer(now.as_second()))
            .expression_attribute_values(":until", integer(now.as_millisecond() + LEASE_MILLISECONDS))
            .expression_attribute_values(":expires", integer(now.as_second() + KEPT));
        let (item, done) = match self.update_if(update).await? {
            Outcome::Done(item) => (item, true),
            Outcome::Refused(Some(item)) => (item, false),
            // Deleted between the condition and now by its expiry: the next look takes it.
            Outcome::Refused(None) => return Ok(Turn::Wait),
        };
        self.judge(item, done, request, owner)
    }

    fn judge(&self, item: Item, done: bool, request: &Request, owner: &str) -> Result<Turn, Problem> {
        let record: Record = self.decode(item)?;
        if done || record.owner == owner {
            // Refused though the owner is us: the first answer of our own write was lost.
            return Ok(Turn::Ours(record.epoch));
        }
        if record.fingerprint != request.fingerprint {
            return Err(Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "idempotency_mismatch",
                "This Idempotency-Key was used for another request; choose a new one.",
            ));
        }
        tracing::debug!(lease_until = record.lease_until, "an equal request is at work or done");
        Ok(record.answer.map_or(Turn::Wait, Turn::Done))
    }

    async fn finish(&self, key: &Key, owner: &str, epoch: i64, reply: &Reply) -> Result<(), StoreError> {
        let update = self
            .update(key)
            .condition_expression("#owner = :owner AND epoch = :epoch")
            .expression_attribute_names("#owner", "owner")
            .expression_attribute_values(":owner", text(owner))
            .expression_attribute_values(":epoch", integer(epoch));
        let passing = reply.status.is_server_error() || reply.status == StatusCode::TOO_MANY_REQUESTS;
        let update = if passing {
            update
                .update_expression("SET leaseUntil = :over")
                .expression_attribute_values(":over", integer(0))
        } else {
            let answer = self.attribute(&Answer::of(reply))?;
            update.update_expression("SET answer = :answer").expression_attribute_values(":answer", answer)
        };
        // Refused when a successor has it by now; its answer is then the one that is kept.
        self.update_if(update).await.map(|_| ())
    }
}

impl Answer {
    fn of(reply: &Reply) -> Self {
        let headers = reply.headers.iter();
        let headers =
            headers.filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())));
        Self {
            status: reply.status.as_u16(),
            headers: headers.collect(),
            body: String::from_utf8_lossy(&reply.body).into_owned(),
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

fn replayed(answer: Answer) -> Result<Reply, Problem> {
    let status = StatusCode::from_u16(answer.status).map_err(Problem::internal)?;
    let mut headers = HeaderMap::new();
    for (name, value) in &answer.headers {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(Problem::internal)?;
        headers.append(name, HeaderValue::from_str(value).map_err(Problem::internal)?);
    }
    headers.insert(HeaderName::from_static("idempotency-replayed"), HeaderValue::from_static("true"));
    Ok(Reply { status, headers, body: answer.body.into() })
}
