//! Pulling the export of a run: page by page, each stored before the next is asked for, so that a worker that
//! takes over goes on with the page after the last stored one.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use maru_jobs::{Lease, LeaseError, Progress};
use maru_lambda::Invocation;
use maru_store::StoreError;

use crate::error::Error;
use crate::export::{Broken, Dataset, Format, Page, too_many_broken};
use crate::files::Files;
use crate::generation::{self, Catalogue, CatalogueBuilder, CatalogueError, ShuffleError};
use crate::platform::{ExportPage, Platform, PlatformError};
use crate::runs::{DatasetCount, RunFailure, Shuffled, StoredPage};
use crate::store::Store;

/// With less time than this left, the worker hands over to another invocation. A page takes seconds.
const ENOUGH: Duration = Duration::from_secs(200);

/// What the ingestion works with.
pub struct Ingestion<'a> {
    /// The run.
    pub run: &'a str,
    /// The lease of the run's job: the fence of everything that is stored.
    pub lease: &'a Lease,
    /// The table.
    pub store: &'a Store,
    /// The files.
    pub files: &'a Files,
    /// The lecture platform.
    pub platform: &'a Platform,
}

/// How far the ingestion came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ingested {
    /// The export is whole; what was found in it.
    Whole(BTreeMap<String, DatasetCount>),
    /// The invocation's time is up; another has to go on.
    TimeIsUp,
}

/// Why the ingestion stopped.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The run cannot succeed: its failure, for the admin.
    #[error("{}", .0.detail)]
    Run(RunFailure),
    /// Worth another try.
    #[error(transparent)]
    Passing(#[from] Error),
}

impl From<LeaseError> for IngestError {
    fn from(error: LeaseError) -> Self {
        Self::Passing(error.into())
    }
}

impl From<StoreError> for IngestError {
    fn from(error: StoreError) -> Self {
        Self::Passing(error.into())
    }
}

impl Ingestion<'_> {
    /// Pulls what is missing of the export and stores it.
    ///
    /// # Errors
    /// [`IngestError`].
    pub async fn go_on(&self) -> Result<Ingested, IngestError> {
        if !self.pull_lectures().await? {
            return Ok(Ingested::TimeIsUp);
        }
        let catalogue = self.catalogue().await?;
        let mut datasets = BTreeMap::new();
        for (done, dataset) in (0..).zip(Dataset::ALL) {
            self.report(done, dataset).await?;
            let Some(count) = self.ingest(dataset, &catalogue).await? else { return Ok(Ingested::TimeIsUp) };
            datasets.insert(dataset.name().to_owned(), count);
        }
        Ok(Ingested::Whole(datasets))
    }

    /// The lectures come first: only with all of them is it known whose each row is.
    async fn pull_lectures(&self) -> Result<bool, IngestError> {
        let mut stored = self.store.pages(self.run, Dataset::Lectures).await?;
        while stored.last().is_none_or(|page| page.next.is_some()) {
            if self.time_is_up() {
                return Ok(false);
            }
            let (page, body) = self.pull(Dataset::Lectures, stored.last()).await?;
            let next_line =
                CatalogueBuilder::default().push(page_of(&page, &body)).map_err(catalogue_failure)?;
            let page = StoredPage { next_line, ..page };
            self.keep(&page).await?;
            stored.push(page);
        }
        Ok(true)
    }

    async fn catalogue(&self) -> Result<Catalogue, IngestError> {
        let mut builder = CatalogueBuilder::default();
        for page in self.store.pages(self.run, Dataset::Lectures).await? {
            let body = self.files.get(&page.raw).await?;
            builder.push(page_of(&page, &body)).map_err(catalogue_failure)?;
        }
        Ok(builder.finish())
    }

    /// Pulls and shuffles what is missing of a dataset; `None` when the time is up.
    async fn ingest(
        &self,
        dataset: Dataset,
        catalogue: &Catalogue,
    ) -> Result<Option<DatasetCount>, IngestError> {
        let mut stored = self.store.pages(self.run, dataset).await?;
        for page in stored.iter_mut().filter(|page| page.shuffled.is_none()) {
            let body = self.files.get(&page.raw).await?;
            *page = self.shuffle(page.clone(), &body, catalogue).await?;
        }
        while stored.last().is_none_or(|page| page.next.is_some()) {
            if self.time_is_up() {
                return Ok(None);
            }
            let (page, body) = self.pull(dataset, stored.last()).await?;
            stored.push(self.shuffle(page, &body, catalogue).await?);
        }
        let mut count = count(&stored);
        if count.broken > 0 {
            count.quarantine = Some(format!("runs/{}/quarantine/{}/", self.run, dataset.name()));
        }
        if too_many_broken(count.rows, count.broken) {
            let DatasetCount { rows, broken, .. } = count;
            let detail = format!("{broken} of {rows} rows of {dataset} are broken, more than 1 %");
            return Err(failure("too_many_broken_rows", detail));
        }
        Ok(Some(count))
    }

    /// Asks for the page after `before` and stores it as it was delivered.
    async fn pull(
        &self,
        dataset: Dataset,
        before: Option<&StoredPage>,
    ) -> Result<(StoredPage, bytes::Bytes), IngestError> {
        let since = before.and_then(|before| before.next.as_deref());
        let ExportPage { format, body, rows, next } =
            self.platform.page(dataset, since).await.map_err(platform_failure)?;
        if next.is_some() && next.as_deref() == since {
            return Err(failure(
                "platform_contract_broken",
                format!("{dataset} does not get past the cursor {since:?}"),
            ));
        }
        let page = before.map_or(0, |before| before.page + 1);
        let extension = match format {
            Format::Ndjson => "ndjson",
            Format::Csv => "csv",
        };
        let raw = self.file("export", dataset, page, extension);
        self.files.put(&raw, body.clone()).await?;
        let first_line = before.map_or(format.first_line(), |before| before.next_line);
        let stored = StoredPage {
            dataset,
            page,
            raw,
            format,
            first_line,
            next_line: first_line,
            next,
            announced_rows: rows,
            shuffled: None,
        };
        Ok((stored, body))
    }

    async fn shuffle(
        &self,
        page: StoredPage,
        body: &[u8],
        catalogue: &Catalogue,
    ) -> Result<StoredPage, IngestError> {
        let shuffled =
            generation::shuffle(page.dataset, page_of(&page, body), catalogue).map_err(shuffle_failure)?;
        if let Some(announced) = page.announced_rows.filter(|announced| *announced != shuffled.rows) {
            let detail = format!(
                "page {} of {} has {} rows, but the platform announced {announced}",
                page.page, page.dataset, shuffled.rows
            );
            return Err(failure("export_incomplete", detail));
        }
        self.quarantine(&page, &shuffled.broken).await?;
        let file = self.file("shuffled", page.dataset, page.page, "records");
        let mut bytes = Vec::with_capacity(shuffled.offsets.as_bytes().len() + shuffled.body.len());
        bytes.extend_from_slice(shuffled.offsets.as_bytes());
        bytes.extend_from_slice(&shuffled.body);
        self.files.put(&file, bytes).await?;
        let (rows, broken, next_line) = (shuffled.rows, shuffled.broken_rows, shuffled.next_line);
        let page = StoredPage { next_line, shuffled: Some(Shuffled { file, rows, broken }), ..page };
        self.keep(&page).await?;
        Ok(page)
    }

    /// Stores the broken rows of a page, for the people who repair the export.
    async fn quarantine(&self, page: &StoredPage, broken: &[Broken]) -> Result<(), IngestError> {
        if broken.is_empty() {
            return Ok(());
        }
        let mut lines = Vec::new();
        for broken in broken {
            serde_json::to_writer(&mut lines, broken).map_err(Error::from)?;
            lines.push(b'\n');
        }
        let name = self.file("quarantine", page.dataset, page.page, "ndjson");
        Ok(self.files.put(&name, lines).await?)
    }

    /// Stores what became of a page, under the fence of the lease.
    async fn keep(&self, page: &StoredPage) -> Result<(), IngestError> {
        Ok(self.lease.write_with(vec![self.store.put_page(self.run, page)?]).await?)
    }

    async fn report(&self, done: u32, dataset: Dataset) -> Result<(), IngestError> {
        let total = u32::try_from(Dataset::ALL.len()).unwrap_or(0);
        Ok(self.lease.report(&Progress { done, total, label: dataset.name().to_owned() }).await?)
    }

    fn file(&self, folder: &str, dataset: Dataset, page: u32, extension: &str) -> String {
        let (run, epoch) = (self.run, self.lease.epoch());
        format!("runs/{run}/{folder}/{}/{page:06}-{epoch}.{extension}", dataset.name())
    }

    fn time_is_up(&self) -> bool {
        let now: Timestamp = self.store.table().clock().now();
        Invocation::current().is_some_and(|invocation| invocation.remaining(now) < ENOUGH)
    }
}

fn page_of<'a>(page: &StoredPage, bytes: &'a [u8]) -> Page<'a> {
    Page { format: page.format, first_line: page.first_line, bytes }
}

fn count(pages: &[StoredPage]) -> DatasetCount {
    let mut count = DatasetCount::default();
    for shuffled in pages.iter().filter_map(|page| page.shuffled.as_ref()) {
        count.rows += shuffled.rows;
        count.broken += shuffled.broken;
    }
    count
}

fn failure(code: &str, detail: impl Into<String>) -> IngestError {
    IngestError::Run(RunFailure { code: code.to_owned(), detail: detail.into() })
}

fn platform_failure(error: PlatformError) -> IngestError {
    let code = match &error {
        PlatformError::NoDataset(_) => "dataset_missing",
        PlatformError::Unauthorized | PlatformError::Token(_) => "platform_unauthorized",
        PlatformError::Contract(_) => "platform_contract_broken",
        PlatformError::Unavailable(..) => "platform_unavailable",
    };
    failure(code, maru_lambda::logs::chain(&error))
}

fn catalogue_failure(error: CatalogueError) -> IngestError {
    failure("too_many_lectures", error.to_string())
}

fn shuffle_failure(error: ShuffleError) -> IngestError {
    failure("platform_contract_broken", error.to_string())
}
