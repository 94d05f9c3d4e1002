//! One file per Lambda, named like it.

pub mod cron_requeue_jobs;
pub mod get_job;
pub mod stream_job_events;
