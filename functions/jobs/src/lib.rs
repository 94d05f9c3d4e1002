//! Jobs, for whoever waits for one: its state, its log as a stream of events, and the care for those that
//! stand still.
//!
//! Owns no job: domains start them, their workers do them. What a job is and how its log is kept stands in
//! `maru-jobs`.

mod functions;
mod queues;
mod server_sent_events;

use functions::*;
use maru_lambda::Function;

/// The Lambdas of this domain.
pub static FUNCTIONS: &[Function] = &[
    Function::new("get_job", |start| start.http(get_job::handle)),
    Function::new("stream_job_events", |start| start.stream(stream_job_events::handle)),
    Function::new("cron_requeue_jobs", |start| start.schedule(cron_requeue_jobs::handle)),
];
