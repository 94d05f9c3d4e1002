//! The log of a job as server-sent events (HTML standard §9.2).
//!
//! A watcher is a stream that reads the table: it holds no thread and no connection while it waits, and it
//! can be opened anywhere, as often as anyone likes. `id:` is the event's number, so a watcher that comes
//! back after a cut gets what it has not seen, once.

use std::fmt::Write;
use std::time::Duration;

use bytes::Bytes;
use futures::Stream;
use jiff::{SignedDuration, Timestamp};
use maru_jobs::{Jobs, LogEvent};
use maru_lambda::{BoxError, Clock};

/// After so long without an event a comment keeps the line open.
const HEARTBEAT: SignedDuration = SignedDuration::from_secs(15);

/// How long to wait before looking again: short while events come, longer while none do.
const SHORTEST_LOOK: Duration = Duration::from_millis(100);
const LONGEST_LOOK: Duration = Duration::from_secs(1);

/// So long before the function's deadline the stream ends by itself; the watcher comes back.
const BEFORE_DEADLINE: SignedDuration = SignedDuration::from_secs(5);

/// Follows the log of job `id` behind event `after` until the job has ended or is erased, or `deadline` is near.
pub fn follow(
    jobs: Jobs,
    id: String,
    mut after: u64,
    clock: Clock,
    deadline: Timestamp,
) -> impl Stream<Item = Result<Bytes, BoxError>> + Send {
    async_stream::try_stream! {
        // A watcher that is cut off comes back after a second.
        yield Bytes::from_static(b"retry: 1000\n\n");
        let mut pause = SHORTEST_LOOK;
        let mut heard = clock.now();
        loop {
            // The state is read before the events: what ends the job is then among them. Of a job that was
            // erased meanwhile nothing is shown any more.
            let Some(job) = jobs.find(&id).await? else { return };
            let ended = job.status.has_ended();
            let events = jobs.events(&id, after).await?;
            if let Some(last) = events.last() {
                after = last.sequence;
                (pause, heard) = (SHORTEST_LOOK, clock.now());
                yield frames(&events);
            } else if ended || clock.now() + BEFORE_DEADLINE >= deadline {
                return;
            } else {
                if clock.now().duration_since(heard) >= HEARTBEAT {
                    heard = clock.now();
                    yield Bytes::from_static(b": still here\n\n");
                }
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(LONGEST_LOOK);
            }
        }
    }
}

fn frames(events: &[LogEvent]) -> Bytes {
    let mut text = String::new();
    for LogEvent { sequence, kind, data, .. } in events {
        // JSON on one line has no line break in it. Writing to a string cannot fail.
        let _ = write!(text, "id: {sequence}\nevent: {}\ndata: {data}\n\n", kind.name());
    }
    text.into()
}
