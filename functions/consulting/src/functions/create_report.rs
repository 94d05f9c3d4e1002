//! `POST /consulting/reports`: today's report; one for all who ask on a day.

use garde::Validate;
use http::StatusCode;
use jiff::civil::Date;
use maru_jobs::{Job, Jobs, Joins, NewJob, Progress, Status};
use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, ConfigurationError, Environment, FromEnvironment, Lecturer, Problem, Reply};
use maru_store::Attempt;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::queues::ReportQueue;
use crate::report::Language;
use crate::store::Store;

/// The kind of the jobs that write reports.
const REPORT_JOB: &str = "consulting.report";

/// What the report should be like.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct CreateReport {
    #[garde(skip)]
    #[serde(default)]
    language: Language,
}

/// What a report job is to do. The generation is fixed here, so that every worker of the job reads the same.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportInput {
    pub report_id: String,
    pub lecturer_id: String,
    pub day: Date,
    pub generation: String,
    pub counted_until: Date,
    pub language: Language,
}

/// Where the log of a job can be watched.
#[derive(Clone, Debug)]
pub struct StreamUrl(String);

impl FromEnvironment for StreamUrl {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self(environment.require("STREAM_URL")?.to_owned()))
    }
}

pub async fn handle(
    (store, jobs, queue, stream): (Store, Jobs, ReportQueue, StreamUrl),
    call: Call<Lecturer, Nothing, Nothing, CreateReport>,
) -> Result<Reply, Problem> {
    let work = async |attempt: Attempt| {
        let job = match jobs.started_by(&attempt, &queue.0).await? {
            Some(job) => job,
            None => jobs.start(new_job(&store, &call, &attempt).await?).await?.brought_to(&queue.0).await,
        };
        answer(&store, &call.caller, job, &stream).await
    };
    store.table().idempotent("create_report", &call.request, work).await
}

async fn new_job(
    store: &Store,
    call: &Call<Lecturer, Nothing, Nothing, CreateReport>,
    attempt: &Attempt,
) -> Result<NewJob, Error> {
    let today = maru_lambda::day_in_seoul(call.request.now);
    let published = store.published().await?;
    let input = ReportInput {
        report_id: attempt.id("rpt"),
        lecturer_id: call.caller.id.clone(),
        day: today,
        generation: published.generation,
        counted_until: published.day,
        language: call.body.language,
    };
    Ok(NewJob {
        id: attempt.id("job"),
        kind: REPORT_JOB,
        account: Some(call.caller.id.clone()),
        key: format!("{}#{today}", call.caller.id),
        joins: Joins::UnlessFailed,
        input: serde_json::to_string(&input)?,
        result_url: format!("/consulting/reports/{}", input.report_id),
        progress: Progress::default(),
    })
}

/// The report itself once it is written, else the job that everybody waits for.
async fn answer(store: &Store, lecturer: &Lecturer, job: Job, stream: &StreamUrl) -> Result<Reply, Problem> {
    if matches!(job.status, Status::Succeeded | Status::PartlySucceeded) {
        let input: ReportInput = serde_json::from_str(&job.input).map_err(Problem::internal)?;
        if let Some(report) = store.report(&lecturer.id, &input.report_id).await? {
            return Ok(Reply::json(StatusCode::OK, &report));
        }
    }
    Ok(Reply::json(StatusCode::ACCEPTED, &job.link(&stream.0)))
}
