//! How often a resume was liked, viewed and commented on.
//!
//! A like and its count are one transaction, and two transactions on one item do not get along: so the counts
//! of a resume are spread over four items, chosen by who acts. Their sum is exact at every moment.
//!
//! What follows from a like (the resume moves in up to 42 lists, its owner is told) is not done by whoever
//! likes. Whoever changes a part leaves a *mark* in it, unless one is there. The one who left it asks for what
//! follows; the others' changes are then seen by it too. See [`crate::activity`] and [`crate::follow_up`].

use std::collections::HashMap;

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use maru_lambda::new_id;
use maru_store::{Key, StoreError, integer, text};
use serde::Deserialize;

use crate::store::{Store, resume_partition};

/// Over how many items the counts of a resume are spread. A page of a list reads them all.
const PARTS: u8 = 4;

/// Over how many partitions the index of marks is spread.
pub const DUE_PARTITIONS: u8 = 8;

/// That a part was changed by somebody who will ask for what follows. Marks sort by their time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    id: String,
    at: Timestamp,
}

/// The counts of a resume.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many members like it.
    pub likes: i64,
    /// How many views were counted.
    pub views: i64,
    /// How many comments it has.
    pub comments: i64,
    marks: Vec<String>,
}

/// One of the items.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Part {
    sk: String,
    resume_id: String,
    #[serde(default)]
    likes: i64,
    #[serde(default)]
    views: i64,
    #[serde(default)]
    comments: i64,
    due: Option<String>,
}

impl Mark {
    /// A new mark.
    #[must_use]
    pub fn new(now: Timestamp) -> Self {
        Self { id: new_id("due", now), at: now }
    }

    /// The time of the change.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// The mark's own id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl Tally {
    /// Whether this mark is the one that was left: then its owner has to ask for what follows.
    #[must_use]
    pub fn has(&self, mark: &Mark) -> bool {
        self.marks.contains(&mark.id)
    }

    fn add(&mut self, part: Part) {
        self.likes += part.likes;
        self.views += part.views;
        self.comments += part.comments;
        self.marks.extend(part.due);
    }
}

impl Store {
    /// The counts of a resume, of this moment.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn tally(&self, resume: &str) -> Result<Tally, StoreError> {
        let mut tally = Tally::default();
        self.parts(resume).await?.into_iter().for_each(|part| tally.add(part));
        Ok(tally)
    }

    /// The counts of several resumes, by id; those that nobody ever acted on are not among them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn tallies(&self, resumes: &[&str]) -> Result<HashMap<String, Tally>, StoreError> {
        let parts = |resume: &&str| (0..PARTS).map(|part| part_key(resume, part)).collect::<Vec<_>>();
        let keys = resumes.iter().flat_map(parts).collect();
        let mut tallies: HashMap<String, Tally> = HashMap::new();
        for part in self.table().get_all::<Part>(keys, true).await? {
            tallies.entry(part.resume_id.clone()).or_default().add(part);
        }
        Ok(tallies)
    }

    /// The change of the number of likes by `by`, as part of a transaction. It leaves `mark`.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub fn likes_part(
        &self,
        resume: &str,
        by: &str,
        change: i64,
        mark: &Mark,
    ) -> Result<TransactWriteItem, StoreError> {
        self.change_part("likes", resume, by, change, mark)
    }

    /// One more comment by `by`, as part of a transaction. It leaves `mark`.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub fn one_more_comment_part(
        &self,
        resume: &str,
        by: &str,
        mark: &Mark,
    ) -> Result<TransactWriteItem, StoreError> {
        self.change_part("comments", resume, by, 1, mark)
    }

    /// One comment less by `by`, as part of a transaction. It leaves no mark: no list is ranked by comments, so
    /// nothing follows, and whoever finds a mark relies on its owner to ask for what does.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub fn one_less_comment_part(&self, resume: &str, by: &str) -> Result<TransactWriteItem, StoreError> {
        let update = self
            .table()
            .transact_update(&part_key(resume, number(by, PARTS)))
            .update_expression("SET resumeId = :resume ADD comments :less")
            .expression_attribute_values(":resume", text(resume))
            .expression_attribute_values(":less", integer(-1));
        self.table().part(update.build())
    }

    fn change_part(
        &self,
        count: &str,
        resume: &str,
        by: &str,
        change: i64,
        mark: &Mark,
    ) -> Result<TransactWriteItem, StoreError> {
        let update = self
            .table()
            .transact_update(&part_key(resume, number(by, PARTS)))
            .update_expression(marking(count))
            .expression_attribute_values(":resume", text(resume))
            .expression_attribute_values(":change", integer(change))
            .expression_attribute_values(":due", text(due_partition(resume)))
            .expression_attribute_values(":mark", text(&mark.id));
        self.table().part(update.build())
    }

    /// Counts one view by `by`, at most once whatever becomes of the call. Gives whether `mark` is now there, so that what follows has to be asked for.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn add_view(&self, resume: &str, by: &str, mark: &Mark) -> Result<bool, StoreError> {
        let update = self
            .table()
            .update(&part_key(resume, number(by, PARTS)))
            .update_expression(marking("#views"))
            .expression_attribute_names("#views", "views")
            .expression_attribute_values(":resume", text(resume))
            .expression_attribute_values(":change", integer(1))
            .expression_attribute_values(":due", text(due_partition(resume)))
            .expression_attribute_values(":mark", text(&mark.id));
        let item = self.table().update_once(update).await?.done().unwrap_or_default();
        Ok(item.get("due") == Some(&text(&mark.id)))
    }

    /// Takes the marks of a resume away and gives its counts as they are then: whatever is counted later leaves
    /// a mark of its own.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn take_marks(&self, resume: &str) -> Result<Tally, StoreError> {
        let mut tally = Tally::default();
        for part in self.parts(resume).await? {
            if part.due.is_none() {
                tally.add(part);
                continue;
            }
            let key = Key::new(resume_partition(resume), part.sk);
            let update = self.table().update(&key).update_expression("REMOVE due, duePartition");
            let item = self.table().update_if(update).await?.done().unwrap_or_default();
            tally.add(self.table().decode(item)?);
        }
        Ok(tally)
    }

    async fn parts(&self, resume: &str) -> Result<Vec<Part>, StoreError> {
        let query = self
            .table()
            .query(&resume_partition(resume))
            .key_condition_expression("pk = :pk AND begins_with(sk, :counts)")
            .expression_attribute_values(":counts", text("COUNTS#"))
            .consistent_read(true);
        self.table().query_all(query).await
    }
}

fn marking(count: &str) -> String {
    format!(
        "SET resumeId = :resume, duePartition = if_not_exists(duePartition, :due), \
         due = if_not_exists(due, :mark) ADD {count} :change"
    )
}

fn part_key(resume: &str, part: u8) -> Key {
    Key::new(resume_partition(resume), format!("COUNTS#{part}"))
}

fn due_partition(resume: &str) -> String {
    format!("DUE#{}", number(resume, DUE_PARTITIONS))
}

/// A number below `of` that is always the same for `id`, and evenly spread, ids being random.
fn number(id: &str, of: u8) -> u8 {
    id.bytes().fold(0u8, u8::wrapping_add) % of
}
