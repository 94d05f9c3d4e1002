//! A small stack, through real HTTP and the unmodified AWS SDK.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, its helpers too")]

mod control;
mod events;
mod functions;
mod http;
mod invoke;
mod life;
mod objects;
mod queues;
mod schedules;
mod streams;
mod websocket;

use std::time::Duration;

use maru_stack::{Stack, StackOptions};

use functions::{Lab, lab};

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// Options of a stack with the test functions, on a clock that stands still, and what the functions note.
fn options() -> (StackOptions, Lab) {
    let (id, lab) = lab();
    let mut options =
        StackOptions::new(vec![include_str!("template.yaml").to_owned()], vec![functions::FUNCTIONS]);
    options.parameters.insert("TestId".to_owned(), id);
    options.frozen = true;
    options.now = Some("2026-01-01T00:00:00Z".parse().unwrap());
    (options, lab)
}

async fn start() -> (Stack, Lab) {
    let (options, lab) = options();
    (Stack::start(options).await.unwrap(), lab)
}
