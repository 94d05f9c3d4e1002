//! Consulting: what an instructor sees of the lectures' sales and progress, and a report on what learners say.
//!
//! Owns the nightly runs (ingest → aggregate → publish), the published generations with their six charts,
//! and the reports with quoted evidence. Reads the lecture platform's export; asks a model for the reports.
//! Nothing else in Maru knows of lectures.

mod cleanup;
pub mod dashboard;
mod erasure;
mod error;
mod files;
mod functions;
mod ingest;
mod kickoff;
mod platform;
pub mod published;
mod queues;
mod reduce;
pub mod report;
mod runs;
mod shards;
mod store;

pub use consulting_engine::{export, generation};

use functions::*;
use maru_lambda::Function;

/// The Lambdas of this domain.
pub static FUNCTIONS: &[Function] = &[
    Function::new("get_dashboard", |start| start.http(get_dashboard::handle)),
    Function::new("get_dashboard_chart", |start| start.http(get_dashboard_chart::handle)),
    Function::new("create_report", |start| start.http(create_report::handle)),
    Function::new("list_reports", |start| start.http(list_reports::handle)),
    Function::new("get_report", |start| start.http(get_report::handle)),
    Function::new("create_run", |start| start.http(create_run::handle)),
    Function::new("list_runs", |start| start.http(list_runs::handle)),
    Function::new("get_run", |start| start.http(get_run::handle)),
    Function::new("on_run_requested", |start| start.queue(on_run_requested::handle)),
    Function::new("on_lectures_ingested", |start| start.event(on_lectures_ingested::handle)),
    Function::new("on_shard_planned", |start| start.queue(on_shard_planned::handle)),
    Function::new("on_lectures_aggregated", |start| start.event(on_lectures_aggregated::handle)),
    Function::new("on_generation_superseded", |start| start.queue(on_generation_superseded::handle)),
    Function::new("on_report_requested", |start| start.queue(on_report_requested::handle)),
    Function::new("on_member_deleted_for_consulting", |start| {
        start.event(on_member_deleted_for_consulting::handle)
    }),
    Function::new("cron_ingest_lectures", |start| start.schedule(cron_ingest_lectures::handle)),
];
