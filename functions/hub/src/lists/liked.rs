//! The lists of what one member likes.
//!
//! An entry for each member and each list would have to be moved for every one of a resume's likes whenever its
//! counts change. Instead, all that the member likes is read and sorted: at most 10,000 ids and as many places in
//! the lists, for the first page as for the last.

use futures::{StreamExt, TryStreamExt, stream};
use maru_lambda::Problem;
use maru_store::{Key, ListQuery, Page, Scope, StoreError};

use super::page::Entry;
use super::{Filter, Listed};
use crate::store::{Store, likes_partition};

/// How many places one call reads, and how many calls are under way at once.
const BATCH: usize = 100;
const CALLS: usize = 8;

/// What one member likes and a filter takes, in the order of the list.
pub(super) struct Liked {
    partition: String,
    /// The place in the list, and the entry there.
    entries: Vec<(String, Entry)>,
}

impl Liked {
    /// Reads and sorts it.
    pub(super) async fn read(store: &Store, member: &str, filter: &Filter) -> Result<Self, StoreError> {
        let resumes = store.likes_of(member).await?;
        let batches: Vec<Vec<String>> = resumes.chunks(BATCH).map(<[String]>::to_vec).collect();
        let calls = stream::iter(batches).map(|batch| store.stands_of(batch));
        let stands: Vec<Vec<Listed>> = calls.buffer_unordered(CALLS).try_collect().await?;
        let taken =
            stands.into_iter().flatten().filter(|listed| filter.takes(listed.position, &listed.school_types));
        let mut entries: Vec<(String, Entry)> =
            taken.map(|listed| (filter.order.rank(&listed), Entry::from(listed))).collect();
        entries.sort_unstable_by(|(one, _), (other, _)| other.cmp(one));
        Ok(Self { partition: likes_partition(member), entries })
    }

    /// One page of it.
    pub(super) fn page(&self, list: &ListQuery, scope: &Scope) -> Result<Page<Entry>, Problem> {
        let after = list.cursor.as_deref().map(|cursor| scope.open(cursor)).transpose()?;
        let after = after.as_ref().and_then(|position| position.get("sk")?.as_s().ok());
        let begin = after.map_or(0, |after| self.entries.partition_point(|(rank, _)| rank >= after));
        let rest = self.entries.get(begin..).unwrap_or_default();
        let items = rest.get(..list.wanted().min(rest.len())).unwrap_or_default();
        let last = items.last().filter(|_| items.len() < rest.len());
        let next_cursor = last.map(|(rank, _)| {
            let position = Key::new(&self.partition, rank).attributes();
            scope.seal(&position)
        });
        Ok(Page { items: items.iter().map(|(_, entry)| entry.clone()).collect(), next_cursor })
    }

    /// The partition that its cursors carry.
    pub(super) fn partition(member: &str) -> String {
        likes_partition(member)
    }
}
