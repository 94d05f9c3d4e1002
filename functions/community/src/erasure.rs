//! What is left of a member who closed the account: nothing but the record that it was erased. A file that is sent through
//! an address given up to five minutes before the account was closed goes with the bucket's week.
//!
//! Each step counts itself in the record by the transaction that does it, so that the record is exact however
//! often it is begun again.

use std::collections::BTreeMap;

use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_members::member_key;

use crate::error::Error;
use crate::functions::create_mission_photo::ANNOUNCED;
use crate::photos::Photos;
use crate::store::{Store, assignments_partition};

/// What the record counts.
const KINDS: [&str; 4] = ["missions", "posts", "votes", "claims"];

/// The functions whose answers are kept by idempotency key.
const KEPT_ANSWERS: [&str; 8] = [
    "create_mission",
    "draw_mission",
    "create_mission_photo",
    "create_mission_verification",
    "create_post",
    "create_coupon",
    "claim_coupon",
    "use_coupon",
];

/// Erases members.
#[derive(Clone, Debug)]
pub struct Erasure {
    store: Store,
    photos: Photos,
}

impl FromEnvironment for Erasure {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self {
            store: Store::from_environment(environment)?,
            photos: Photos::from_environment(environment)?,
        })
    }
}

impl Erasure {
    /// Erases what the community has of `member`.
    ///
    /// # Errors
    /// [`Error`]: begin again, what is done stays done.
    pub async fn erase(&self, member: &str) -> Result<(), Error> {
        self.store.members().close(member).await?;
        self.store.leave_ranking(member).await?;
        let record = self.store.table().erasure(member);
        let mut what = BTreeMap::from(KINDS.map(|kind| (kind, 0)));
        what.insert(
            "missions",
            self.store.table().keys_beginning(&assignments_partition(member), "DAY#").await?.len(),
        );
        record.count(&what).await?;
        self.erase_missions(member).await?;
        self.store.erase_posts(member).await?;
        self.store.erase_votes(member).await?;
        self.store.erase_claims(member).await?;
        for function in KEPT_ANSWERS {
            let answers = format!("IDEMPOTENCY#{member}#{function}");
            self.store.table().delete_partition(&answers).await?;
        }
        // Last, so that few files are sent after that: no new address is given to a closed account.
        self.photos.delete_all(member).await?;
        Ok(record.end().await?)
    }

    /// Erases what the member drew. Which photos proved something stays known by their hashes, which name nobody and lead
    /// back to no photo: they keep a photo from being used again.
    async fn erase_missions(&self, member: &str) -> Result<(), Error> {
        let table = self.store.table();
        table.delete_partition(&assignments_partition(member)).await?;
        let days = table.keys_beginning(&member_key(member).pk, "MISSION-DAY#").await?;
        table.delete_all(days).await?;
        Ok(table.delete_partition(&format!("LIMIT#{}#{member}", ANNOUNCED.name)).await?)
    }
}
