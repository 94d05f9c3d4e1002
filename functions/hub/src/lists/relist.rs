//! Bringing the entries of a resume in line with what is public and with its counts.
//!
//! Whatever happened (published, changed, withdrawn, liked, viewed, its owner gone), the same is done: look at
//! how things are, and write the difference in one transaction. So it does no harm done twice, and the order in
//! which the news arrive does not matter. The epoch of the item `LISTED` decides between two at once: it is read
//! before everything else, so that whoever saw older things than were written meanwhile looks again.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::types::TransactWriteItem;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_publications::Publications;
use maru_store::{Key, StoreError, integer};
use serde::{Deserialize, Serialize};

use super::Listed;
use crate::error::Error;
use crate::store::{Store, listed_key, owner_key};

/// How often it is tried against others that list the same resume.
const ATTEMPTS: usize = 5;

/// Why a resume is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// Its owner published or withdrew it.
    Publication,
    /// Somebody liked, viewed or commented on it, or it is gone.
    Activity,
}

/// Lists resumes as they are.
#[derive(Clone, Debug)]
pub struct Relist {
    store: Store,
    publications: Publications,
}

/// The item `LISTED`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Stand {
    epoch: i64,
    /// None when the resume is in no list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    listed: Option<Listed>,
}

/// An entry of a list, beside its key.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    resume_id: &'a str,
    owner_id: &'a str,
}

impl FromEnvironment for Relist {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let store = Store::from_environment(environment)?;
        Ok(Self { store, publications: Publications::from_environment(environment)? })
    }
}

impl Relist {
    /// Gives a resume the entries that it should have at this moment. After news of its publication the epoch is
    /// raised even if nothing changes: somebody slower may be about to write what was true before them. Whoever
    /// begins later sees what they are about.
    ///
    /// # Errors
    /// [`Error::Restless`] when others did the same each time, [`Error::Store`].
    pub async fn relist(&self, resume: &str, news: News) -> Result<(), Error> {
        for round in 0..ATTEMPTS {
            let stand: Stand = self.store.table().get(&listed_key(resume), true).await?.unwrap_or_default();
            let next = self.as_it_is(resume).await?;
            // In a later round somebody else raised it, since this began.
            let must_raise = news == News::Publication && round == 0;
            if next == stand.listed && !must_raise {
                return Ok(());
            }
            let writes = self.difference(resume, &stand, next.as_ref())?;
            if self.store.table().transact(writes).await?.is_ok() {
                return Ok(());
            }
        }
        Err(Error::Restless)
    }

    async fn as_it_is(&self, resume: &str) -> Result<Option<Listed>, Error> {
        // Before the publication and its owner: what is counted from now on leaves a mark of its own.
        let tally = self.store.take_marks(resume).await?;
        let Some(card) = self.publications.card(resume).await? else { return Ok(None) };
        let owner = self.store.members().get(&card.owner_id).await?;
        Ok((!owner.is_closed()).then(|| Listed::new(card, &tally)))
    }

    /// First the item whose condition decides, then what is new, then what goes.
    fn difference(
        &self,
        resume: &str,
        stand: &Stand,
        next: Option<&Listed>,
    ) -> Result<Vec<TransactWriteItem>, StoreError> {
        let table = self.store.table();
        let old = stand.listed.as_ref().map(Listed::entries).unwrap_or_default();
        let new = next.map(Listed::entries).unwrap_or_default();
        let after = Stand { epoch: stand.epoch + 1, listed: next.cloned() };
        let put = table
            .transact_put(&listed_key(resume), &after)?
            .condition_expression("attribute_not_exists(pk) OR epoch = :seen")
            .expression_attribute_values(":seen", integer(stand.epoch));
        let mut writes = vec![table.part(put.build())?];
        if let Some(Listed { resume_id, owner_id, .. }) = next {
            let entry = Entry { resume_id, owner_id };
            let owned = [owner_key(owner_id, resume_id)];
            for key in keys(&new, &old).chain(owned) {
                writes.push(table.part(table.transact_put(&key, &entry)?.build())?);
            }
        }
        for key in keys(&old, &new) {
            writes.push(table.part(table.transact_delete(&key).build())?);
        }
        Ok(writes)
    }
}

/// The keys of `these` that `those` lack.
fn keys<'a>(
    these: &'a BTreeSet<(String, String)>,
    those: &'a BTreeSet<(String, String)>,
) -> impl Iterator<Item = Key> + 'a {
    these.difference(those).map(|(pk, sk)| Key::new(pk, sk))
}

impl Store {
    /// Where those of `resumes` stand that are in the lists.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn stands_of(&self, resumes: Vec<String>) -> Result<Vec<Listed>, StoreError> {
        let keys = resumes.iter().map(|resume| listed_key(resume)).collect();
        let stands: Vec<Stand> = self.table().get_all(keys, false).await?;
        Ok(stands.into_iter().filter_map(|stand| stand.listed).collect())
    }
}
