//! The repositories that a member may pick: a copy of GitHub's list that is at most an hour old, if GitHub can
//! be reached.
//!
//! Whoever finds the copy too old takes a lease with a conditional write and asks GitHub; whoever comes
//! meanwhile waits for what the first one gets, so that two callers at once are one fetch. A page that has not
//! changed is not sent again (`ETag`). When GitHub fails, the old copy is served and says since when and why;
//! until GitHub's own time to wait, or for half a minute, nobody asks again.

mod head;
mod items;
mod pick;

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, Problem, new_id};
use maru_store::{ListQuery, Page, Scope};
use maru_vault::Vault;
use serde::Serialize;
use tokio::time::Instant;

use crate::error::Error;
use crate::github::{Connection, Fetched, Github, GithubError, Listed, Patience, fetch_listing};
use crate::store::{Store, github_partition};
use head::Head;

/// How old a copy may be.
const FRESH: SignedDuration = SignedDuration::from_hours(1);

/// From this age on a copy is fetched whole, because its items are deleted a month after they were written.
const REWRITTEN: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How long GitHub may take in all while somebody waits who has an older copy to look at.
const PATIENT: Duration = Duration::from_secs(8);

/// How long it may take while somebody waits who has nothing yet.
const VERY_PATIENT: Duration = Duration::from_secs(20);

/// How often somebody who waits for another's fetch looks.
const LOOK: Duration = Duration::from_millis(50);

/// The lists, and what is needed to fetch them.
#[derive(Clone, Debug)]
pub struct Repositories {
    store: Store,
    github: Github,
    vault: Vault,
}

/// A copy of a member's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// Names it among the copies of the member.
    generation: String,
    /// As when it is.
    pub fetched_at: Timestamp,
    /// Why it is older than it should be.
    pub stale: Option<Stale>,
}

/// Why a copy is older than it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Stale {
    /// As when the list is.
    pub since: Timestamp,
    /// What GitHub failed with, a stable word.
    pub reason: String,
    /// When GitHub will be asked again.
    pub retry_at: Option<Timestamp>,
}

impl FromEnvironment for Repositories {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self {
            store: Store::from_environment(environment)?,
            github: Github::from_environment(environment)?,
            vault: Vault::from_environment(environment)?,
        })
    }
}

impl Repositories {
    /// The resume table.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The copy of `member`'s list, brought up to date first if it is over an hour old.
    ///
    /// # Errors
    /// [`Error::NotConnected`] for a member without a GitHub account, [`Error::Github`] when GitHub fails and
    /// there is no copy.
    pub async fn current(&self, member: &str) -> Result<Snapshot, Error> {
        let connection = self.store.github_connection(member).await?.ok_or(Error::NotConnected)?;
        let begun = Instant::now();
        loop {
            let head = self.store.listing_head(member).await?;
            let now = self.store.table().clock().now();
            if let Some(snapshot) = head
                .snapshot(now)
                .filter(|it| it.fetched_at.saturating_add(FRESH).is_ok_and(|until| until > now))
            {
                return Ok(snapshot);
            }
            if let Some(failed) = head.failure(now) {
                return head.stale(now, failed).ok_or_else(|| Error::Github { error: head.error(now), now });
            }
            if let Some(epoch) = self.store.lease_listing(member, now).await? {
                return Box::pin(self.refresh(&connection, &head, epoch)).await;
            }
            let patience = if head.snapshot(now).is_some() { PATIENT } else { VERY_PATIENT };
            if begun.elapsed() > patience {
                return head.stale(now, "github_slow").ok_or(Error::Overtaken);
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// A page of the copy.
    ///
    /// # Errors
    /// 400 `invalid_cursor`, also for a cursor of an older copy; or the database's as a problem.
    pub async fn page(
        &self,
        member: &str,
        snapshot: &Snapshot,
        list: &ListQuery,
    ) -> Result<Page<Listed>, Problem> {
        let partition = github_partition(member);
        let scope = Scope::new("list_github_repositories", &snapshot.generation, member, &partition);
        let query = self.store.items_of(member, &snapshot.generation);
        self.store.table().page(query, list, &scope).await
    }

    /// Asks GitHub under the lease `epoch`.
    async fn refresh(&self, connection: &Connection, head: &Head, epoch: i64) -> Result<Snapshot, Error> {
        let member = connection.connected.user_id.as_str();
        let now = self.store.table().clock().now();
        let known = head.snapshot(now).filter(|_| !head.is_older(now, REWRITTEN));
        let pages = if known.is_some() { head.pages.as_slice() } else { &[] };
        let patience = if known.is_some() { PATIENT } else { VERY_PATIENT };
        let fetched = match connection.token(&self.vault).await? {
            Some(token) => {
                let session = self.github.with_token(&token, Patience::Short);
                let fetched = tokio::time::timeout(patience, fetch_listing(&session, pages)).await;
                fetched.unwrap_or_else(|elapsed| Err(GithubError::Unavailable(elapsed.into())))
            }
            None => Err(GithubError::Unauthorized),
        };
        match fetched {
            Ok(fetched) => {
                let generation = match known.filter(|_| is_unchanged(&fetched, pages.len())) {
                    Some(known) => known.generation,
                    None => self.write(member, head, &fetched).await?,
                };
                self.store.settle_listing(member, epoch, head, &generation, fetched).await
            }
            Err(error) => {
                tracing::warn!(code = error.code(), "the list of repositories could not be fetched");
                self.store.note_failure(member, epoch, &error).await?;
                head.stale(now, error.code()).ok_or(Error::Github { error, now })
            }
        }
    }

    /// Writes a new copy: pages as they came, and those that have not changed out of the old copy.
    async fn write(&self, member: &str, head: &Head, fetched: &[Fetched]) -> Result<String, Error> {
        let now = self.store.table().clock().now();
        let generation = new_id("gen", now);
        let unchanged = fetched.iter().any(|page| page.repositories.is_none());
        let old = match &head.generation {
            Some(generation) if unchanged => self.store.listing(member, generation).await?,
            _ => Vec::new(),
        };
        let mut begin = 0;
        let mut listed: Vec<Listed> = Vec::new();
        for (page, place) in fetched.iter().zip(0..) {
            match &page.repositories {
                Some(repositories) => listed.extend(repositories.iter().cloned()),
                None => listed.extend(old.iter().skip(begin).take(page.state.count).cloned()),
            }
            begin += head.pages.get(place).map_or(0, |page| page.count);
        }
        self.store.put_listing(member, &generation, &listed).await?;
        Ok(generation)
    }
}

fn is_unchanged(fetched: &[Fetched], known: usize) -> bool {
    fetched.len() == known && fetched.iter().all(|page| page.repositories.is_none())
}
