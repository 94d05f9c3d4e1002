//! A small AWS on one machine: reads a SAM template and runs its functions in this process, through the same
//! event JSON that AWS would send them.
//!
//! It knows no domain. [`Stack::start`] takes the template and the domains' lists of functions; requests come
//! in through `gateway`, messages through `queues`, events through `events`, firings through
//! `schedules`, and all of them end in `runtime`, which enforces a function's timeout and concurrency. The
//! functions reach their AWS services through the unmodified SDK at the stack's AWS endpoint.
//!
//! What it leaves out is said where it is left out; it is a development tool, not an emulator.
#![warn(missing_docs)]

pub mod access;
pub mod aws;
pub mod bedrock;
mod clock;
mod control;
mod cors;
pub mod crash;
pub mod dynamodb;
mod events;
pub mod faults;
mod gateway;
pub mod github;
pub mod kakao;
pub mod kakaopay;
pub mod kma;
mod kms;
mod management;
pub mod platform;
mod queues;
mod runtime;
pub mod s3;
mod sandbox;
mod schedules;
pub mod snapshot;
pub mod ssm;
mod stack;
pub mod template;
mod websocket;

pub use clock::LocalClock;
pub use control::{DemoTokens, FunctionReport, QueueReport, Tokens};
pub use runtime::InvocationError;
pub use sandbox::{BuildSandbox, Given, Sandbox};
pub use schedules::ScheduleError;
pub use stack::{
    DemoLecturer, Model, Parts, Run, RunError, Settled, Stack, StackError, StackOptions, Unsettled,
};
pub use websocket::ConnectionReport;
