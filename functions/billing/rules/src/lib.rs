//! The rules of billing, without I/O, time or randomness: when a period ends, what becomes of its charge, when a
//! declined one is tried again, what is entered in the ledger.
//!
//! A crate of its own so that the model checker (`billing-model`) can drive the very functions that the Lambdas
//! call, without linking a client of AWS.
#![warn(missing_docs)]

pub mod answer;
pub mod charge;
pub mod dunning;
pub mod ledger;
pub mod periods;
pub mod refund;
pub mod subscription;
