//! Calls against a server that is slow, fails, throttles, redirects, breaks off and says too much.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

mod attempts;
mod bounds;
mod hosts;
mod requests;
mod server;
mod silence;
