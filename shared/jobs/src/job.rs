//! What a job is, and what its owner sees of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Waits for a worker.
    Queued,
    /// A worker has it.
    Running,
    /// Done.
    Succeeded,
    /// Done, but for some parts.
    PartlySucceeded,
    /// Given up.
    Failed,
}

impl Status {
    /// Whether nothing will change any more.
    #[must_use]
    pub const fn has_ended(self) -> bool {
        matches!(self, Self::Succeeded | Self::PartlySucceeded | Self::Failed)
    }
}

/// How far a job is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// Finished parts.
    pub done: u32,
    /// All parts; 0 while not known.
    pub total: u32,
    /// What is being done, for people.
    pub label: String,
}

/// Why a job failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// A stable `snake_case` word for programs.
    pub code: String,
    /// A sentence for people.
    pub detail: String,
}

impl Failure {
    /// Why a job fails that no worker could finish: see [`Acquired::Exhausted`](crate::Acquired::Exhausted).
    #[must_use]
    pub fn exhausted() -> Self {
        let detail = "The work was begun several times and could not be finished. Try again later.";
        Self { code: "attempts_exhausted".to_owned(), detail: detail.to_owned() }
    }
}

/// What the model calls of a job cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Usage {
    /// Tokens read by the model.
    pub input_tokens: u64,
    /// Tokens written by the model.
    pub output_tokens: u64,
    /// Calls sent, those with an unknown outcome included.
    pub calls: u64,
}

/// A job, as stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Job {
    /// `job_…`
    pub id: String,
    /// `<domain>.<what>`, such as `consulting.report`.
    pub kind: String,
    /// The account whose job it is; none for a guest's.
    #[serde(default)]
    pub account: Option<String>,
    /// Opens the log to whoever has it, and a guest's job too: for the guest, and for a page that cannot send headers.
    /// It is kept as it is because every answer that names the job gives it out again; it opens no other job.
    pub stream_token: String,
    /// What the worker needs to know, as JSON.
    pub input: String,
    /// Where the result will be found, a path of the API.
    pub result_url: String,
    /// Where it stands.
    pub status: Status,
    /// How often a worker took it.
    pub epoch: u64,
    /// How many workers in a row took it, the present one included, without finishing a step.
    #[serde(default)]
    pub attempts: u32,
    /// Until when the present worker has it, milliseconds since the Unix epoch.
    pub lease_until: i64,
    /// The number of the last event in its log.
    pub last_event: u64,
    /// How far it is.
    pub progress: Progress,
    /// What came out, as JSON, once it ended well.
    #[serde(default)]
    pub result: Option<String>,
    /// Why it failed.
    #[serde(default)]
    pub error: Option<Failure>,
    /// What it cost.
    #[serde(flatten)]
    pub usage: Usage,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// What the job's owner sees.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct JobView {
    id: String,
    kind: String,
    status: Status,
    progress: Progress,
    result: Value,
    error: Option<Failure>,
    usage: Usage,
    created_at: Timestamp,
    updated_at: Timestamp,
}

impl From<Job> for JobView {
    fn from(job: Job) -> Self {
        let result = job.result.and_then(|result| serde_json::from_str(&result).ok());
        Self {
            id: job.id,
            kind: job.kind,
            status: job.status,
            progress: job.progress,
            result: result.unwrap_or(Value::Null),
            error: job.error,
            usage: job.usage,
            created_at: job.created_at,
            updated_at: job.updated_at,
        }
    }
}

/// What a 202 answer says of the job: `{job: {id, kind, status, streamUrl, resultUrl}}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JobLink {
    job: Link,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Link {
    id: String,
    kind: String,
    status: Status,
    stream_url: String,
    result_url: String,
}

impl Job {
    /// What a 202 answer says of it; `stream_base` is the URL of the streaming function.
    #[must_use]
    pub fn link(&self, stream_base: &str) -> JobLink {
        let base = stream_base.trim_end_matches('/');
        let stream_url = format!("{base}/jobs/{}/events?token={}", self.id, self.stream_token);
        JobLink {
            job: Link {
                id: self.id.clone(),
                kind: self.kind.clone(),
                status: self.status,
                stream_url,
                result_url: self.result_url.clone(),
            },
        }
    }
}

/// The message that brings a job to its worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct JobRequested {
    /// The job.
    pub job_id: String,
}

impl JobRequested {
    /// The message's type.
    pub const TYPE: &'static str = "jobs.job_requested";
}
