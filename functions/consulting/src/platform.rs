//! The lecture platform, from which the export is pulled page by page.
//!
//! `GET <base>/exports/<dataset>?since=<cursor>&limit=<rows>` with a bearer token gives a page as NDJSON or
//! CSV (each CSV page begins with the header). `x-row-count` says how many rows the page has, `x-next-cursor`
//! where to go on, absent on the last page.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use maru_lambda::{BoxError, ConfigurationError, Environment, FromEnvironment, OnFirstUse};
use tokio::sync::OnceCell;

use crate::export::{Dataset, Format};
use crate::generation::LARGEST_PAGE_BYTES;

/// How many rows a page is asked to have. Enrolments have about 170 bytes each, so a page has 3 to 4 MB.
const PAGE_ROWS: u32 = 20_000;

/// How long one page may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often a page is asked for before the run gives up.
const ATTEMPTS: u32 = 3;

/// The longest pause between two attempts, whatever the platform asks for.
const LONGEST_PAUSE: Duration = Duration::from_secs(20);

/// The lecture platform.
#[derive(Clone)]
pub struct Platform {
    client: Arc<OnceCell<reqwest::Client>>,
    base: String,
    secrets: OnFirstUse<aws_sdk_ssm::Client>,
    token_name: String,
    token: Arc<OnceCell<String>>,
}

/// One page as it was delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportPage {
    /// How it is written.
    pub format: Format,
    /// The page.
    pub body: Bytes,
    /// How many rows the platform says it has.
    pub rows: Option<u64>,
    /// Where to go on; none on the last page.
    pub next: Option<String>,
}

/// A page that did not come.
#[derive(Debug, thiserror::Error)]
pub enum PlatformError {
    /// The platform does not have the dataset.
    #[error("the lecture platform has no dataset {0}")]
    NoDataset(Dataset),
    /// The platform refuses our token.
    #[error("the lecture platform refuses the access token")]
    Unauthorized,
    /// The platform answers in a way that the contract does not have.
    #[error("the lecture platform broke its contract: {0}")]
    Contract(String),
    /// The platform failed, several times.
    #[error("the lecture platform failed {ATTEMPTS} times")]
    Unavailable(#[source] BoxError),
    /// The HTTP client could not be made.
    #[error("there is no HTTP client to ask the lecture platform with")]
    Client(#[source] BoxError),
    /// The token could not be read.
    #[error("the token of the lecture platform could not be read")]
    Token(#[source] BoxError),
}

impl FromEnvironment for Platform {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let base = environment.require("LECTURE_PLATFORM_URL")?.trim_end_matches('/').to_owned();
        Ok(Self {
            client: Arc::default(),
            base,
            secrets: environment.client(aws_sdk_ssm::Client::new),
            token_name: environment.require("LECTURE_PLATFORM_TOKEN_PARAMETER")?.to_owned(),
            token: Arc::default(),
        })
    }
}

enum Attempt {
    Page(ExportPage),
    /// Worth another try, after this pause if the platform asked for one.
    Again(BoxError, Option<Duration>),
}

impl Platform {
    /// The page of `dataset` from `since` on; from the beginning without it.
    ///
    /// # Errors
    /// [`PlatformError`].
    pub async fn page(&self, dataset: Dataset, since: Option<&str>) -> Result<ExportPage, PlatformError> {
        let mut attempt = 1;
        loop {
            let (error, pause) = match self.attempt(dataset, since).await? {
                Attempt::Page(page) => return Ok(page),
                Attempt::Again(error, pause) => (error, pause),
            };
            tracing::warn!(dataset = dataset.name(), attempt, %error, "the lecture platform failed");
            if attempt == ATTEMPTS {
                return Err(PlatformError::Unavailable(error));
            }
            let pause = pause.unwrap_or(Duration::from_millis(250 << attempt));
            tokio::time::sleep(pause.min(LONGEST_PAUSE)).await;
            attempt += 1;
        }
    }

    async fn attempt(&self, dataset: Dataset, since: Option<&str>) -> Result<Attempt, PlatformError> {
        let token = self.token.get_or_try_init(|| self.read_token()).await?;
        let mut query = vec![("limit", PAGE_ROWS.to_string())];
        query.extend(since.map(|since| ("since", since.to_owned())));
        let url = format!("{}/exports/{}", self.base, dataset.name());
        let client = self.client.get_or_try_init(|| async { client() }).await?;
        let request = client.get(url).query(&query).bearer_auth(token);
        let answer = match request.send().await {
            Ok(answer) => answer,
            Err(error) => return Ok(Attempt::Again(error.into(), None)),
        };
        match answer.status() {
            StatusCode::OK => receive(dataset, answer).await,
            StatusCode::NOT_FOUND => Err(PlatformError::NoDataset(dataset)),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Err(PlatformError::Unauthorized),
            status if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
                let pause = number(answer.headers(), "retry-after").map(Duration::from_secs);
                Ok(Attempt::Again(format!("status {status}").into(), pause))
            }
            status => Err(PlatformError::Contract(format!("status {status}"))),
        }
    }

    async fn read_token(&self) -> Result<String, PlatformError> {
        let request = self.secrets.get_parameter().name(&self.token_name).with_decryption(true);
        let answer = request.send().await.map_err(|error| PlatformError::Token(error.into()))?;
        let value = answer.parameter.and_then(|parameter| parameter.value);
        value.ok_or_else(|| PlatformError::Token("the parameter has no value".into()))
    }
}

/// Made at the first page and not at the start: it reads the system's list of certificates.
fn client() -> Result<reqwest::Client, PlatformError> {
    let builder = reqwest::Client::builder()
        .timeout(PATIENCE)
        .connect_timeout(Duration::from_secs(5))
        // The token must not follow a redirect to another host.
        .redirect(reqwest::redirect::Policy::none());
    builder.build().map_err(|error| PlatformError::Client(error.into()))
}

async fn receive(dataset: Dataset, mut answer: reqwest::Response) -> Result<Attempt, PlatformError> {
    let headers = answer.headers().clone();
    let format = format(&headers).ok_or_else(|| {
        PlatformError::Contract(format!("{dataset} came neither as application/x-ndjson nor as text/csv"))
    })?;
    let mut body = Vec::new();
    loop {
        match answer.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() > LARGEST_PAGE_BYTES => {
                return Err(PlatformError::Contract(format!(
                    "a page of {dataset} has over {LARGEST_PAGE_BYTES} bytes"
                )));
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => break,
            // Cut off in the middle: the page is worth nothing.
            Err(error) => return Ok(Attempt::Again(error.into(), None)),
        }
    }
    let next = headers.get("x-next-cursor").and_then(|value| value.to_str().ok()).map(str::to_owned);
    Ok(Attempt::Page(ExportPage { format, body: body.into(), rows: number(&headers, "x-row-count"), next }))
}

fn format(headers: &HeaderMap) -> Option<Format> {
    let media_type = headers.get(header::CONTENT_TYPE)?.to_str().ok()?.split(';').next()?.trim();
    match media_type {
        "application/x-ndjson" => Some(Format::Ndjson),
        "text/csv" => Some(Format::Csv),
        _ => None,
    }
}

fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}
