//! How fast one asker may have interviews generated: one in five seconds, and a guest ten a day.
//!
//! Both are conditions of the transaction that starts the job, so that of many requests at once one is accepted,
//! and what is refused or joins another counts for nothing.

use std::time::Duration;

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use maru_store::{Cancelled, Key, Limit, LimitError, StoreError, Table, integer};
use serde::{Deserialize, Serialize};

use crate::asker::Asker;

/// How often an asker may have another interview generated (product: "one generation per 5 s"). Not a window that
/// begins with the clock, but the pause behind the last accepted request.
const PAUSE: Limit = Limit { name: "interviews", per: Duration::from_secs(5), most: 1 };

/// How many interviews are generated for one address of guests on a day: at most a twentieth of what all guests have
/// together, whatever a stranger sends (`tests/create_interview/guests.rs` counts it).
const GUESTS: Limit = Limit { name: "guest-interviews", per: Duration::from_hours(24), most: 10 };

/// The last request of an asker that was accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Accepted {
    /// Until when no other one is, milliseconds since the Unix epoch.
    until: i64,
    /// What equal requests have in common.
    key: String,
    job_id: String,
}

/// Why a request was refused.
#[derive(Debug)]
pub enum Refusal {
    /// It is the same as one that was accepted a moment ago: this job's.
    SameAs(String),
    /// Another was accepted a moment ago, or a guest's requests of the day are used up.
    Limit(LimitError),
    /// The member closed the account.
    MemberGone,
}

/// The parts of the transaction that starts the job `job_id`, asked for by `key`.
///
/// # Errors
/// [`StoreError`], never in practice.
pub fn parts(
    table: &Table,
    asker: &Asker,
    now: Timestamp,
    (key, job_id): (&str, &str),
) -> Result<Vec<TransactWriteItem>, StoreError> {
    let now_ms = now.as_millisecond();
    let until = now.checked_add(PAUSE.per).unwrap_or(Timestamp::MAX);
    let accepted = Accepted { until: until.as_millisecond(), key: key.to_owned(), job_id: job_id.to_owned() };
    let put = table
        .transact_put(&pace_key(asker), &accepted)?
        .item("expiresAt", integer(until.as_second() + 1))
        .condition_expression("attribute_not_exists(pk) OR #until <= :now")
        .expression_attribute_names("#until", "until")
        .expression_attribute_values(":now", integer(now_ms));
    let other = match asker {
        Asker::Member(id) => table.erasure(id).not_begun()?,
        Asker::Guest(network) => table.taken_with(&GUESTS, network, now)?,
    };
    Ok(vec![table.part(put.build())?, other])
}

/// Why the [`parts`] of a request of `asker` with this key were refused at `now`.
///
/// # Errors
/// [`StoreError::Item`] for an item that is not one of ours.
pub fn refusal(
    table: &Table,
    asker: &Asker,
    now: Timestamp,
    (key, cancelled): (&str, Cancelled),
) -> Result<Refusal, StoreError> {
    let mut failed = cancelled.failed.into_iter();
    let (standing, other) = (failed.next().flatten(), failed.next().flatten());
    let accepted: Option<Accepted> = standing.map(|item| table.decode(item)).transpose()?;
    if let Some(same) = accepted.as_ref().filter(|accepted| accepted.key == key) {
        return Ok(Refusal::SameAs(same.job_id.clone()));
    }
    // Of both, what lasts longer.
    match (accepted, other, asker) {
        (Some(accepted), None, _) => {
            let wait = (accepted.until - now.as_millisecond()).max(1).unsigned_abs();
            Ok(Refusal::Limit(LimitError::Reached { limit: PAUSE, resets_in: wait.div_ceil(1_000) }))
        }
        (_, _, Asker::Member(_)) => Ok(Refusal::MemberGone),
        (_, _, Asker::Guest(_)) => Ok(Refusal::Limit(GUESTS.reached(now))),
    }
}

/// The key of the last accepted request.
#[must_use]
pub fn pace_key(asker: &Asker) -> Key {
    Key::new(format!("PACE#{}", asker.name()), "PACE")
}
