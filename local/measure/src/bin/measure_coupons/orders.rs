//! What a process is told, and what it answers: a line of JSON each.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The first line that a process gets.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Configuration {
    /// Where the database is.
    pub aws_url: String,
    /// The variables of the function.
    pub variables: BTreeMap<String, String>,
    /// How far the stack's clock is ahead of the real one, in milliseconds.
    pub ahead: i64,
}

/// Something to be done.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Order {
    /// Names it.
    pub number: usize,
    /// What.
    pub what: What,
}

/// What is to be done.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum What {
    /// A new item is written, under the condition that there is none.
    Write,
    /// The same in a transaction of what a claim writes: with it, one of sixteen counters goes down, under the condition
    /// that it can, and another item is not there.
    Transaction,
    /// A coupon is claimed.
    Claim {
        /// Which one.
        coupon: String,
        /// By whom.
        token: String,
    },
}

/// What came of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Done {
    /// Of which order.
    pub number: usize,
    /// The HTTP status; 201 for a write or a transaction.
    pub status: u16,
    /// The claim's id, or the problem's code.
    pub said: String,
}
