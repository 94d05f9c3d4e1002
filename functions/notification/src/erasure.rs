//! What is left of a member who closed the account: nothing but the record that it was erased.
//!
//! The member's own notifications are deleted. In those of others the member's name is taken away and the number
//! stays. What remains for the rest of its ninety days is that an id, which names nobody any more, was told of
//! something.
//!
//! Each step counts itself in the record by the transaction that does it, so that the record is exact however
//! often it is begun again.

use maru_store::{Key, StoreError, text};
use serde::Deserialize;

use crate::store::{Store, acted_key, acted_partition, inbox_partition, notification_key, windows_partition};

/// How many items are read at a time.
const BATCH: i32 = 100;

/// What the record counts: deleted notifications, and those of others in which a name was taken away.
const KINDS: [&str; 2] = ["notifications", "mentions"];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    pk: String,
    sk: String,
    recipient_id: Option<String>,
}

impl Store {
    /// Erases what is known of `member`, and the name in what others were told.
    ///
    /// # Errors
    /// [`StoreError`]: begin again, what is done stays done.
    pub async fn erase(&self, member: &str) -> Result<(), StoreError> {
        self.close(member).await?;
        let record = self.table().erasure(member);
        record.count(&KINDS.map(|kind| (kind, 0)).into()).await?;
        self.erase_inbox(member).await?;
        self.erase_mentions(member).await?;
        self.erase_windows(member).await?;
        record.end().await
    }

    async fn erase_inbox(&self, member: &str) -> Result<(), StoreError> {
        loop {
            let found = self.first(&inbox_partition(member)).await?;
            if found.is_empty() {
                return Ok(());
            }
            for Found { pk, sk, .. } in found {
                let delete = self.table().transact_delete(&Key::new(pk, sk));
                let delete = delete.condition_expression("attribute_exists(pk)").build();
                let writes =
                    vec![self.table().part(delete)?, self.table().erasure(member).one_more("notifications")?];
                // Refused when the same event is handled twice at once.
                let _ = self.table().transact(writes).await?;
            }
        }
    }

    async fn erase_mentions(&self, member: &str) -> Result<(), StoreError> {
        loop {
            let found = self.first(&acted_partition(member)).await?;
            if found.is_empty() {
                return Ok(());
            }
            for Found { sk: notification, recipient_id, .. } in found {
                if let Some(recipient) = recipient_id {
                    self.forget_actor(&recipient, &notification, member).await?;
                }
                let delete = self.table().transact_delete(&acted_key(member, &notification));
                let delete = delete.condition_expression("attribute_exists(pk)").build();
                let writes =
                    vec![self.table().part(delete)?, self.table().erasure(member).one_more("mentions")?];
                let _ = self.table().transact(writes).await?;
            }
        }
    }

    async fn erase_windows(&self, member: &str) -> Result<(), StoreError> {
        loop {
            let found = self.first(&windows_partition(member)).await?;
            if found.is_empty() {
                return Ok(());
            }
            self.table().delete_all(found.into_iter().map(|found| Key::new(found.pk, found.sk))).await?;
        }
    }

    /// Takes the name out of a notification, if it is this member whom it names.
    async fn forget_actor(&self, recipient: &str, notification: &str, actor: &str) -> Result<(), StoreError> {
        let update = self
            .table()
            .update(&notification_key(recipient, notification))
            .update_expression("REMOVE actorId, actorNickname")
            .condition_expression("actorId = :actor")
            .expression_attribute_values(":actor", text(actor));
        self.table().update_if(update).await.map(|_| ())
    }

    async fn first(&self, partition: &str) -> Result<Vec<Found>, StoreError> {
        let query = self.table().query(partition).projection_expression("pk, sk, recipientId");
        self.table().query_page(query.consistent_read(true).limit(BATCH)).await
    }
}
