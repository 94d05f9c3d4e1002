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
const LONGEST_LOOK: Duration = Duration::from_millis(500);

/// How long nothing may come before it is looked whether the job is still there: that is another read, of an item
/// that has the whole request in it.
const UNSEEN: SignedDuration = SignedDuration::from_secs(5);

/// So long before the function's deadline the stream ends by itself; the watcher comes back.
const BEFORE_DEADLINE: SignedDuration = SignedDuration::from_secs(5);

/// Follows the log of job `id` behind event `after` until its last event, or until the job is erased or `deadline` is
/// near.
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
        let (mut heard, mut seen) = (clock.now(), clock.now());
        loop {
            let events = jobs.events(&id, after).await?;
            let now = clock.now();
            if let Some(last) = events.last() {
                after = last.sequence;
                (pause, heard, seen) = (SHORTEST_LOOK, now, now);
                yield frames(&events);
                if last.is_last() {
                    return;
                }
                continue;
            }
            if now + BEFORE_DEADLINE >= deadline {
                return;
            }
            if now.duration_since(seen) >= UNSEEN {
                seen = now;
                // Its events went with a job that was erased; and nothing is behind the last one, by whatever number
                // somebody came back.
                let job = jobs.find(&id).await?;
                if job.is_none_or(|job| job.status.has_ended() && after >= job.last_event) {
                    return;
                }
            }
            if now.duration_since(heard) >= HEARTBEAT {
                heard = now;
                yield Bytes::from_static(b": still here\n\n");
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_LOOK);
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
