//! One page of a list.

use maru_lambda::{ConfigurationError, Environment, FromEnvironment, Problem};
use maru_publications::Publications;
use maru_store::{ListQuery, Page, Scope};
use serde::Deserialize;

use super::liked::Liked;
use super::{Filter, Listed};
use crate::readers::{Reader, ResumeCard};
use crate::store::Store;

/// How often a page is filled up that has entries which are not to be shown any more. After that it may be
/// shorter than was asked for, which its cursor tells from the last page.
const ROUNDS: usize = 4;

/// What a list says of a resume: everything else is read where it is true.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// The resume.
    pub resume_id: String,
    /// Its owner.
    pub owner_id: String,
}

impl From<Listed> for Entry {
    fn from(listed: Listed) -> Self {
        Self { resume_id: listed.resume_id, owner_id: listed.owner_id }
    }
}

/// The lists, to be read.
#[derive(Clone, Debug)]
pub struct Lists {
    store: Store,
    publications: Publications,
}

impl FromEnvironment for Lists {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let store = Store::from_environment(environment)?;
        Ok(Self { store, publications: Publications::from_environment(environment)? })
    }
}

/// Where the entries come from.
enum Source {
    Everybody,
    Own(Liked),
}

impl Lists {
    /// One page of the list of `filter` for `caller`, none being a guest, who likes nothing.
    ///
    /// # Errors
    /// 400 `invalid_cursor`, or the database's as a problem.
    pub async fn page(
        &self,
        filter: &Filter,
        list: &ListQuery,
        caller: Option<&str>,
    ) -> Result<Page<ResumeCard>, Problem> {
        let member = caller.unwrap_or_default();
        let (source, partition) = if filter.liked {
            (Source::Own(Liked::read(&self.store, member, filter).await?), Liked::partition(member))
        } else {
            (Source::Everybody, filter.partition())
        };
        let scope = Scope::new("list_hub_resumes", &filter.canonical(), member, &partition);
        let reader = Reader { store: &self.store, publications: &self.publications, caller };
        let mut page = Page { items: Vec::with_capacity(list.wanted()), next_cursor: list.cursor.clone() };
        for _ in 0..ROUNDS {
            let missing = u32::try_from(list.wanted() - page.items.len()).unwrap_or(u32::MAX);
            let part = ListQuery { limit: Some(missing), cursor: page.next_cursor.take() };
            let found = self.entries(&source, &part, &scope, &partition).await?;
            page.next_cursor = found.next_cursor;
            // Four batches at once are a large future.
            for card in Box::pin(reader.cards(filter, &found.items)).await? {
                // Moved up or down by its counts between two rounds, it is there twice.
                if !page.items.iter().any(|other: &ResumeCard| other.id == card.id) {
                    page.items.push(card);
                }
            }
            if page.next_cursor.is_none() || page.items.len() >= list.wanted() {
                break;
            }
        }
        Ok(page)
    }

    async fn entries(
        &self,
        source: &Source,
        list: &ListQuery,
        scope: &Scope,
        partition: &str,
    ) -> Result<Page<Entry>, Problem> {
        match source {
            Source::Own(liked) => liked.page(list, scope),
            Source::Everybody => {
                let query = self.store.table().query(partition).scan_index_forward(false);
                self.store.table().page(query, list, scope).await
            }
        }
    }
}
