//! The resume table.
//!
//! | access | key |
//! |---|---|
//! | a member's resumes, the newest first | `pk = RESUMES#<member>, sk = <resume id>`, backwards |
//! | a resume's versions, the newest first | `pk = RESUME#<member>#<resume>, sk = VERSION#<number>`, backwards |
//! | the document of a version | `pk = RESUME#<member>#<resume>, sk = DOCUMENT#<number>` |
//! | a proposed edit | `pk = RESUME#<member>#<resume>, sk = EDIT#<edit id>` |
//! | the facts of each repository it was written from | `pk = RESUME#<member>#<resume>, sk = FACTS#<1–3>` |
//! | the copy of a member's profile | `pk = PROFILE#<member>, sk = PROFILE` |
//! | a member's GitHub connection and what was fetched through it | `pk = GITHUB#<member>, sk = …` |
//! | that a member is gone, and what was erased | `pk = ERASURE#<member>, sk = RECORD` |
//! | answers by idempotency key | `pk = IDEMPOTENCY#<caller>#<function>, sk = <key>` |
//!
//! The member stands in every key, so that another member's resume is not refused but not found. What a member used,
//! and the plan that limits it, lie in a table that billing reads, too (`maru_credits`).

use aws_sdk_dynamodb::types::TransactWriteItem;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, Problem};
use maru_store::{Key, ListQuery, Page, Scope, StoreError, Table, text};
use serde::Deserialize;

use crate::error::Error;
use crate::resume::{Resume, ResumeSummary, Version};

/// The resume table.
#[derive(Clone, Debug)]
pub struct Store {
    table: Table,
}

impl FromEnvironment for Store {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self { table: Table::open(environment, "RESUME_TABLE")? })
    }
}

impl Store {
    /// The table itself, for what `maru_store` does.
    #[must_use]
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// The condition that `member` has not been erased: for every transaction that would bring back data of
    /// theirs, here or in a table of which no other domain erases it.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub fn still_here(&self, member: &str) -> Result<TransactWriteItem, StoreError> {
        self.table.erasure(member).not_begun()
    }

    /// A member's resume.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`].
    pub async fn resume(&self, member: &str, id: &str) -> Result<Resume, Error> {
        self.table.get(&resume_key(member, id), true).await?.ok_or(Error::NotFound)
    }

    /// The JSON text of the document that a resume has at present.
    ///
    /// # Errors
    /// [`Error::Stale`] when the resume changed so often since it was read that the version is no more kept.
    pub async fn document(&self, resume: &Resume) -> Result<String, Error> {
        let document = self.document_of(&resume.owner_id, &resume.id, resume.version).await?;
        document.ok_or(Error::Stale)
    }

    /// The JSON text of a version's document; none if there is no such version, or no more.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn document_of(
        &self,
        member: &str,
        id: &str,
        version: u64,
    ) -> Result<Option<String>, StoreError> {
        let item: Option<DocumentItem> = self.table.get(&document_key(member, id, version), true).await?;
        Ok(item.map(|item| item.document))
    }

    /// A member's resumes, the newest first.
    ///
    /// # Errors
    /// 400 `invalid_cursor`, or the database's as a problem.
    pub async fn resumes(&self, member: &str, list: &ListQuery) -> Result<Page<ResumeSummary>, Problem> {
        let partition = resumes_partition(member);
        let scope = Scope::new("list_resumes", "", member, &partition);
        let query = self.table.query(&partition).scan_index_forward(false).consistent_read(true);
        self.table.page(query, list, &scope).await
    }

    /// All resumes of a member.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn all_resumes(&self, member: &str) -> Result<Vec<Resume>, StoreError> {
        self.table.query_all(self.table.query(&resumes_partition(member)).consistent_read(true)).await
    }

    /// A resume's versions, the newest first.
    ///
    /// # Errors
    /// 400 `invalid_cursor`, or the database's as a problem.
    pub async fn versions(&self, member: &str, id: &str, list: &ListQuery) -> Result<Page<Version>, Problem> {
        let partition = resume_partition(member, id);
        let scope = Scope::new("list_resume_versions", "", member, &partition);
        let query = self
            .table
            .query(&partition)
            .key_condition_expression("pk = :pk AND begins_with(sk, :versions)")
            .expression_attribute_values(":versions", text("VERSION#"))
            .scan_index_forward(false)
            .consistent_read(true);
        self.table.page(query, list, &scope).await
    }
}

/// The item of a version's document.
#[derive(Debug, Deserialize)]
struct DocumentItem {
    document: String,
}

/// The partition of a member's resumes.
#[must_use]
pub fn resumes_partition(member: &str) -> String {
    format!("RESUMES#{member}")
}

/// The partition of what belongs to one resume.
#[must_use]
pub fn resume_partition(member: &str, resume: &str) -> String {
    format!("RESUME#{member}#{resume}")
}

/// The partition of what a member fetched from GitHub, and of their connection to it.
#[must_use]
pub fn github_partition(member: &str) -> String {
    format!("GITHUB#{member}")
}

/// The key of a resume.
#[must_use]
pub fn resume_key(member: &str, resume: &str) -> Key {
    Key::new(resumes_partition(member), resume)
}

/// The key of a version: what it is, without its document.
#[must_use]
pub fn version_key(member: &str, resume: &str, version: u64) -> Key {
    Key::new(resume_partition(member, resume), format!("VERSION#{version:010}"))
}

/// The key of a version's document.
#[must_use]
pub fn document_key(member: &str, resume: &str, version: u64) -> Key {
    Key::new(resume_partition(member, resume), format!("DOCUMENT#{version:010}"))
}

/// The key of a proposed edit.
#[must_use]
pub fn edit_key(member: &str, resume: &str, edit: &str) -> Key {
    Key::new(resume_partition(member, resume), format!("EDIT#{edit}"))
}

/// The key of the facts of the `number`-th repository that a resume was written from.
#[must_use]
pub fn facts_key(member: &str, resume: &str, number: u8) -> Key {
    Key::new(resume_partition(member, resume), format!("FACTS#{number}"))
}

/// The key of the copy of a member's profile.
#[must_use]
pub fn profile_key(member: &str) -> Key {
    Key::new(format!("PROFILE#{member}"), "PROFILE")
}
