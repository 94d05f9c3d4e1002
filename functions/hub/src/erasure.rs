//! What is left of a member who closed the account: nothing but the record that it was erased.
//!
//! Likes are taken back, so that counts stay true. Comments are deleted, being the member's own words. The
//! member's resumes leave the lists, and what others said about them, which nobody could reach any more, goes
//! too. The likes of others stay theirs: each names an id that leads nowhere. Who viewed what is kept as a hash,
//! for an hour.
//!
//! Each step counts itself in the record by the transaction that does it, so that the record is exact however
//! often it is begun again.

use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_store::StoreError;
use serde::Deserialize;

use crate::activity::ActivityQueue;
use crate::comments::limit_partitions;
use crate::counts::Mark;
use crate::error::Error;
use crate::remains::Remains;
use crate::store::{Store, author_partition, likes_partition, owner_key, owner_partition};

/// How many items are read at a time.
const BATCH: i32 = 100;

/// What the record counts.
const KINDS: [&str; 3] = ["likes", "comments", "resumes"];

/// Erases members.
#[derive(Clone, Debug)]
pub struct Erasure {
    store: Store,
    remains: Remains,
    activity: ActivityQueue,
}

#[derive(Deserialize)]
struct SortKey {
    sk: String,
}

impl FromEnvironment for Erasure {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self {
            store: Store::from_environment(environment)?,
            remains: Remains::from_environment(environment)?,
            activity: ActivityQueue::from_environment(environment)?,
        })
    }
}

impl Erasure {
    /// Erases what the hub has of `member`.
    ///
    /// # Errors
    /// [`Error`]: begin again, what is done stays done.
    pub async fn erase(&self, member: &str) -> Result<(), Error> {
        self.store.members().close(member).await?;
        let record = self.store.table().erasure(member);
        record.count(&KINDS.map(|kind| (kind, 0)).into()).await?;
        self.erase_likes(member).await?;
        self.erase_comments(member).await?;
        self.erase_resumes(member).await?;
        let answers = format!("IDEMPOTENCY#{member}#create_comment");
        for partition in limit_partitions(member).chain([answers]) {
            self.store.table().delete_partition(&partition).await?;
        }
        Ok(record.end().await?)
    }

    async fn erase_likes(&self, member: &str) -> Result<(), Error> {
        loop {
            let likes = self.first(&likes_partition(member)).await?;
            if likes.is_empty() {
                return Ok(());
            }
            for resume in likes {
                let mark = Mark::new(self.store.table().clock().now());
                let mut writes = self.store.unlike_parts(member, &resume, &mark)?;
                writes.push(self.store.table().erasure(member).one_more("likes")?);
                // Refused when the member's own last request took the like back.
                if self.store.table().transact(writes).await?.is_ok() {
                    self.activity.ask(&resume, &mark).await;
                }
            }
        }
    }

    async fn erase_comments(&self, member: &str) -> Result<(), Error> {
        loop {
            let comments = self.first(&author_partition(member)).await?;
            if comments.is_empty() {
                return Ok(());
            }
            for comment in comments {
                if let Some(place) = self.store.place(&comment).await? {
                    let counted = self.store.table().erasure(member).one_more("comments")?;
                    self.store.delete(&comment, &place, Some(counted)).await?;
                }
            }
        }
    }

    async fn erase_resumes(&self, member: &str) -> Result<(), Error> {
        loop {
            let resumes = self.first(&owner_partition(member)).await?;
            if resumes.is_empty() {
                return Ok(());
            }
            for resume in resumes {
                self.remains.clear(&resume).await?;
                let table = self.store.table();
                let pointer = table.transact_delete(&owner_key(member, &resume));
                let pointer = pointer.condition_expression("attribute_exists(pk)").build();
                // Refused when the same event is handled twice at once.
                let writes = vec![table.part(pointer)?, table.erasure(member).one_more("resumes")?];
                let _ = table.transact(writes).await?;
            }
        }
    }

    /// The first sort keys of a partition.
    async fn first(&self, partition: &str) -> Result<Vec<String>, StoreError> {
        let query = self.store.table().query(partition).projection_expression("sk");
        let query = query.consistent_read(true).limit(BATCH);
        let keys: Vec<SortKey> = self.store.table().query_page(query).await?;
        Ok(keys.into_iter().map(|key| key.sk).collect())
    }
}
