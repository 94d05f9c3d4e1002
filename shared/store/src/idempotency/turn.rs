//! Whose turn it is: one request under a key does the work, the others wait for its answer.

use ::http::StatusCode;
use jiff::Timestamp;
use maru_lambda::http::call::Request;
use maru_lambda::{Problem, Reply};
use serde::Deserialize;

use super::answer::Answer;
use super::attempt::Attempt;
use crate::table::{Key, Outcome, Table, integer, text};
use crate::{Item, StoreError};

/// For how long an answer is kept, in seconds.
const KEPT: i64 = 24 * 60 * 60;

/// How long a holder may work before another takes over: the longest time-out of an HTTP function.
const LEASE_MILLISECONDS: i64 = 30_000;

/// The item of a key.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    fingerprint: String,
    /// The attempt's id: written with a key that is new, and by nobody after.
    attempt: String,
    owner: String,
    epoch: i64,
    lease_until: i64,
    expires_at: i64,
    answer: Option<Answer>,
}

impl Record {
    fn check(&self, request: &Request) -> Result<(), Problem> {
        if self.fingerprint == request.fingerprint {
            return Ok(());
        }
        Err(Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "idempotency_mismatch",
            "This Idempotency-Key was used for another request; choose a new one.",
        ))
    }
}

/// What a request is to do.
pub(super) enum Turn {
    /// The work is ours.
    Ours(Held),
    /// It is done: here is the answer.
    Done(Answer),
    /// Another is at it.
    Wait,
}

/// That the work is ours, under this epoch.
pub(super) struct Held {
    pub(super) epoch: i64,
    pub(super) attempt: Attempt,
}

impl Table {
    /// Takes the key if it is new, or if whoever had it gave up.
    pub(super) async fn take_turn(&self, key: &Key, request: &Request, owner: &str) -> Result<Turn, Problem> {
        let now = self.clock().now();
        let attempt = Attempt::new(now);
        let record: Record = match self.begin(key, request, owner, (&attempt, now)).await? {
            Outcome::Done(item) => return self.ours(item, attempt),
            Outcome::Refused(Some(item)) => self.decode(item)?,
            // Deleted between the condition and now by its expiry: the next look takes it.
            Outcome::Refused(None) => return Ok(Turn::Wait),
        };
        if record.owner == owner {
            // Refused though the owner is us: the first answer of our own write was lost.
            return Ok(Turn::Ours(Held { epoch: record.epoch, attempt }));
        }
        record.check(request)?;
        match record.answer {
            Some(answer) => Ok(Turn::Done(answer)),
            None if record.lease_until > now.as_millisecond() => Ok(Turn::Wait),
            None => self.take_over(key, record, owner, now).await,
        }
    }

    /// The answer that is stored under a key, if it is one to `request`.
    pub(super) async fn stored(&self, key: &Key, request: &Request) -> Result<Option<Answer>, Problem> {
        let record: Option<Record> = self.get(key, true).await?;
        let known = record.filter(|record| record.expires_at > self.clock().now().as_second());
        let Some(record) = known else { return Ok(None) };
        record.check(request)?;
        Ok(record.answer)
    }

    /// Begins `attempt` under a key that is new, or was forgotten.
    async fn begin(
        &self,
        key: &Key,
        request: &Request,
        owner: &str,
        (attempt, now): (&Attempt, Timestamp),
    ) -> Result<Outcome<Item>, StoreError> {
        let update = self
            .update(key)
            .update_expression(
                "SET epoch = if_not_exists(epoch, :zero) + :one, #owner = :owner, attempt = :attempt, \
                 fingerprint = :fingerprint, leaseUntil = :until, expiresAt = :expires REMOVE answer",
            )
            .condition_expression("attribute_not_exists(pk) OR expiresAt <= :seconds")
            .expression_attribute_names("#owner", "owner")
            .expression_attribute_values(":zero", integer(0))
            .expression_attribute_values(":one", integer(1))
            .expression_attribute_values(":owner", text(owner))
            .expression_attribute_values(":attempt", text(attempt.stored()))
            .expression_attribute_values(":fingerprint", text(&request.fingerprint))
            .expression_attribute_values(":seconds", integer(now.as_second()))
            .expression_attribute_values(":until", integer(now.as_millisecond() + LEASE_MILLISECONDS))
            .expression_attribute_values(":expires", integer(now.as_second() + KEPT));
        self.update_if(update).await
    }

    /// Carries on what the holder that `seen` names left unanswered.
    async fn take_over(&self, key: &Key, seen: Record, owner: &str, now: Timestamp) -> Result<Turn, Problem> {
        let update = self
            .update(key)
            .update_expression(
                "SET epoch = epoch + :one, #owner = :owner, leaseUntil = :until, expiresAt = :expires",
            )
            .condition_expression("epoch = :seen AND attribute_not_exists(answer)")
            .expression_attribute_names("#owner", "owner")
            .expression_attribute_values(":one", integer(1))
            .expression_attribute_values(":seen", integer(seen.epoch))
            .expression_attribute_values(":owner", text(owner))
            .expression_attribute_values(":until", integer(now.as_millisecond() + LEASE_MILLISECONDS))
            .expression_attribute_values(":expires", integer(now.as_second() + KEPT));
        let attempt = Attempt::carried_on(seen.attempt, now);
        match self.update_if(update).await? {
            Outcome::Done(item) => self.ours(item, attempt),
            // The first answer of our own write was lost.
            Outcome::Refused(Some(item)) if item.get("owner") == Some(&text(owner)) => {
                self.ours(item, attempt)
            }
            // Another was faster: the next look tells what it does.
            Outcome::Refused(_) => Ok(Turn::Wait),
        }
    }

    fn ours(&self, item: Item, attempt: Attempt) -> Result<Turn, Problem> {
        let Record { epoch, lease_until, .. } = self.decode(item)?;
        tracing::debug!(epoch, lease_until, repeated = attempt.is_repeated(), "the work is ours");
        Ok(Turn::Ours(Held { epoch, attempt }))
    }

    /// Keeps `reply`, or lets go of the work if it is to be done again.
    pub(super) async fn finish(
        &self,
        key: &Key,
        owner: &str,
        epoch: i64,
        reply: &Reply,
    ) -> Result<(), StoreError> {
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
