//! What of a day was looked at, and what was not.

use std::collections::{BTreeSet, HashSet};

use jiff::civil::Date;
use maru_store::{Item, Key, StoreError};
use serde::{Deserialize, Serialize};

use crate::store::{
    SHARDS, Store, check_partition, expires_at, ledger_partition, reconciled_partition, shard,
};

/// Something that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// An entry of the ledger, by its name.
    Entry(String),
    /// An order that was not paid.
    Order(String),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Marked {
    expires_at: i64,
}

#[derive(Deserialize)]
struct Listed {
    sk: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Unpaid {
    order_id: String,
}

impl Mark {
    fn key(&self, day: Date) -> Key {
        let (order, sort) = match self {
            Self::Entry(name) => (order_of(name), format!("ENTRY#{name}")),
            Self::Order(order) => (order.as_str(), format!("ORDER#{order}")),
        };
        Key::new(reconciled_partition(day, shard(order)), sort)
    }
}

impl Store {
    /// Notes what of `day` was looked at.
    ///
    /// # Errors
    /// [`StoreError`]: some may be noted.
    pub async fn mark(&self, day: Date, marks: &[Mark]) -> Result<(), StoreError> {
        let marked = Marked { expires_at: expires_at(self.now()) };
        let items = marks.iter().map(|mark| self.table().encode(&mark.key(day), &marked));
        let items: Vec<Item> = items.collect::<Result<_, _>>()?;
        self.table().put_all(items).await
    }

    /// The orders with an entry in the ledger of `day` that was not looked at.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn unreconciled(&self, day: Date) -> Result<BTreeSet<String>, StoreError> {
        let mut orders = BTreeSet::new();
        for shard in 0..SHARDS {
            let marked = self.marked(day, shard).await?;
            for name in self.names(&ledger_partition(day, shard)).await? {
                if !marked.contains(&format!("ENTRY#{name}")) {
                    orders.insert(order_of(&name).to_owned());
                }
            }
        }
        Ok(orders)
    }

    /// The orders begun on `day` that were not paid and not looked at.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn unchecked(&self, day: Date) -> Result<Vec<String>, StoreError> {
        let mut marked = HashSet::new();
        for shard in 0..SHARDS {
            marked.extend(self.marked(day, shard).await?);
        }
        let query = self
            .table()
            .query(&check_partition(day))
            .index_name("byDue")
            .key_condition_expression("duePartition = :pk")
            .projection_expression("orderId");
        let unpaid: Vec<Unpaid> = self.table().query_all(query).await?;
        let orders = unpaid.into_iter().map(|unpaid| unpaid.order_id);
        Ok(orders.filter(|order| !marked.contains(&format!("ORDER#{order}"))).collect())
    }

    /// How many entries of the ledger of `day` were looked at.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn reconciled(&self, day: Date) -> Result<usize, StoreError> {
        let mut entries = 0;
        for shard in 0..SHARDS {
            let marked = self.marked(day, shard).await?;
            entries += marked.iter().filter(|mark| mark.starts_with("ENTRY#")).count();
        }
        Ok(entries)
    }

    async fn marked(&self, day: Date, shard: u8) -> Result<HashSet<String>, StoreError> {
        Ok(self.names(&reconciled_partition(day, shard)).await?.into_iter().collect())
    }

    async fn names(&self, partition: &str) -> Result<Vec<String>, StoreError> {
        let query = self.table().query(partition).projection_expression("sk").consistent_read(true);
        let listed: Vec<Listed> = self.table().query_all(query).await?;
        Ok(listed.into_iter().map(|each| each.sk).collect())
    }
}

/// The order of an entry's name: of `<order>`, or `<order>#<refund>`.
fn order_of(name: &str) -> &str {
    name.split_once('#').map_or(name, |(order, _)| order)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_mark_stands_beside_those_of_its_order() {
        let day = date(2027, 1, 31);
        let marks =
            [Mark::Entry("ord_1".into()), Mark::Entry("ord_1#ref_1".into()), Mark::Order("ord_1".into())];
        let keys = marks.map(|mark| mark.key(day));
        assert!(keys.iter().all(|key| key.pk == keys[0].pk), "{keys:?}");
        let sorts: Vec<&str> = keys.iter().map(|key| key.sk.as_str()).collect();
        assert_eq!(sorts, ["ENTRY#ord_1", "ENTRY#ord_1#ref_1", "ORDER#ord_1"]);
    }
}
