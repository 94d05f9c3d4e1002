//! What an `Idempotency-Key` stands for: one attempt to do something, however many requests it takes.

use jiff::Timestamp;
use maru_lambda::{made_at, new_id};

/// The prefix of an attempt's own id.
const PREFIX: &str = "att";

/// An attempt to do the work of a request. Requests that follow one another under one `Idempotency-Key` (the
/// answer was lost, the function died) carry on the same attempt; a request without a key is one of its own.
///
/// The ids of what the work makes come from here. So whatever an earlier request left behind has the id that
/// this one would give, and a condition (`attribute_not_exists`) keeps it from being made twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    id: String,
    begun_at: Timestamp,
    repeated: bool,
}

impl Attempt {
    /// A new attempt.
    pub(super) fn new(now: Timestamp) -> Self {
        let id = new_id(PREFIX, now);
        Self { begun_at: made_at(&id).unwrap_or(now), id, repeated: false }
    }

    /// The attempt `id`, carried on at `now`.
    pub(super) fn carried_on(id: String, now: Timestamp) -> Self {
        Self { begun_at: made_at(&id).unwrap_or(now), id, repeated: true }
    }

    /// When its first request came, to the millisecond: the same for each request of the attempt, and the time that is in
    /// its ids. What is sorted by its id and shows its time takes it from here.
    #[must_use]
    pub fn begun_at(&self) -> Timestamp {
        self.begun_at
    }

    /// As stored: the same for each request of the attempt.
    pub(super) fn stored(&self) -> &str {
        &self.id
    }

    /// The id of what the attempt makes of a kind, such as `cmt_01JZ…` for `cmt`: the same for each request of
    /// the attempt, and of no other.
    #[must_use]
    pub fn id(&self, prefix: &str) -> String {
        self.id.replacen(PREFIX, prefix, 1)
    }

    /// Whether a request went before, which may have done the work or be at it still: it is worth looking for
    /// what it made. That there is nothing yet does not mean that there will be nothing.
    #[must_use]
    pub fn is_repeated(&self) -> bool {
        self.repeated
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_attempt_differ_by_kind_alone_and_those_of_two_altogether() {
        let (one, other) = (Attempt::new(Timestamp::UNIX_EPOCH), Attempt::new(Timestamp::UNIX_EPOCH));
        let (comment, job) = (one.id("cmt"), one.id("job"));
        assert_eq!(comment.strip_prefix("cmt_").unwrap(), job.strip_prefix("job_").unwrap());
        assert_ne!(comment, other.id("cmt"));
        let carried_on = Attempt::carried_on(one.stored().to_owned(), Timestamp::now());
        assert_eq!(carried_on.begun_at(), Timestamp::UNIX_EPOCH);
        assert_eq!((carried_on.id("cmt"), carried_on.is_repeated()), (comment, true));
    }
}
