//! The notification table.
//!
//! | access | key |
//! |---|---|
//! | a member's notifications, the newest first | `pk = INBOX#<member>, sk = <notification>`, backwards |
//! | those that are unread, the newest first | index `byUnread`: `unread = <member>#<round>`, `sk`, backwards |
//! | a member's round of reading, and whether the account is closed | `pk = MEMBER#<member>, sk = MEMBER` |
//! | the hours of likes on a member's resume | `pk = WINDOWS#<member>, sk = <resume>` |
//! | in which notifications a member is counted, and in whose inbox | `pk = ACTED#<member>, sk = <notification>` |
//! | that a message was handled | `pk = MESSAGE#<id>, sk = MESSAGE` |
//! | that a member is gone, and what was erased | `pk = ERASURE#<member>, sk = RECORD` |
//!
//! Marking everything as read is one write: it begins a new *round*. A notification is unread while it carries
//! its member's present round; those of earlier rounds stay where they are in the index, and nobody looks there.

use std::time::Duration;

use jiff::Timestamp;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, new_id};
use maru_store::{Key, Table};

/// For how long a notification is kept.
const KEPT: Duration = Duration::from_hours(90 * 24);

/// The notification table. What is done with it stands in the module of each concern.
#[derive(Clone, Debug)]
pub struct Store {
    table: Table,
}

impl FromEnvironment for Store {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self { table: Table::open(environment, "NOTIFICATION_TABLE")? })
    }
}

impl Store {
    /// The table itself, for what `maru_store` does.
    #[must_use]
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.table.clock().now()
    }
}

/// When what is written at `now` may be deleted, in seconds since the Unix epoch.
#[must_use]
pub fn expires_at(now: Timestamp) -> i64 {
    (now + KEPT).as_second()
}

/// An id below those of all notifications that are still kept at `now`: ids sort by their time.
#[must_use]
pub fn oldest_kept(now: Timestamp) -> String {
    new_id("ntf", now - KEPT)
}

/// The partition of a member's notifications.
#[must_use]
pub fn inbox_partition(member: &str) -> String {
    format!("INBOX#{member}")
}

/// The key of a notification.
#[must_use]
pub fn notification_key(member: &str, notification: &str) -> Key {
    Key::new(inbox_partition(member), notification)
}

/// What an unread notification carries: the partition of the index.
#[must_use]
pub fn unread_partition(member: &str, round: i64) -> String {
    format!("{member}#{round}")
}

/// The key of what is known of a member.
#[must_use]
pub fn member_key(member: &str) -> Key {
    Key::new(format!("MEMBER#{member}"), "MEMBER")
}

/// The partition of the hours of likes on a member's resumes.
#[must_use]
pub fn windows_partition(member: &str) -> String {
    format!("WINDOWS#{member}")
}

/// The key of the hours of likes on one resume.
#[must_use]
pub fn windows_key(member: &str, resume: &str) -> Key {
    Key::new(windows_partition(member), resume)
}

/// The partition of the notifications that a member is counted in.
#[must_use]
pub fn acted_partition(member: &str) -> String {
    format!("ACTED#{member}")
}

/// The key of that a member is counted in a notification.
#[must_use]
pub fn acted_key(member: &str, notification: &str) -> Key {
    Key::new(acted_partition(member), notification)
}

/// The key of that a message was handled.
#[must_use]
pub fn message_key(message: &str) -> Key {
    Key::new(format!("MESSAGE#{message}"), "MESSAGE")
}
