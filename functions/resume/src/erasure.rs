//! Erasing: what hangs on a deleted resume, and everything of a member who left.
//!
//! The record that a member is gone is written first and stays: it is a condition of every write that would
//! bring back data of theirs, such as a job that ends later or a profile that comes late. Then what there is is
//! counted into the record, and then it is deleted. Each step can be done again: the first count stays.

use std::collections::BTreeMap;

use jiff::Timestamp;
use maru_credits::CreditStore;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_store::Table;

use crate::error::Error;
use crate::prints::Prints;
use crate::resume::Resume;
use crate::store::{github_partition, profile_key, resume_partition};
use crate::writing::Writer;

/// The functions whose answers are kept by idempotency key: some hold documents.
const KEPT_ANSWERS: [&str; 4] =
    ["create_resume", "create_resume_edit", "restore_resume_version", "apply_resume_edit"];

/// Everything that erasing touches.
#[derive(Clone, Debug)]
pub struct Eraser {
    writer: Writer,
    prints: Prints,
}

impl FromEnvironment for Eraser {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let writer = Writer::from_environment(environment)?;
        Ok(Self { writer, prints: Prints::from_environment(environment)? })
    }
}

impl Eraser {
    /// Deletes what hangs on a deleted resume.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn remains(&self, member: &str, resume: &str) -> Result<(), Error> {
        self.table().delete_partition(&resume_partition(member, resume)).await?;
        self.prints.delete_of(resume).await
    }

    /// Erases everything of `member`, who left at `deleted_at`, and of their `credits`.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn member(
        &self,
        credits: &CreditStore,
        member: &str,
        deleted_at: Timestamp,
    ) -> Result<(), Error> {
        let record = self.table().erasure(member);
        record.begin(deleted_at).await?;
        let resumes = self.writer.store().all_resumes(member).await?;
        let mut what = self.count(member, &resumes).await?;
        what.extend(credits.count(member).await?);
        record.count(&what).await?;
        for resume in resumes {
            match self.writer.delete((member, &resume.id), None).await {
                Ok(()) | Err(Error::NotFound) => self.remains(member, &resume.id).await?,
                Err(error) => return Err(error),
            }
        }
        for (_, partition) in partitions(member) {
            self.table().delete_partition(&partition).await?;
        }
        credits.erase(member).await?;
        Ok(record.end().await?)
    }

    /// How much there is of `member`, by kind.
    async fn count(&self, member: &str, resumes: &[Resume]) -> Result<BTreeMap<&'static str, usize>, Error> {
        let mut what = BTreeMap::from([("resumes", resumes.len())]);
        for resume in resumes {
            let items = self.table().keys_of(&resume_partition(member, &resume.id)).await?.len();
            *what.entry("versionsAndEdits").or_default() += items;
            *what.entry("files").or_default() += self.prints.of(&resume.id).await?.len();
        }
        for (kind, partition) in partitions(member) {
            *what.entry(kind).or_default() += self.table().keys_of(&partition).await?.len();
        }
        Ok(what)
    }

    fn table(&self) -> &Table {
        self.writer.store().table()
    }
}

/// The partitions of what a member has besides resumes, by kind.
fn partitions(member: &str) -> Vec<(&'static str, String)> {
    let answers = KEPT_ANSWERS.map(|function| ("answers", format!("IDEMPOTENCY#{member}#{function}")));
    let rest = [("github", github_partition(member)), ("profile", profile_key(member).pk)];
    rest.into_iter().chain(answers).collect()
}
