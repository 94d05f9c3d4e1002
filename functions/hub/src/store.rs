//! The hub table.
//!
//! | access | key |
//! |---|---|
//! | a list, its first entry first | `pk = LIST#<order>#<position or ANY>#<school or ANY>`, sk as in [`crate::lists`], backwards |
//! | where a resume stands in the lists | `pk = RESUME#<resume>, sk = LISTED` |
//! | its counts, in four parts | `pk = RESUME#<resume>, sk = COUNTS#<0–3>` |
//! | parts at which something is to follow, the oldest first | index `byDue`: `duePartition = DUE#<0–7>`, `due` |
//! | what its owner is still to be told | `pk = NOTICES#<resume>, sk = <like or comment>` |
//! | its comments, the newest first | `pk = COMMENTS#<resume>, sk = <comment>`, backwards |
//! | where a comment is, and whose | `pk = COMMENT#<comment>, sk = PLACE` |
//! | that somebody viewed it | `pk = VIEW#<resume>#<hash of the viewer>, sk = VIEW` |
//! | a member: nickname, number of likes, whether closed | `pk = MEMBER#<member>, sk = MEMBER` |
//! | the likes of a member | `pk = LIKES#<member>, sk = <resume>` |
//! | the comments of a member | `pk = AUTHOR#<member>, sk = <comment>` |
//! | the resumes of a member that were ever listed | `pk = OWNER#<member>, sk = <resume>` |
//! | that a member is gone, and what was erased | `pk = ERASURE#<member>, sk = RECORD` |
//! | how many comments a member wrote lately | `pk = LIMIT#<name>#<member>, sk = <window>` |
//! | answers by idempotency key | `pk = IDEMPOTENCY#<caller>#<function>, sk = <key>` |

use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_members::Members;
use maru_store::{Key, Table};

/// The hub table. What is done with it stands in the module of each concern.
#[derive(Clone, Debug)]
pub struct Store {
    table: Table,
}

impl FromEnvironment for Store {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self { table: Table::open(environment, "HUB_TABLE")? })
    }
}

impl Store {
    /// The table itself, for what `maru_store` does.
    #[must_use]
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// The members: what they are called, and that they are gone.
    #[must_use]
    pub fn members(&self) -> Members<'_> {
        Members::of(&self.table)
    }
}

/// The partition of what the hub keeps of a resume.
#[must_use]
pub fn resume_partition(resume: &str) -> String {
    format!("RESUME#{resume}")
}

/// The key of where a resume stands in the lists.
#[must_use]
pub fn listed_key(resume: &str) -> Key {
    Key::new(resume_partition(resume), "LISTED")
}

/// The partition of what the owner of a resume is still to be told.
#[must_use]
pub fn notices_partition(resume: &str) -> String {
    format!("NOTICES#{resume}")
}

/// The partition of a resume's comments.
#[must_use]
pub fn comments_partition(resume: &str) -> String {
    format!("COMMENTS#{resume}")
}

/// The key of a comment.
#[must_use]
pub fn comment_key(resume: &str, comment: &str) -> Key {
    Key::new(comments_partition(resume), comment)
}

/// The key of where a comment is.
#[must_use]
pub fn place_key(comment: &str) -> Key {
    Key::new(format!("COMMENT#{comment}"), "PLACE")
}

/// The partition of a member's likes.
#[must_use]
pub fn likes_partition(member: &str) -> String {
    format!("LIKES#{member}")
}

/// The key of a like.
#[must_use]
pub fn like_key(member: &str, resume: &str) -> Key {
    Key::new(likes_partition(member), resume)
}

/// The partition of a member's comments.
#[must_use]
pub fn author_partition(member: &str) -> String {
    format!("AUTHOR#{member}")
}

/// The key of a member's comment among all of theirs.
#[must_use]
pub fn author_key(member: &str, comment: &str) -> Key {
    Key::new(author_partition(member), comment)
}

/// The partition of a member's resumes.
#[must_use]
pub fn owner_partition(member: &str) -> String {
    format!("OWNER#{member}")
}

/// The key of a member's resume among all of theirs.
#[must_use]
pub fn owner_key(member: &str, resume: &str) -> Key {
    Key::new(owner_partition(member), resume)
}
