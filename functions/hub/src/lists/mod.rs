//! The lists: public resumes in every order, for every combination of filters.
//!
//! For each order and each combination of a position (or any) and a school type (or any) there is a partition,
//! and a resume has an entry in each that it fits: `sk` begins with what the order goes by, in digits of a fixed
//! width, so that a page is one query that goes on where the page before ended.
//!
//! Entries follow what they are made of within seconds: [`relist`] compares the entries that a resume has with
//! those that it should have. Until then an entry can be wrong, so that an answer only takes ids from entries;
//! whether the resume is public and fits, what it says and its counts are read at that moment
//! ([`crate::readers`]). An order by counts may thus be a few seconds behind the counts that it shows.

mod filter;
mod liked;
mod listed;
mod order;
mod page;
mod relist;

pub use filter::Filter;
pub use listed::Listed;
pub use order::Order;
pub use page::{Entry, Lists};
pub use relist::{News, Relist};
