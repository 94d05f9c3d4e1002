//! The ledger: double entry, append-only.
//!
//! Every movement of money is an entry whose lines sum to zero, so whatever is counted twice or forgotten on one
//! side shows. An entry is never changed; what was wrong is undone by another.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Where money is, or what it was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Account {
    /// What KakaoPay holds for us: an asset.
    Kakaopay,
    /// What was earned; it grows below zero, as revenue does in double entry.
    Revenue,
    /// What was given back.
    Refunds,
}

/// One side of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Line {
    /// The account.
    pub account: Account,
    /// What it is changed by, in KRW; not 0.
    pub amount: i64,
}

/// What an entry is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Movement {
    /// The order.
    pub order_id: String,
    /// KakaoPay's id of the payment; `None` while only the subscription's status told of it.
    pub tid: Option<String>,
    /// The day in Seoul on which KakaoPay moved the money.
    pub day: Date,
    /// Whose money.
    pub member_id: String,
}

/// An entry that cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// The lines do not sum to zero.
    #[error("the lines of an entry sum to {0}")]
    Unbalanced(i64),
    /// An amount that no movement has: zero, less, or a line of zero.
    #[error("{0} KRW cannot be moved")]
    Amount(i64),
    /// A sum is beyond what can be counted.
    #[error("an amount is too large")]
    TooLarge,
    /// An entry without lines.
    #[error("an entry has no lines")]
    Empty,
}

/// An entry of the ledger: what moved, between which accounts. Its lines sum to zero.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Entry {
    #[serde(flatten)]
    movement: Movement,
    lines: Vec<Line>,
}

#[derive(Deserialize)]
struct Unchecked {
    #[serde(flatten)]
    movement: Movement,
    lines: Vec<Line>,
}

impl TryFrom<Unchecked> for Entry {
    type Error = LedgerError;

    fn try_from(Unchecked { movement, lines }: Unchecked) -> Result<Self, LedgerError> {
        Self::new(movement, lines)
    }
}

impl Entry {
    /// An entry of these lines.
    ///
    /// # Errors
    /// [`LedgerError`]: none, one of zero, or lines that do not sum to zero.
    pub fn new(movement: Movement, lines: Vec<Line>) -> Result<Self, LedgerError> {
        if lines.is_empty() {
            return Err(LedgerError::Empty);
        }
        if lines.iter().any(|line| line.amount == 0) {
            return Err(LedgerError::Amount(0));
        }
        match sum(lines.iter().map(|line| line.amount))? {
            0 => Ok(Self { movement, lines }),
            rest => Err(LedgerError::Unbalanced(rest)),
        }
    }

    /// A member paid `amount` KRW.
    ///
    /// # Errors
    /// [`LedgerError::Amount`] unless it is more than 0.
    pub fn charge(movement: Movement, amount: i64) -> Result<Self, LedgerError> {
        Self::between(movement, Account::Kakaopay, Account::Revenue, amount)
    }

    /// A member was given `amount` KRW back.
    ///
    /// # Errors
    /// [`LedgerError::Amount`] unless it is more than 0.
    pub fn refund(movement: Movement, amount: i64) -> Result<Self, LedgerError> {
        Self::between(movement, Account::Refunds, Account::Kakaopay, amount)
    }

    fn between(movement: Movement, to: Account, from: Account, amount: i64) -> Result<Self, LedgerError> {
        if amount <= 0 {
            return Err(LedgerError::Amount(amount));
        }
        Self::new(movement, vec![Line { account: to, amount }, Line { account: from, amount: -amount }])
    }

    /// What it is about.
    #[must_use]
    pub const fn movement(&self) -> &Movement {
        &self.movement
    }

    /// Its lines, which sum to zero.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }
}

/// What `account` holds after `entries`, in KRW.
///
/// # Errors
/// [`LedgerError::TooLarge`].
pub fn balance<'a>(
    entries: impl IntoIterator<Item = &'a Entry>,
    account: Account,
) -> Result<i64, LedgerError> {
    let lines = entries.into_iter().flat_map(Entry::lines);
    sum(lines.filter(|line| line.account == account).map(|line| line.amount))
}

fn sum(amounts: impl Iterator<Item = i64>) -> Result<i64, LedgerError> {
    let mut amounts = amounts;
    amounts.try_fold(0_i64, i64::checked_add).ok_or(LedgerError::TooLarge)
}

#[cfg(test)]
mod tests;
