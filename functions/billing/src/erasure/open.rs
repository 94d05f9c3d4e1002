//! The erasures that are not over: each is found again until it is.

use jiff::{SignedDuration, Timestamp};
use maru_lambda::logs;
use maru_store::{StoreError, text};
use serde::{Deserialize, Serialize};

use super::{Eraser, Progress};
use crate::error::Error;
use crate::store::{Due, ERASURES, Store, open_erasure_key, second};

/// When an erasure that waits, or whose function died, is gone on with.
const AGAIN: SignedDuration = SignedDuration::from_mins(5);

/// How many erasures one run goes on with.
const LOOK: i32 = 25;

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ErasuresFinished {
    /// How many members are erased now.
    erased: usize,
    /// How many have to wait.
    waiting: usize,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Open {
    member_id: String,
    #[serde(flatten, default)]
    due: Option<Due>,
}

impl Eraser {
    /// Goes on with all erasures that are not over, the longest overdue first.
    ///
    /// # Errors
    /// [`Error`], the last one: the others were gone on with.
    pub async fn go_on_with_all(&self) -> Result<ErasuresFinished, Error> {
        let (mut done, mut failed) = (ErasuresFinished::default(), None);
        for Open { member_id, .. } in self.store.open_erasures(self.store.now()).await? {
            match self.go_on(&member_id).await {
                Ok(Progress::Erased) => done.erased += 1,
                Ok(Progress::Waiting) => done.waiting += 1,
                Err(error) => {
                    tracing::error!(member.id = member_id, error = logs::chain(&error), "not erased");
                    self.store.postpone_erasure(&member_id).await?;
                    failed = Some(error);
                }
            }
        }
        failed.map_or(Ok(done), Err)
    }
}

impl Store {
    /// Notes that `member` is to be erased, so that it is found until it is done.
    pub(super) async fn open_erasure(&self, member: &str) -> Result<(), StoreError> {
        let open = Open { member_id: member.to_owned(), due: Some(Due::erasure(self.now() + AGAIN)) };
        self.table().put_new(&open_erasure_key(member), &open).await.map(|_| ())
    }

    /// Lets an erasure wait.
    pub(super) async fn postpone_erasure(&self, member: &str) -> Result<(), StoreError> {
        let Due { due, .. } = Due::erasure(self.now() + AGAIN);
        let update = self
            .table()
            .update(&open_erasure_key(member))
            .update_expression("SET due = :due")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":due", text(due));
        // Refused when somebody else has finished it.
        self.table().update_if(update).await.map(|_| ())
    }

    /// Nothing of the erasure is left to do.
    pub(super) async fn close_erasure(&self, member: &str) -> Result<(), StoreError> {
        self.table().delete(&open_erasure_key(member)).await
    }

    async fn open_erasures(&self, now: Timestamp) -> Result<Vec<Open>, StoreError> {
        let query = self
            .table()
            .query(ERASURES)
            .index_name("byDue")
            .key_condition_expression("duePartition = :pk AND due <= :now")
            .expression_attribute_values(":now", text(second(now)))
            .limit(LOOK);
        self.table().query_page(query).await
    }
}
