//! What every Lambda of Maru is made of.
//!
//! A domain lists its Lambdas as [`Function`]s: a name and a handler, an ordinary `async fn`. This crate owns
//! everything between the wire and that handler: decoding, validation and authorisation before it, the
//! answer, problems, partial batch failures, logs and traces after it. The same list is run by [`bootstrap`]
//! on AWS, by the local stack, and by the tests.
#![warn(missing_docs)]

mod authentication;
mod aws;
mod bootstrap;
mod clock;
mod environment;
mod event;
mod function;
pub mod http;
mod identifier;
mod invocation;
mod invoke;
pub mod logs;
pub mod metrics;
mod on_first_use;
mod queue;
mod schedule;
mod stream;
pub mod websocket;

pub use bootstrap::bootstrap;
pub use clock::Clock;
pub use environment::{ConfigurationError, Environment, FromEnvironment};
pub use event::Event;
pub use function::{Answer, Function, Instance, InvokeError, Starter, Trigger};
pub use http::call::Call;
pub use http::caller::{Admin, Anyone, Caller, Lecturer, Member, Stranger};
pub use http::cookie::{Cookie, SameSite};
pub use http::problem::{FieldError, Problem};
pub use http::reply::{Accepted, Created, Json, NoContent, Reply};
pub use identifier::{made_at, new_id};
pub use invocation::Invocation;
pub use invoke::Invoked;
pub use maru_seoul::{day_in_seoul, start_of_day};
pub use on_first_use::OnFirstUse;
pub use queue::Message;
pub use schedule::Tick;
pub use stream::{ByteStream, StreamReply};
pub use websocket::{Connected, Disconnected, Frame};

/// Any error, with its causes, on its way to the log.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
