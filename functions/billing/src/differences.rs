//! Where our books and KakaoPay's do not agree: kept, logged and counted, so that somebody looks.

use jiff::{Timestamp, civil::Date};
use maru_lambda::metrics::{Unit, emit};
use maru_lambda::{Problem, day_in_seoul};
use maru_store::{Key, ListQuery, Page, Scope, StoreError};
use serde::{Deserialize, Serialize};

use crate::store::Store;

/// A difference between our books and KakaoPay's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Difference {
    /// The order, by which both sides know the payment.
    pub order_id: String,
    /// Whose it is.
    pub member_id: String,
    /// KakaoPay's id of the payment, if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tid: Option<String>,
    /// What does not agree.
    pub kind: DifferenceKind,
    /// What our ledger holds of it, in KRW.
    pub ours: i64,
    /// What KakaoPay holds of it, in KRW, if it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theirs: Option<i64>,
    /// When it was found.
    pub found_at: Timestamp,
}

/// What does not agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceKind {
    /// Money moved at KakaoPay for an attempt that was taken to have moved none.
    Astray,
    /// We have it as paid, and KakaoPay does not.
    NotPaid,
    /// KakaoPay has it as paid, and we do not.
    NotBooked,
    /// Both have it, with other amounts.
    Amount,
    /// KakaoPay names another order or member for its id.
    Stranger,
}

impl DifferenceKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Astray => "astray",
            Self::NotPaid => "not_paid",
            Self::NotBooked => "not_booked",
            Self::Amount => "amount",
            Self::Stranger => "stranger",
        }
    }
}

impl Store {
    /// Keeps a difference, once for each order and kind on a day, and raises the alarm each time.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn differs(&self, difference: &Difference) -> Result<(), StoreError> {
        let Difference { order_id, kind, tid, ours, theirs, found_at, .. } = difference;
        tracing::error!(order.id = order_id, kind = kind.name(), tid, ours, theirs, "the books do not agree");
        let service = [("Service", "billing")];
        emit(*found_at, &service, &[("BillingDifferences", Unit::Count, 1.0)]);
        let day = day_in_seoul(*found_at);
        let key = Key::new(differences_partition(day), format!("{order_id}#{}", kind.name()));
        self.table().put_new(&key, difference).await.map(|_| ())
    }

    /// A page of the differences that were found on `day`, by order. `caller` is whoever asks.
    ///
    /// # Errors
    /// As `maru_store::Table::page`.
    pub async fn differences(
        &self,
        day: Date,
        caller: &str,
        list: &ListQuery,
    ) -> Result<Page<Difference>, Problem> {
        let partition = differences_partition(day);
        let scope = Scope::new("list_differences", "", caller, &partition);
        self.table().page(self.table().query(&partition), list, &scope).await
    }
}

fn differences_partition(day: Date) -> String {
    format!("DIFFERENCES#{day}")
}
