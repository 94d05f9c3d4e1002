//! The consulting table.
//!
//! | access | key |
//! |---|---|
//! | the generation that readers see | `pk = PUBLISHED, sk = PUBLISHED` |
//! | a lecturer's numbers in a generation | `pk = GENERATION#<run>#<lecturer>`, sk as in [`crate::published`] |
//! | runs, the newest first | `pk = RUNS, sk = <run id>`, backwards |
//! | the run of a day | `pk = DAY#<day>, sk = RUN` |
//! | the pages that a run has stored | `pk = RUN#<run>, sk = PAGE#<dataset>#<page>` |
//! | a lecturer's reports, the newest first | `pk = REPORTS#<lecturer>, sk = <report id>`, backwards |
//! | answers by idempotency key | `pk = IDEMPOTENCY#<caller>#<function>, sk = <key>` |
//! | that an account was closed, and what was erased | `pk = ERASURE#<account>, sk = RECORD` |

use std::sync::{Arc, Mutex};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_store::{Key, ListQuery, Page, Scope, StoreError, Table, text};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::generation::numbers::LecturerNumbers;
use crate::published::{self, Part};
use crate::report::{Report, ReportSummary};

/// How long a function may go on with the generation that it knows: a new one is seen after this time.
const REMEMBERED: SignedDuration = SignedDuration::from_secs(1);

/// The consulting table.
#[derive(Clone, Debug)]
pub struct Store {
    table: Table,
    remembered: Arc<Mutex<Option<(Timestamp, Pointer)>>>,
}

/// The generation that readers see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pointer {
    /// The run that computed it, whose id is the generation's.
    pub generation: String,
    /// The last day that it counts.
    pub day: Date,
    /// When it became what readers see.
    pub published_at: Timestamp,
    /// The generation before it, kept for readers who began with it.
    #[serde(default)]
    pub previous: Option<String>,
    /// The one before that, which nobody can see any more.
    #[serde(default)]
    pub forgotten: Option<String>,
}

impl FromEnvironment for Store {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self { table: Table::open(environment, "CONSULTING_TABLE")?, remembered: Arc::default() })
    }
}

impl Store {
    /// The table itself, for what `maru_store` does.
    #[must_use]
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// The generation that readers see, as it was at most a second ago.
    ///
    /// # Errors
    /// [`Error::NothingPublished`] before the first night, [`Error::Store`].
    pub async fn published(&self) -> Result<Pointer, Error> {
        let now = self.table.clock().now();
        let remembered = self.remembered.lock().ok().and_then(|remembered| remembered.clone());
        if let Some((at, pointer)) = remembered
            && now.duration_since(at).abs() < REMEMBERED
        {
            return Ok(pointer);
        }
        let pointer = self.pointer().await?.ok_or(Error::NothingPublished)?;
        if let Ok(mut remembered) = self.remembered.lock() {
            *remembered = Some((now, pointer.clone()));
        }
        Ok(pointer)
    }

    /// The generation that readers see at this moment, if there is one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn pointer(&self) -> Result<Option<Pointer>, StoreError> {
        self.table.get(&pointer_key(), true).await
    }

    /// A lecturer's numbers in `generation`, with the revenue from the month of `from` on: one query. A
    /// lecturer without lectures has empty ones.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn numbers(
        &self,
        generation: &str,
        lecturer: &str,
        from: Date,
    ) -> Result<LecturerNumbers, Error> {
        let parts =
            self.parts(generation, lecturer, &published::first_key(from), published::SUMMARY_END).await?;
        Ok(published::numbers(lecturer, &parts)?)
    }

    /// The newest reviews and questions of a lecturer in `generation`.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn texts(&self, generation: &str, lecturer: &str) -> Result<Vec<published::Text>, Error> {
        let parts = self.parts(generation, lecturer, published::TEXTS, "TEXTS#~").await?;
        let mut texts = Vec::new();
        for part in &parts {
            texts.extend(published::texts(part)?);
        }
        Ok(texts)
    }

    async fn parts(
        &self,
        generation: &str,
        lecturer: &str,
        from: &str,
        to: &str,
    ) -> Result<Vec<Part>, StoreError> {
        let query = self
            .table
            .client()
            .query()
            .table_name(self.table.name())
            .key_condition_expression("pk = :pk AND sk BETWEEN :from AND :to")
            .expression_attribute_values(":pk", text(lecturer_partition(generation, lecturer)))
            .expression_attribute_values(":from", text(from))
            .expression_attribute_values(":to", text(to));
        self.table.query_all(query).await
    }

    /// A lecturer's report.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn report(&self, lecturer: &str, id: &str) -> Result<Option<Report>, StoreError> {
        self.table.get(&report_key(lecturer, id), true).await
    }

    /// A lecturer's reports, the newest first.
    ///
    /// # Errors
    /// 400 `invalid_cursor`, or the database's as a problem.
    pub async fn reports(
        &self,
        lecturer: &str,
        list: &ListQuery,
    ) -> Result<Page<ReportSummary>, maru_lambda::Problem> {
        let partition = reports_partition(lecturer);
        let scope = Scope::new("list_reports", "", lecturer, &partition);
        // Without the sections, which are nearly all of it.
        let fields = "id, #day, #language, createdAt, #offline, notice, reviews, questions, droppedClaims";
        let query = self.table.query(&partition).scan_index_forward(false).projection_expression(fields);
        let query =
            query.expression_attribute_names("#day", "day").expression_attribute_names("#offline", "offline");
        self.table.page(query.expression_attribute_names("#language", "language"), list, &scope).await
    }
}

/// The key of the item that says which generation readers see.
#[must_use]
pub fn pointer_key() -> Key {
    Key::new("PUBLISHED", "PUBLISHED")
}

/// The partition of a lecturer in a generation.
#[must_use]
pub fn lecturer_partition(generation: &str, lecturer: &str) -> String {
    format!("GENERATION#{generation}#{lecturer}")
}

/// The partition of a lecturer's reports.
#[must_use]
pub fn reports_partition(lecturer: &str) -> String {
    format!("REPORTS#{lecturer}")
}

/// The key of a report.
#[must_use]
pub fn report_key(lecturer: &str, id: &str) -> Key {
    Key::new(reports_partition(lecturer), id)
}
