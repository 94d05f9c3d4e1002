//! KakaoPay: where the money moves (online payment API v1, <https://developers.kakaopay.com>).
//!
//! Every call is a POST of JSON. KakaoPay takes no idempotency key, so a call that moves money is sent once and
//! never repeated here: its [`Outcome`] says whether the money moved, did not, or whether nobody knows, and what
//! is unknown is for the caller to look up before anything else is sent. Calls that only ask are repeated.
//!
//! An answer counts only if it is whole, readable and about what was asked. Fields that Maru does not read are
//! passed over, statuses that it does not know are kept as they came. Amounts are whole won; times come
//! without a zone and are those of Seoul.

mod answers;
mod client;
mod error;
mod kst;
mod requests;
mod sid;

#[cfg(test)]
mod tests;

pub use answers::{Cancellation, Order, OrderStatus, Payment, Ready, SidState, SidStatus};
pub use client::KakaoPay;
pub use error::{KakaoPayError, Outcome, Refusal};
pub use requests::{Refund, ReturnUrls, Sale};
pub use sid::Sid;
