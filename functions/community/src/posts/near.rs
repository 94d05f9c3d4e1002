//! Which posts are near a place, the newest first.
//!
//! The cells that the circle touches are read side by side, each the newest first, and merged; what lies outside of the
//! circle is passed over. A cell is read on only when its newest entries are used up, so that no more is read than the
//! page needs and one call of each cell. How many calls a page may take is bounded: where nearly everything that the
//! cells hold lies outside, a page can be shorter than asked for, or empty, and still have a cursor.

use std::collections::VecDeque;

use community_rules::cells::Cell;
use community_rules::place::Place;
use futures::future::try_join_all;
use maru_lambda::Problem;
use maru_store::{Key, ListQuery, Page, Scope, StoreError, text};
use serde::{Deserialize, Serialize};

use super::Post;
use super::keys::cell_partition;
use crate::store::Store;

/// After so many calls of the database, no further cell is read on for a page: three for each cell on average, and more
/// for one beside which the others are empty.
const MOST_CALLS: usize = 36;

/// How many entries a call reads at most. All of them are 64 KiB.
const MOST_ENTRIES: usize = 400;

/// The partition that cursors carry: places in the merged list are ids of posts.
const MERGED: &str = "NEAR";

/// A circle on the ground.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    /// The middle.
    pub place: Place,
    /// In metres, 0 to [`community_rules::cells::LARGEST_RADIUS`].
    pub radius: f64,
}

/// What a cell says of a post.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Entry {
    #[serde(rename = "sk", skip_serializing)]
    pub(super) post_id: String,
    pub(super) author_id: String,
    place: Place,
}

/// The entries of a cell, as far as they are read.
struct Strand {
    partition: String,
    /// Later entries come first. All of them are older than `before`.
    entries: VecDeque<Entry>,
    before: Option<String>,
    ended: bool,
}

/// The strands, merged.
struct Merge<'a> {
    store: &'a Store,
    strands: Vec<Strand>,
    calls: usize,
    /// How many entries the next call of a strand reads.
    batch: usize,
}

/// What comes next in a merge.
enum Next {
    Entry(Entry),
    /// There is nothing more.
    End,
    /// There may be more, and enough was read.
    Enough,
}

impl Entry {
    pub(super) fn of(post: &Post) -> Self {
        Self { post_id: post.id.clone(), author_id: post.author_id.clone(), place: post.place }
    }
}

impl Near {
    /// The circle as a text that two circles have in common only if they are the same.
    fn canonical(&self) -> String {
        format!("{}#{}#{}", self.place.lat(), self.place.lon(), self.radius)
    }

    fn holds(&self, place: Place) -> bool {
        self.place.distance(place) <= self.radius
    }
}

impl Store {
    /// One page of the posts in a circle, as their cells know them. `caller` is whom the cursor is for.
    ///
    /// # Errors
    /// 400 `invalid_cursor`, or the database's as a problem.
    pub(super) async fn entries_near(
        &self,
        near: &Near,
        list: &ListQuery,
        caller: &str,
    ) -> Result<Page<Entry>, Problem> {
        let scope = Scope::new("list_posts", &near.canonical(), caller, MERGED);
        let after = list.cursor.as_deref().map(|cursor| scope.open(cursor)).transpose()?;
        let after = after.as_ref().and_then(|position| position.get("sk")?.as_s().ok());
        let wanted = list.wanted();
        let mut merge = Merge::new(self, near, after.cloned(), wanted);
        let mut items: Vec<Entry> = Vec::with_capacity(wanted);
        let mut seen = None;
        let last = loop {
            match merge.next().await? {
                Next::End => break None,
                Next::Enough => break seen.or(after.cloned()),
                // One more than wanted, because only that tells whether this page is the last one.
                Next::Entry(entry) if near.holds(entry.place) && items.len() == wanted => {
                    break items.last().map(|last| last.post_id.clone());
                }
                Next::Entry(entry) => {
                    seen = Some(entry.post_id.clone());
                    items.extend(near.holds(entry.place).then_some(entry));
                }
            }
        };
        let next_cursor = last.map(|last| scope.seal(&Key::new(MERGED, last).attributes()));
        Ok(Page { items, next_cursor })
    }
}

impl<'a> Merge<'a> {
    fn new(store: &'a Store, near: &Near, after: Option<String>, wanted: usize) -> Self {
        let strand = |cell| Strand {
            partition: cell_partition(cell),
            entries: VecDeque::new(),
            before: after.clone(),
            ended: false,
        };
        let strands = Cell::around(near.place, near.radius).into_iter().map(strand).collect();
        // About a third of what evenly spread cells hold lies in a large circle.
        Self { store, strands, calls: 0, batch: (2 * wanted).clamp(32, MOST_ENTRIES) }
    }

    async fn next(&mut self) -> Result<Next, StoreError> {
        // Only with an entry of each is it known which is the newest.
        while self.strands.iter().any(Strand::is_used_up) {
            if self.calls >= MOST_CALLS {
                return Ok(Next::Enough);
            }
            self.read_on().await?;
        }
        let newest = self.strands.iter_mut().max_by(|one, other| one.head().cmp(&other.head()));
        let entry = newest.and_then(|strand| strand.entries.pop_front());
        Ok(entry.map_or(Next::End, Next::Entry))
    }

    async fn read_on(&mut self) -> Result<(), StoreError> {
        let (store, batch) = (self.store, self.batch);
        let used_up: Vec<&mut Strand> =
            self.strands.iter_mut().filter(|strand| strand.is_used_up()).collect();
        self.calls += used_up.len();
        try_join_all(used_up.into_iter().map(|strand| strand.read_on(store, batch))).await?;
        self.batch = (4 * batch).min(MOST_ENTRIES);
        Ok(())
    }
}

impl Strand {
    fn is_used_up(&self) -> bool {
        self.entries.is_empty() && !self.ended
    }

    fn head(&self) -> Option<&str> {
        self.entries.front().map(|entry| entry.post_id.as_str())
    }

    async fn read_on(&mut self, store: &Store, batch: usize) -> Result<(), StoreError> {
        let mut query = store.table().query(&self.partition);
        if let Some(before) = &self.before {
            query = query
                .key_condition_expression("pk = :pk AND sk < :before")
                .expression_attribute_values(":before", text(before));
        }
        let query = query.scan_index_forward(false).consistent_read(true);
        let query = query.limit(i32::try_from(batch).unwrap_or(i32::MAX));
        let (entries, next): (Vec<Entry>, _) = store.table().query_batch(query).await?;
        self.before = entries.last().map(|entry| entry.post_id.clone()).or(self.before.take());
        self.entries.extend(entries);
        self.ended = next.is_none();
        Ok(())
    }
}
