//! The sandbox of the lecture platform: its export, served page by page from a folder of files.
//!
//! `GET /exports/{dataset}?since=<cursor>&limit=<rows>` with `Authorization: Bearer <token>` answers with a
//! page of `{dataset}.ndjson` (`application/x-ndjson`) or `{dataset}.csv` (`text/csv; header=present`: every
//! page begins with the header line). `x-row-count` counts the page's rows, broken ones too, blank lines not;
//! `x-next-cursor` is opaque and absent on the last page. Only the page's own bytes are read, so that files
//! may be of any size.

mod answer;
mod cursor;
mod lecturers;
mod page;
mod problem;
mod records;
mod window;

#[cfg(test)]
mod tests;

use std::{path::PathBuf, sync::Arc};

use axum::{
    Router,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderMap, header::AUTHORIZATION},
    response::Response,
    routing::get,
};
use serde::Deserialize;

pub use self::lecturers::lecturer_with_most_lectures;
use self::{
    page::{Page, PageError, Source},
    problem::Problem,
};
use crate::faults::{FaultTarget, Faults};

/// The datasets of the export.
const DATASETS: [&str; 5] = ["lectures", "enrollments", "progress", "questions", "reviews"];
/// Rows of a page whose caller names no limit.
const DEFAULT_LIMIT: usize = 50_000;
/// Most rows of a page.
const MOST_ROWS: usize = 100_000;

/// The sandbox: which files it serves, and to whom.
#[derive(Debug)]
pub struct Platform {
    directory: PathBuf,
    token: String,
    faults: Arc<Faults>,
}

impl Platform {
    /// Serves the files of `directory` to callers with this bearer token. Of `faults` it takes those of
    /// [`FaultTarget::Partner`], by dataset.
    pub fn new(directory: PathBuf, token: impl Into<String>, faults: Arc<Faults>) -> Self {
        Self { directory, token: token.into(), faults }
    }

    fn admits(&self, headers: &HeaderMap) -> bool {
        let given = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        given.and_then(|value| value.strip_prefix("Bearer ")) == Some(self.token.as_str())
    }
}

/// The sandbox as the router of a loopback port of its own.
pub fn router(platform: Platform) -> Router {
    Router::new()
        .route("/exports/{dataset}", get(export))
        .fallback(|| async { Problem::NoSuchDataset.into_response() })
        .with_state(Arc::new(platform))
}

#[derive(Debug, Deserialize)]
struct Parameters {
    since: Option<String>,
    limit: Option<usize>,
}

async fn export(
    State(platform): State<Arc<Platform>>,
    Path(dataset): Path<String>,
    parameters: Result<Query<Parameters>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let fault = platform.faults.take(FaultTarget::Partner, &dataset);
    if let Some(refusal) = answer::refused_on_demand(fault.as_ref()).await {
        return refusal;
    }
    let page = if platform.admits(&headers) {
        next_page(&platform, dataset, parameters).await
    } else {
        Err(Problem::Unauthorized)
    };
    match page {
        Ok((page, next)) => answer::of_page(page, next, fault.as_ref()).await,
        Err(problem) => problem.into_response(),
    }
}

/// Reads the page that is asked for; gives it with the cursor of the next one.
async fn next_page(
    platform: &Platform,
    dataset: String,
    parameters: Result<Query<Parameters>, QueryRejection>,
) -> Result<(Page, Option<String>), Problem> {
    let Ok(Query(parameters)) = parameters else { return Err(Problem::InvalidLimit) };
    let limit = parameters.limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=MOST_ROWS).contains(&limit) {
        return Err(Problem::InvalidLimit);
    }
    let known = DATASETS.contains(&dataset.as_str());
    let source = known.then(|| Source::find(&platform.directory, &dataset)).flatten();
    let source = source.ok_or(Problem::NoSuchDataset)?;
    let offset = match &parameters.since {
        Some(cursor) => cursor::read(cursor, &dataset).ok_or(Problem::InvalidCursor)?,
        None => 0,
    };
    let read = tokio::task::spawn_blocking(move || source.page(offset, limit, page::MOST_BYTES)).await;
    let page = match read {
        Ok(Ok(page)) => page,
        Ok(Err(PageError::BeyondEnd)) => return Err(Problem::InvalidCursor),
        Ok(Err(PageError::File(_))) | Err(_) => return Err(Problem::Unreadable),
    };
    let next = page.next.map(|offset| cursor::write(&dataset, offset));
    Ok((page, next))
}
