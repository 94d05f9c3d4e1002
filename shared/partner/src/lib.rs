//! Calls to the services of others over HTTP: the lecture platform, GitHub, Kakao.
//!
//! A [`Partner`] is a base URL out of the configuration and the [`Terms`] that it is called under. A [`Call`]
//! goes to that host and to no other: neither a redirect nor a link out of an answer takes a credential
//! elsewhere. Every call has a time-out and a bound for the answer's size; how often it is repeated is for
//! the caller to say ([`Retry`]), because only the caller knows whether a second time does harm. Calls that go out
//! side by side can keep the pauses together that the partner asks of one of them ([`Silence`]).
//!
//! Nothing of a request or an answer is logged but the partner's name, the attempt and the status: headers
//! and queries carry tokens and codes.
#![warn(missing_docs)]

mod answer;
mod call;
mod error;
mod link;
mod partner;
mod retry;
mod secret;
mod silence;

pub use answer::Answer;
pub use call::Call;
pub use error::{Failure, PartnerError};
pub use partner::{Partner, Terms};
pub use retry::Retry;
pub use secret::{Secret, SecretError};
pub use silence::Silence;
