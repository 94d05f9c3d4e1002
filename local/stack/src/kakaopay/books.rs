//! The books: every payment and billing key, and every movement of money.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::billing_key::BillingKey;
use super::journal::{Change, Journal};
use super::payment::Payment;
use super::refusal::{Code, Refusal};

/// What the books are called in a state directory.
const FILE: &str = "kakaopay.ndjson";

/// Why money moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    /// A payment on the page was approved.
    Payment,
    /// A billing key was charged.
    Subscription,
    /// A payment was cancelled, or a part of it.
    Cancel,
}

/// Money that moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Movement {
    aid: String,
    tid: String,
    order_id: String,
    user_id: String,
    sid: Option<String>,
    kind: Kind,
    /// KRW that the merchant got; less than nothing when it went back.
    amount: i64,
    at: Timestamp,
}

impl Movement {
    /// `amount` KRW of this payment.
    pub(super) fn of(payment: &Payment, kind: Kind, amount: i64, aid: &str, at: Timestamp) -> Self {
        Self {
            aid: aid.to_owned(),
            tid: payment.tid.clone(),
            order_id: payment.order_id.clone(),
            user_id: payment.user_id.clone(),
            sid: payment.sid.clone(),
            kind,
            amount,
            at,
        }
    }
}

/// The books, in memory or kept in a file too.
#[derive(Debug, Default)]
pub struct Books {
    payments: HashMap<String, Payment>,
    keys: BTreeMap<String, BillingKey>,
    movements: Vec<Movement>,
    journal: Option<Journal>,
}

impl Books {
    /// The books that a state directory keeps; it is made if it is not there.
    ///
    /// # Errors
    /// Their file cannot be read or made, or holds something else.
    pub fn kept_in(directory: &Path) -> io::Result<Self> {
        let (journal, changes) = Journal::open(&directory.join(FILE))?;
        let mut books = Self::default();
        changes.into_iter().for_each(|change| books.take_over(change));
        Ok(Self { journal: Some(journal), ..books })
    }

    /// The payment of this number.
    pub(super) fn payment(&self, tid: &str) -> Option<&Payment> {
        self.payments.get(tid)
    }

    /// The payment of this number, if it is one of this merchant's id.
    ///
    /// # Errors
    /// -721.
    pub(super) fn payment_of(&self, tid: &str, cid: &str) -> Result<Payment, Refusal> {
        let payment = self.payment(tid).filter(|payment| payment.cid == cid);
        payment.cloned().ok_or_else(|| Code::NO_TID.into())
    }

    /// The billing key, if it is one of this merchant's id.
    ///
    /// # Errors
    /// -750.
    pub(super) fn key_of(&self, sid: &str, cid: &str) -> Result<BillingKey, Refusal> {
        let key = self.keys.get(sid).filter(|key| key.cid == cid);
        key.cloned().ok_or_else(|| Code::NO_SID.into())
    }

    /// The billing keys of a person, or of all.
    pub(super) fn keys(&self, user_id: Option<&str>) -> impl Iterator<Item = &BillingKey> {
        self.keys.values().filter(move |key| user_id.is_none_or(|user_id| key.user_id == user_id))
    }

    /// Whose payment or billing key it is.
    pub(super) fn owner(&self, number: &str) -> Option<&str> {
        let of_payment = self.payments.get(number).map(|payment| &payment.user_id);
        of_payment.or_else(|| self.keys.get(number).map(|key| &key.user_id)).map(String::as_str)
    }

    /// The movements of money, oldest first, and what they add up to.
    pub(super) fn json(&self) -> Value {
        let total: i64 = self.movements.iter().map(|movement| movement.amount).sum();
        json!({ "movements": self.movements, "total": total })
    }

    /// Writes down what changes: all of it or, when the file cannot be written, nothing.
    ///
    /// # Errors
    /// -1, the server's own fault: no money moved.
    pub(super) fn record(&mut self, change: Change) -> Result<(), Refusal> {
        if let Some(journal) = &mut self.journal {
            journal.append(&change).map_err(|error| {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "KakaoPay's books cannot be written"
                );
                Code::INTERNAL
            })?;
        }
        self.take_over(change);
        Ok(())
    }

    fn take_over(&mut self, change: Change) {
        let Change { payment, key, movement } = change;
        self.payments.extend(payment.map(|payment| (payment.tid.clone(), payment)));
        self.keys.extend(key.map(|key| (key.sid.clone(), key)));
        self.movements.extend(movement);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_written_down_did_not_happen() {
        let directory = tempfile::tempdir().unwrap();
        let journal = Some(Journal::unwritable(&directory.path().join(FILE)));
        let mut books = Books { journal, ..Books::default() };
        let movement = Movement {
            aid: "A1".to_owned(),
            tid: "T1".to_owned(),
            order_id: "ord-1".to_owned(),
            user_id: "u-1".to_owned(),
            sid: None,
            kind: Kind::Payment,
            amount: 1,
            at: Timestamp::UNIX_EPOCH,
        };
        let change = Change { movement: Some(movement), ..Change::default() };
        assert_eq!(books.record(change), Err(Code::INTERNAL.into()));
        assert_eq!(books.json()["total"], 0);
    }
}
