//! The lecture platform, from which the export is pulled page by page.
//!
//! `GET <base>/exports/<dataset>?since=<cursor>&limit=<rows>` with a bearer token gives a page as NDJSON or
//! CSV (each CSV page begins with the header). `x-row-count` says how many rows the page has, `x-next-cursor`
//! where to go on, absent on the last page.

use std::time::Duration;

use bytes::Bytes;
use http::{StatusCode, header};
use maru_lambda::{BoxError, ConfigurationError, Environment, FromEnvironment};
use maru_partner::{Answer, Partner, PartnerError, Retry, Secret, Terms};

use crate::export::{Dataset, Format};
use crate::generation::LARGEST_PAGE_BYTES;

/// How many rows a page is asked to have. Enrolments have about 170 bytes each, so a page has 3 to 4 MB.
const PAGE_ROWS: u32 = 20_000;

/// What one page may take.
const TERMS: Terms = Terms {
    name: "the lecture platform",
    patience: Duration::from_secs(60),
    largest_body: LARGEST_PAGE_BYTES,
};

/// How often a page is asked for before the run gives up.
const RETRY: Retry = Retry::attempts(3).longest_pause(Duration::from_secs(20));

/// The lecture platform.
#[derive(Clone)]
pub struct Platform {
    partner: Partner,
    token: Secret,
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
    #[error("the lecture platform gave no page of {0}")]
    Unavailable(Dataset, #[source] PartnerError),
    /// The token could not be read.
    #[error("the token of the lecture platform could not be read")]
    Token(#[source] BoxError),
}

impl FromEnvironment for Platform {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self {
            partner: Partner::open(environment, "LECTURE_PLATFORM_URL", TERMS)?,
            token: Secret::open(environment, "LECTURE_PLATFORM_TOKEN_PARAMETER")?,
        })
    }
}

impl Platform {
    /// The page of `dataset` from `since` on; from the beginning without it.
    ///
    /// # Errors
    /// [`PlatformError`].
    pub async fn page(&self, dataset: Dataset, since: Option<&str>) -> Result<ExportPage, PlatformError> {
        let token = self.token.value().await.map_err(|error| PlatformError::Token(error.into()))?;
        let rows = PAGE_ROWS.to_string();
        let query = [("limit", Some(rows.as_str())), ("since", since)];
        let call = self.partner.get(["exports", dataset.name()]).query(&query).bearer(token);
        let answer = call.send(&RETRY).await.map_err(|error| failed(dataset, error))?;
        match answer.status {
            StatusCode::OK => page(dataset, &answer),
            StatusCode::NOT_FOUND => Err(PlatformError::NoDataset(dataset)),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Err(PlatformError::Unauthorized),
            status => Err(PlatformError::Contract(format!("status {status}"))),
        }
    }
}

fn failed(dataset: Dataset, error: PartnerError) -> PlatformError {
    match error {
        PartnerError::TooLarge { most, .. } => {
            PlatformError::Contract(format!("a page of {dataset} has over {most} bytes"))
        }
        error => PlatformError::Unavailable(dataset, error),
    }
}

fn page(dataset: Dataset, answer: &Answer) -> Result<ExportPage, PlatformError> {
    let format = format(answer).ok_or_else(|| {
        PlatformError::Contract(format!("{dataset} came neither as application/x-ndjson nor as text/csv"))
    })?;
    Ok(ExportPage {
        format,
        body: answer.body.clone(),
        rows: answer.number("x-row-count"),
        next: answer.header("x-next-cursor").map(str::to_owned),
    })
}

fn format(answer: &Answer) -> Option<Format> {
    let media_type = answer.header(header::CONTENT_TYPE.as_str())?.split(';').next()?.trim();
    match media_type {
        "application/x-ndjson" => Some(Format::Ndjson),
        "text/csv" => Some(Format::Csv),
        _ => None,
    }
}
