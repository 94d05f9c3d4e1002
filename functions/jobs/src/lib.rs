//! Jobs, for whoever waits for one: its state, its log as a stream of events, and the care for what stands
//! still, be it a job or a message.
//!
//! Owns no job and no message: domains start them, their workers do them. What a job is, how its log is kept and
//! how both are erased stands in `maru-jobs`; how a message comes to wait in the outbox, in `maru-outbox`.

mod functions;
mod queues;
mod server_sent_events;

use functions::*;
use maru_lambda::Function;

/// The Lambdas of this domain.
pub static FUNCTIONS: &[Function] = &[
    Function::new("get_job", |start| start.http(get_job::handle)),
    Function::new("stream_job_events", |start| start.stream(stream_job_events::handle)),
    Function::new("on_member_deleted_for_jobs", |start| start.event(on_member_deleted_for_jobs::handle)),
    Function::new("cron_requeue_jobs", |start| start.schedule(cron_requeue_jobs::handle)),
    Function::new("cron_relay_messages", |start| start.schedule(cron_relay_messages::handle)),
];
