//! The client against a server that answers as it is told.
#![expect(clippy::unwrap_used, reason = "a test panics where it cannot go on")]

mod forecasts;
mod keys;
mod reports;
mod server;
