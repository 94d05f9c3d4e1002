//! Counting what there is of a member into the record, and deleting it.

use std::collections::BTreeMap;

use maru_store::{Key, StoreError};
use serde::Deserialize;

use crate::store::{Due, SETTLE_REFUNDS, Store, member_partition, order_key, payments_partition};

/// The functions whose answers are kept by idempotency key.
const KEPT_ANSWERS: [&str; 2] = ["create_checkout", "create_refund"];

#[derive(Deserialize)]
struct Listed {
    /// The order.
    sk: String,
    #[serde(flatten, default)]
    due: Option<Due>,
}

impl Store {
    /// Whether a refund to `member` is not settled. None begins any more once the record is there.
    pub(super) async fn has_open_refund(&self, member: &str) -> Result<bool, StoreError> {
        let payments = self.listed(member).await?;
        Ok(payments
            .iter()
            .any(|each| each.due.as_ref().is_some_and(|due| due.due_partition == SETTLE_REFUNDS)))
    }

    /// Deletes everything of `member`, after it was counted into the record.
    pub(super) async fn erase(&self, member: &str) -> Result<(), StoreError> {
        let record = self.table().erasure(member);
        let orders: Vec<Key> = self.listed(member).await?.iter().map(|each| order_key(&each.sk)).collect();
        record.count(&self.count(member, &orders).await?).await?;
        // The payments last: they are what names the orders.
        self.table().delete_all(orders).await?;
        self.table().delete_partition(&member_partition(member)).await?;
        for partition in answers(member) {
            self.table().delete_partition(&partition).await?;
        }
        self.table().delete_partition(&payments_partition(member)).await?;
        record.end().await
    }

    /// How much there is of `member`, by kind.
    async fn count(&self, member: &str, orders: &[Key]) -> Result<BTreeMap<&'static str, usize>, StoreError> {
        let own = self.table().keys_of(&member_partition(member)).await?;
        let charges = own.iter().filter(|key| key.sk.starts_with("CHARGE#")).count();
        let subscriptions = own.iter().filter(|key| key.sk == "SUBSCRIPTION").count();
        let mut kept = 0;
        for partition in answers(member) {
            kept += self.table().keys_of(&partition).await?.len();
        }
        Ok(BTreeMap::from([
            ("subscription", subscriptions),
            ("charges", charges),
            ("payments", orders.len()),
            ("answers", kept),
        ]))
    }

    async fn listed(&self, member: &str) -> Result<Vec<Listed>, StoreError> {
        let query = self.table().query(&payments_partition(member));
        let query = query.projection_expression("sk, duePartition, due").consistent_read(true);
        self.table().query_all(query).await
    }
}

fn answers(member: &str) -> [String; 2] {
    KEPT_ANSWERS.map(|function| format!("IDEMPOTENCY#{member}#{function}"))
}
