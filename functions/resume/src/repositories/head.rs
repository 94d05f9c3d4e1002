//! What is stored of a list: its head, which says what there is.

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::{SignedDuration, Timestamp};
use maru_lambda::BoxError;
use maru_store::{Key, Outcome, StoreError, integer, text};
use serde::Deserialize;

use super::items::KEPT;
use super::{Snapshot, Stale};
use crate::error::Error;
use crate::github::{Fetched, GithubError, PageState};
use crate::store::{Store, github_partition};

/// How long a fetch may take before another caller takes it over, in milliseconds.
const LEASE: i64 = 30_000;

/// How long nobody asks GitHub again after it failed, unless GitHub says how long, in milliseconds.
const PAUSE: i64 = 30_000;

/// The head of a member's list. Times are in milliseconds since the Unix epoch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Head {
    /// Which copy there is.
    pub(super) generation: Option<String>,
    /// When GitHub last said that it is right.
    fetched_at: Option<i64>,
    /// When its items were written.
    written_at: Option<i64>,
    /// The pages that it came in.
    pub(super) pages: Vec<PageState>,
    /// When GitHub is asked again after it failed.
    retry_at: Option<i64>,
    /// What it failed with.
    failed_with: Option<String>,
}

impl Head {
    /// The copy that there is.
    pub(super) fn snapshot(&self, now: Timestamp) -> Option<Snapshot> {
        // A day before the first of its items may be deleted.
        let kept = !self.is_older(now, SignedDuration::from_secs(KEPT - 24 * 60 * 60));
        let generation = self.generation.clone().filter(|_| kept)?;
        let fetched_at = Timestamp::from_millisecond(self.fetched_at?).ok()?;
        Some(Snapshot { generation, fetched_at, stale: None })
    }

    /// Whether the copy was written longer than `age` ago.
    pub(super) fn is_older(&self, now: Timestamp, age: SignedDuration) -> bool {
        let written = self.written_at.unwrap_or(i64::MIN);
        now.as_millisecond().saturating_sub(written) > i64::try_from(age.as_millis()).unwrap_or(i64::MAX)
    }

    /// What GitHub failed with, if it is too early to ask again.
    pub(super) fn failure(&self, now: Timestamp) -> Option<&str> {
        self.failed_with.as_deref().filter(|_| self.retry_at.is_some_and(|at| at > now.as_millisecond()))
    }

    /// The copy that there is, though it is old.
    pub(super) fn stale(&self, now: Timestamp, reason: &str) -> Option<Snapshot> {
        let snapshot = self.snapshot(now)?;
        let retry_at = self.retry_at.and_then(|at| Timestamp::from_millisecond(at).ok());
        let retry_at = retry_at.filter(|at| *at > now);
        let stale = Stale { since: snapshot.fetched_at, reason: reason.to_owned(), retry_at };
        Some(Snapshot { stale: Some(stale), ..snapshot })
    }

    /// What GitHub failed with, for whoever comes before it is asked again.
    pub(super) fn error(&self, now: Timestamp) -> GithubError {
        match self.failed_with.as_deref() {
            Some("github_unauthorized") => GithubError::Unauthorized,
            Some("github_forbidden") => GithubError::Forbidden,
            Some("github_rate_limited") => {
                let until = self.retry_at.and_then(|at| Timestamp::from_millisecond(at).ok());
                GithubError::RateLimited { until: until.unwrap_or(now) }
            }
            _ => GithubError::Unavailable(BoxError::from("GitHub failed a moment ago")),
        }
    }
}

impl Store {
    pub(super) async fn listing_head(&self, member: &str) -> Result<Head, StoreError> {
        Ok(self.table().get(&head_key(member), true).await?.unwrap_or_default())
    }

    /// Takes the lease to fetch the list, if nobody has it and the list is still older than it should be.
    pub(super) async fn lease_listing(
        &self,
        member: &str,
        now: Timestamp,
    ) -> Result<Option<i64>, StoreError> {
        #[derive(Deserialize)]
        struct Leased {
            epoch: i64,
        }
        let stale = now.saturating_sub(super::FRESH).map_or(0, Timestamp::as_millisecond);
        let update = self
            .table()
            .update(&head_key(member))
            .update_expression("SET leaseUntil = :until, epoch = if_not_exists(epoch, :none) + :one")
            .condition_expression(
                "(attribute_not_exists(leaseUntil) OR leaseUntil <= :now) AND \
                 (attribute_not_exists(fetchedAt) OR fetchedAt <= :stale) AND \
                 (attribute_not_exists(retryAt) OR retryAt <= :now)",
            )
            .expression_attribute_values(":until", integer(now.as_millisecond() + LEASE))
            .expression_attribute_values(":now", integer(now.as_millisecond()))
            .expression_attribute_values(":stale", integer(stale))
            .expression_attribute_values(":none", integer(0))
            .expression_attribute_values(":one", integer(1));
        match self.table().update_if(update).await? {
            Outcome::Done(item) => Ok(Some(self.table().decode::<Leased>(item)?.epoch)),
            Outcome::Refused(_) => Ok(None),
        }
    }

    /// Ends the lease `epoch` well: `generation` is what there is now.
    pub(super) async fn settle_listing(
        &self,
        member: &str,
        epoch: i64,
        head: &Head,
        generation: &str,
        fetched: Vec<Fetched>,
    ) -> Result<Snapshot, Error> {
        let now = self.table().clock().now();
        let written = head.written_at.filter(|_| head.generation.as_deref() == Some(generation));
        let pages: Vec<PageState> = fetched.into_iter().map(|page| page.state).collect();
        let update = self
            .table()
            .transact_update(&head_key(member))
            .update_expression(
                "SET generation = :generation, fetchedAt = :now, writtenAt = :written, pages = :pages \
                 REMOVE leaseUntil, retryAt, failedWith",
            )
            .condition_expression("epoch = :mine")
            .expression_attribute_values(":generation", text(generation))
            .expression_attribute_values(":now", integer(now.as_millisecond()))
            .expression_attribute_values(":written", integer(written.unwrap_or(now.as_millisecond())))
            .expression_attribute_values(":pages", self.table().attribute(&pages)?)
            .expression_attribute_values(":mine", integer(epoch));
        let parts = vec![self.table().part(update.build())?, self.still_here(member)?];
        if self.table().transact(parts).await?.is_err() {
            // Another account was connected meanwhile, or the member left: nobody will look at this copy.
            if written.is_none() {
                self.delete_listing(member, generation).await?;
            }
            return Err(Error::Overtaken);
        }
        Ok(Snapshot { generation: generation.to_owned(), fetched_at: now, stale: None })
    }

    /// Ends the lease `epoch` with what GitHub failed with.
    pub(super) async fn note_failure(
        &self,
        member: &str,
        epoch: i64,
        error: &GithubError,
    ) -> Result<(), StoreError> {
        let now = self.table().clock().now().as_millisecond();
        let retry_at = match error {
            GithubError::RateLimited { until } => until.as_millisecond().max(now),
            _ => now + PAUSE,
        };
        let update = self
            .table()
            .update(&head_key(member))
            .update_expression("SET retryAt = :retry, failedWith = :code REMOVE leaseUntil")
            .condition_expression("epoch = :mine")
            .expression_attribute_values(":retry", integer(retry_at))
            .expression_attribute_values(":code", text(error.code()))
            .expression_attribute_values(":mine", integer(epoch));
        self.table().update_if(update).await.map(|_| ())
    }

    /// The write after which GitHub is asked at once, whatever it failed with: the token is a new one.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub fn forgive_listing(&self, member: &str) -> Result<TransactWriteItem, StoreError> {
        let update = self.table().transact_update(&head_key(member));
        self.table().part(update.update_expression("REMOVE retryAt, failedWith").build())
    }

    /// The write that forgets a member's list, because it is another account's now. Whoever fetches at this
    /// moment loses the lease.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub fn forget_listing(&self, member: &str) -> Result<TransactWriteItem, StoreError> {
        let update = self
            .table()
            .transact_update(&head_key(member))
            .update_expression(
                "SET epoch = if_not_exists(epoch, :none) + :one \
                 REMOVE generation, fetchedAt, writtenAt, pages, leaseUntil, retryAt, failedWith",
            )
            .expression_attribute_values(":none", integer(0))
            .expression_attribute_values(":one", integer(1));
        self.table().part(update.build())
    }
}

fn head_key(member: &str) -> Key {
    Key::new(github_partition(member), "REPOSITORIES")
}
