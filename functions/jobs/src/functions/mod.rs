//! One file per Lambda, named like it.

pub mod cron_relay_messages;
pub mod cron_requeue_jobs;
pub mod get_job;
pub mod on_member_deleted_for_jobs;
pub mod stream_job_events;
