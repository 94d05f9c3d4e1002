//! The billing table.
//!
//! | access | key |
//! |---|---|
//! | a member's subscription, the present or the last one | `pk = MEMBER#<member>, sk = SUBSCRIPTION` |
//! | the charge of one of its periods | `pk = MEMBER#<member>, sk = CHARGE#<subscription>#<first day>` |
//! | the order that is opening a subscription now | `pk = MEMBER#<member>, sk = OPENING` |
//! | a member's payments, the newest first | `pk = PAYMENTS#<member>, sk = <order>`, backwards |
//! | an order: one visit to the payment page | `pk = ORDER#<order>, sk = ORDER` |
//! | the ledger of a day | `pk = LEDGER#<day>#<0–7>, sk = <order>`, and `<order>#<refund>` |
//! | the nights of renewals | `pk = NIGHTS, sk = <day>` |
//! | what a night has to do, and what it did | `pk = NIGHT#<day>#<0–7>, sk = PLANNED#<member>`, `DONE#<member>` |
//! | what of a day was reconciled | `pk = RECONCILED#<day>#<0–7>, sk = ENTRY#<name in the ledger>`, `ORDER#<order>` |
//! | what reconciliation found | `pk = DIFFERENCES#<day>, sk = <order>#<kind>` |
//! | subscriptions that are due on a day | index `byDue`: `duePartition = DAY#<day>`, `due = <member>` |
//! | what has to be settled, the longest overdue first | index `byDue`: `duePartition = SETTLE#<0–7>`, `due = <second>` |
//! | orders being approved or unknown, the longest overdue first | index `byDue`: `duePartition = SETTLE_ORDERS`, `due = <second>` |
//! | payments with a refund that has to be settled | index `byDue`: `duePartition = SETTLE_REFUNDS`, `due = <second>` |
//! | orders that were not paid, to be reconciled | index `byDue`: `duePartition = CHECK#<day>`, `due = <order>` |
//! | that a member is gone, and what was erased | `pk = ERASURE#<member>, sk = RECORD` |
//! | that the erasure is not over | `pk = ERASURE#<member>, sk = OPEN`; index `byDue`: `duePartition = ERASURES`, `due = <second>` |
//!
//! A subscription that is not over is in exactly one place of the index: under the day on which something is due,
//! or, while it is being charged, its charge under what has to be settled. So nothing is ever looked for by a scan,
//! and nothing that a dead worker left is forgotten. Limits and the answers kept under `Idempotency-Key` are those
//! of `maru_store`. Days are calendar days in Asia/Seoul.

use jiff::{SignedDuration, Timestamp, civil::Date};
use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_store::{Key, Table};

/// For how long is kept what is of no use once it was looked at: a night's list, an order that was not paid.
const KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Over how many partitions is spread what many write at once.
pub const SHARDS: u8 = 8;

/// The partition of the index with the orders that have to be settled: few, each an approval that is under way or
/// whose answer was lost.
pub const SETTLE_ORDERS: &str = "SETTLE_ORDERS";

/// The partition of the index with the payments of which a refund has to be settled: few, as the orders above.
pub const SETTLE_REFUNDS: &str = "SETTLE_REFUNDS";

/// The partition of the index with the erasures that are not over.
pub const ERASURES: &str = "ERASURES";

/// The billing table. What is done with it stands in the module of each concern.
#[derive(Clone, Debug)]
pub struct Store {
    table: Table,
}

impl FromEnvironment for Store {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self { table: Table::open(environment, "BILLING_TABLE")? })
    }
}

impl Store {
    /// The table itself, for what `maru_store` does.
    #[must_use]
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.table.clock().now()
    }
}

/// Where an item stands in the index `byDue`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Due {
    /// The partition.
    pub due_partition: String,
    /// The place in it.
    pub due: String,
}

impl Due {
    /// A subscription of `member` is due on `day`.
    #[must_use]
    pub fn on(day: Date, member: &str) -> Self {
        Self { due_partition: due_day(day), due: member.to_owned() }
    }

    /// Something of `member` has to be looked at again from `moment` on.
    #[must_use]
    pub fn settle(moment: Timestamp, member: &str) -> Self {
        Self { due_partition: settle_partition(shard(member)), due: second(moment) }
    }

    /// An order that is being approved, or of which nobody knows, has to be looked at from `moment` on.
    #[must_use]
    pub fn settle_order(moment: Timestamp) -> Self {
        Self { due_partition: SETTLE_ORDERS.to_owned(), due: second(moment) }
    }

    /// A payment with a refund of which nobody knows has to be looked at from `moment` on.
    #[must_use]
    pub fn settle_refund(moment: Timestamp) -> Self {
        Self { due_partition: SETTLE_REFUNDS.to_owned(), due: second(moment) }
    }

    /// An erasure has to be gone on with from `moment` on.
    #[must_use]
    pub fn erasure(moment: Timestamp) -> Self {
        Self { due_partition: ERASURES.to_owned(), due: second(moment) }
    }

    /// The order `order`, opened on `day`, was not paid, as far as is known.
    #[must_use]
    pub fn check(day: Date, order: &str) -> Self {
        Self { due_partition: check_partition(day), due: order.to_owned() }
    }
}

/// The partition of the index in which subscriptions are due on `day`.
#[must_use]
pub fn due_day(day: Date) -> String {
    format!("DAY#{day}")
}

/// A partition of the index with what has to be settled, 0 to [`SHARDS`] − 1.
#[must_use]
pub fn settle_partition(shard: u8) -> String {
    format!("SETTLE#{shard}")
}

/// The partition of the index with the unpaid orders of a day.
#[must_use]
pub fn check_partition(day: Date) -> String {
    format!("CHECK#{day}")
}

/// When what is written at `now` may be deleted if it is not worth keeping, in seconds since the Unix epoch.
#[must_use]
pub fn expires_at(now: Timestamp) -> i64 {
    (now + KEPT).as_second()
}

/// The first whole second that is not before `moment`, as text that sorts like it.
#[must_use]
pub fn second(moment: Timestamp) -> String {
    let up = i64::from(moment.subsec_nanosecond() > 0);
    format!("{:011}", moment.as_second() + up)
}

/// The shard of an id: of what is spread over [`SHARDS`] partitions.
#[must_use]
pub fn shard(id: &str) -> u8 {
    id.bytes().fold(0u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte)) % SHARDS
}

/// The partition of what is known of a member's subscription.
#[must_use]
pub fn member_partition(member: &str) -> String {
    format!("MEMBER#{member}")
}

/// The key of a member's subscription.
#[must_use]
pub fn subscription_key(member: &str) -> Key {
    Key::new(member_partition(member), "SUBSCRIPTION")
}

/// The key of the charge of the period of `subscription` that begins on `day`.
#[must_use]
pub fn charge_key(member: &str, subscription: &str, day: Date) -> Key {
    Key::new(member_partition(member), format!("CHARGE#{subscription}#{day}"))
}

/// The key of that an order is opening a subscription.
#[must_use]
pub fn opening_key(member: &str) -> Key {
    Key::new(member_partition(member), "OPENING")
}

/// The partition of a member's payments.
#[must_use]
pub fn payments_partition(member: &str) -> String {
    format!("PAYMENTS#{member}")
}

/// The key of a payment.
#[must_use]
pub fn payment_key(member: &str, order: &str) -> Key {
    Key::new(payments_partition(member), order)
}

/// The key of an order.
#[must_use]
pub fn order_key(order: &str) -> Key {
    Key::new(format!("ORDER#{order}"), "ORDER")
}

/// A partition of the ledger of `day`, 0 to [`SHARDS`] − 1.
#[must_use]
pub fn ledger_partition(day: Date, shard: u8) -> String {
    format!("LEDGER#{day}#{shard}")
}

/// The key of an entry of the ledger; `name` is the order, with `#` and the refund if it is of one.
#[must_use]
pub fn ledger_key(day: Date, order: &str, name: &str) -> Key {
    Key::new(ledger_partition(day, shard(order)), name)
}

/// A partition of what of `day` was reconciled, 0 to [`SHARDS`] − 1.
#[must_use]
pub fn reconciled_partition(day: Date, shard: u8) -> String {
    format!("RECONCILED#{day}#{shard}")
}

/// The key of that the erasure of `member` is not over.
#[must_use]
pub fn open_erasure_key(member: &str) -> Key {
    Key::new(format!("ERASURE#{member}"), "OPEN")
}

/// The key of a night of renewals.
#[must_use]
pub fn night_key(day: Date) -> Key {
    Key::new("NIGHTS", day.to_string())
}

/// A partition of what a night has to do and has done, 0 to [`SHARDS`] − 1.
#[must_use]
pub fn night_partition(day: Date, shard: u8) -> String {
    format!("NIGHT#{day}#{shard}")
}

/// The key of that a night has to look at `member`.
#[must_use]
pub fn planned_key(day: Date, member: &str) -> Key {
    Key::new(night_partition(day, shard(member)), format!("PLANNED#{member}"))
}

/// The key of what a night did for `member`.
#[must_use]
pub fn done_key(day: Date, member: &str) -> Key {
    Key::new(night_partition(day, shard(member)), format!("DONE#{member}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_found_from_the_next_whole_second_on() {
        let at = |moment: &str| second(moment.parse().unwrap());
        assert_eq!(at("2027-02-28T00:00:00Z"), "01803772800");
        assert_eq!(at("2027-02-28T00:00:00.001Z"), "01803772801");
        assert!(at("2001-09-09T01:46:39Z") < at("2001-09-09T01:46:40Z"));
    }

    #[test]
    fn ids_are_spread_over_all_shards() {
        let shards: std::collections::HashSet<u8> = (0..200).map(|id| shard(&format!("usr_{id}"))).collect();
        assert_eq!(shards.len(), usize::from(SHARDS));
    }
}
