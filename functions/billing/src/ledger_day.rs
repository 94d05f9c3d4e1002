//! A day of the ledger: its entries, and what they add up to.

use std::collections::BTreeMap;

use billing_rules::ledger::{Account, Entry, LedgerError, balance};
use jiff::civil::Date;
use maru_store::{Key, StoreError, text};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::store::{SHARDS, Store, ledger_key, ledger_partition};

/// What a day of the ledger adds up to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LedgerDay {
    day: Date,
    entries: usize,
    /// How many of them were held against KakaoPay's books.
    reconciled: usize,
    /// What each account was changed by, in KRW. They sum to zero, or an entry is broken.
    accounts: BTreeMap<Account, i64>,
}

#[derive(Deserialize)]
struct Named {
    sk: String,
    #[serde(flatten)]
    entry: Entry,
}

impl Store {
    /// What the ledger of `day` adds up to.
    ///
    /// # Errors
    /// [`Error::Store`], also for an entry that does not balance; [`Error::Ledger`] for sums that cannot be counted,
    /// or are not zero.
    pub async fn ledger_day(&self, day: Date) -> Result<LedgerDay, Error> {
        let mut accounts =
            BTreeMap::from([Account::Kakaopay, Account::Revenue, Account::Refunds].map(|it| (it, 0_i64)));
        let mut entries = 0;
        for shard in 0..SHARDS {
            let query = self.table().query(&ledger_partition(day, shard)).consistent_read(true);
            let found: Vec<Entry> = self.table().query_all(query).await?;
            entries += found.len();
            for (account, sum) in &mut accounts {
                *sum = sum.checked_add(balance(&found, *account)?).ok_or(LedgerError::TooLarge)?;
            }
        }
        match accounts.values().sum() {
            0 => Ok(LedgerDay { day, entries, reconciled: self.reconciled(day).await?, accounts }),
            rest => Err(LedgerError::Unbalanced(rest).into()),
        }
    }

    /// The entries of an order in the ledger of `day`, with their names: its charge, its refunds.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn entries_of(&self, day: Date, order: &str) -> Result<Vec<(String, Entry)>, StoreError> {
        let Key { pk, sk } = ledger_key(day, order, order);
        let query = self
            .table()
            .query(&pk)
            .key_condition_expression("pk = :pk AND begins_with(sk, :order)")
            .expression_attribute_values(":order", text(sk))
            .consistent_read(true);
        let found: Vec<Named> = self.table().query_all(query).await?;
        Ok(found.into_iter().map(|Named { sk, entry }| (sk, entry)).collect())
    }
}
