//! The interview table.
//!
//! | access | key |
//! |---|---|
//! | a member's interviews, the newest first | `pk = INTERVIEWS#<member>, sk = <interview id>`, backwards |
//! | what was asked in each of them, to be avoided | `pk = ASKED#<member>, sk = <interview id>`, backwards |
//! | an interview's questions, each with the newest feedback | `pk = INTERVIEW#<member>#<interview>, sk = <question id>` |
//! | what an answer was graded with before | `pk = GRADES#<member>, sk = <interview>#<question id>#<answer key>` |
//! | that an interview was deleted | `pk = DELETED#<member>, sk = <interview id>` |
//! | the last accepted request of somebody | `pk = PACE#<asker>, sk = PACE` |
//! | a guest's requests of the day | `pk = LIMIT#guest-interviews#<network>, sk = <begin of the day>` |
//! | that a member is gone, and what was erased | `pk = ERASURE#<member>, sk = RECORD` |
//! | answers by idempotency key | `pk = IDEMPOTENCY#<caller>#<function>, sk = <key>` |
//!
//! The member stands in every key, so that another member's interview is not refused but not found. What a guest
//! asked for is not here.

use std::collections::BTreeMap;

use interview_rules::selection::FORMER;
use interview_rules::similarity::Fingerprint;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, Problem};
use maru_store::{Key, ListQuery, Page, Scope, StoreError, Table};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::interview::{Interview, KeptQuestion, Summary};

/// The interview table.
#[derive(Clone, Debug)]
pub struct Store {
    table: Table,
}

/// Of how many interviews one call reads what was asked: with nine questions each, as many as are looked at.
const PAGE: i32 = 34;

/// What was asked in an interview, by question id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AskedBefore {
    /// One for each question.
    pub fingerprints: BTreeMap<String, Fingerprint>,
}

impl FromEnvironment for Store {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self { table: Table::open(environment, "INTERVIEW_TABLE")? })
    }
}

impl Store {
    /// The table itself, for what `maru_store` does.
    #[must_use]
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// A member's interviews, the newest first.
    ///
    /// # Errors
    /// 400 `invalid_cursor`, or the database's as a problem.
    pub async fn interviews(&self, member: &str, list: &ListQuery) -> Result<Page<Summary>, Problem> {
        let partition = interviews_partition(member);
        let scope = Scope::new("list_interviews", "", member, &partition);
        let query = self.table.query(&partition).scan_index_forward(false).consistent_read(true);
        self.table.page(query, list, &scope).await
    }

    /// What a member's interview is about, without its questions.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`].
    pub async fn summary(&self, member: &str, id: &str) -> Result<Summary, Error> {
        self.table.get(&summary_key(member, id), true).await?.ok_or(Error::NotFound)
    }

    /// A member's interview with its questions.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`].
    pub async fn interview(&self, member: &str, id: &str) -> Result<Interview, Error> {
        let summary = self.summary(member, id).await?;
        let questions = self.questions(member, id).await?;
        Ok(Interview::new(summary, questions))
    }

    /// Whether a member deleted this interview, as far back as matters.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn is_deleted(&self, member: &str, id: &str) -> Result<bool, StoreError> {
        let note: Option<IgnoredAny> = self.table.get(&deleted_key(member, id), true).await?;
        Ok(note.is_some())
    }

    /// An interview's questions, in their order.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn questions(&self, member: &str, id: &str) -> Result<Vec<KeptQuestion>, StoreError> {
        let query = self.table.query(&interview_partition(member, id)).consistent_read(true);
        self.table.query_all(query).await
    }

    /// What a member was asked before, the newest first, as far as it is looked at.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn former(&self, member: &str) -> Result<Vec<Fingerprint>, StoreError> {
        let (mut former, mut next) = (Vec::new(), None);
        loop {
            let query = self.table.query(&asked_partition(member)).scan_index_forward(false).limit(PAGE);
            let query = query.set_exclusive_start_key(next);
            let (asked, more): (Vec<AskedBefore>, _) = self.table.query_batch(query).await?;
            former.extend(asked.into_iter().flat_map(|before| before.fingerprints.into_values()));
            if more.is_none() || former.len() >= FORMER {
                former.truncate(FORMER);
                return Ok(former);
            }
            next = more;
        }
    }
}

/// The partition of a member's interviews.
#[must_use]
pub fn interviews_partition(member: &str) -> String {
    format!("INTERVIEWS#{member}")
}

/// The partition of what a member was asked.
#[must_use]
pub fn asked_partition(member: &str) -> String {
    format!("ASKED#{member}")
}

/// The partition of what belongs to one interview.
#[must_use]
pub fn interview_partition(member: &str, id: &str) -> String {
    format!("INTERVIEW#{member}#{id}")
}

/// The partition of what a member's answers were graded with.
#[must_use]
pub fn grades_partition(member: &str) -> String {
    format!("GRADES#{member}")
}

/// The key of an interview.
#[must_use]
pub fn summary_key(member: &str, id: &str) -> Key {
    Key::new(interviews_partition(member), id)
}

/// The key of what was asked in an interview.
#[must_use]
pub fn asked_key(member: &str, id: &str) -> Key {
    Key::new(asked_partition(member), id)
}

/// The partition of the interviews that a member deleted.
#[must_use]
pub fn deleted_partition(member: &str) -> String {
    format!("DELETED#{member}")
}

/// The key of the note that an interview was deleted.
#[must_use]
pub fn deleted_key(member: &str, id: &str) -> Key {
    Key::new(deleted_partition(member), id)
}

/// The key of a question.
#[must_use]
pub fn question_key(member: &str, id: &str, question: &str) -> Key {
    Key::new(interview_partition(member, id), question)
}

/// The key of what an answer to a question was graded with; `answer_key` is that of `interview_rules::feedback`.
#[must_use]
pub fn grade_key(member: &str, id: &str, question: &str, answer_key: &str) -> Key {
    Key::new(grades_partition(member), format!("{id}#{question}#{answer_key}"))
}
