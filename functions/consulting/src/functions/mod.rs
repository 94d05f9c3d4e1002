//! One file per Lambda, named like it.

pub mod create_report;
pub mod create_run;
pub mod cron_ingest_lectures;
pub mod get_dashboard;
pub mod get_dashboard_chart;
pub mod get_report;
pub mod get_run;
pub mod list_reports;
pub mod list_runs;
pub mod on_generation_superseded;
pub mod on_lectures_aggregated;
pub mod on_lectures_ingested;
pub mod on_member_deleted_for_consulting;
pub mod on_report_requested;
pub mod on_run_requested;
pub mod on_shard_planned;
