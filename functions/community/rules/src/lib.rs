//! The rules of the community, without I/O.
#![warn(missing_docs)]

pub mod cells;
pub mod coupon;
pub mod missions;
pub mod photo;
pub mod place;
pub mod vote;
