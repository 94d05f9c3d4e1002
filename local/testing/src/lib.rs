//! What the domains' tests have in common: a local stack of their functions, and a client that speaks to it
//! as a user would.
//!
//! A test asserts what a user sees: statuses, bodies, headers. It panics where it cannot go on.
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::panic,
    clippy::unwrap_used,
    reason = "this crate is only for tests"
)]

mod answer;
pub mod browser;
mod export;
mod kakaopay;
pub mod kma;
mod maru;
mod nights;
mod script;
mod socket;
pub mod watcher;

pub use answer::Answer;
pub use browser::Browser;
pub use export::Export;
pub use kakaopay::KakaoPay;
pub use maru::{Item, LECTURE_PLATFORM_TOKEN, Maru, Setup, template};
pub use script::{Said, Script};
pub use socket::Socket;
