//! A notification: what is stored, and what the member sees.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::kind::Kind;
use crate::members::Member;
use crate::sentence::sentence;

/// A notification as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Notification {
    /// Names it, `ntf_…`; later ones sort behind earlier ones.
    pub id: String,
    /// What happened.
    #[serde(flatten)]
    pub kind: Kind<Acts>,
    /// When it happened first.
    pub created_at: Timestamp,
    /// When it was last added to.
    pub updated_at: Timestamp,
    /// The round of reading in which it is unread, with its member; none when it was marked as read by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unread: Option<String>,
    /// When it may be deleted, in seconds since the Unix epoch.
    pub expires_at: i64,
}

/// What others did to a resume, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Acts {
    /// Which resume.
    pub resume_id: String,
    /// Its title at that time.
    pub resume_title: String,
    /// Who did it, the last of them; none when that account is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor_id: Option<String>,
    /// What that member was called then; none when that account is closed, or was too new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor_nickname: Option<String>,
    /// How many members did it.
    pub count: i64,
}

/// A notification as its member sees it: of what others did, or of payments, only what its kind has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NotificationView {
    id: String,
    #[serde(flatten)]
    kind: Kind<ActsView>,
    /// All of it as a Korean sentence.
    message: String,
    read: bool,
    created_at: Timestamp,
    updated_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct ActsView {
    resume_id: String,
    resume_title: String,
    actor_nickname: Option<String>,
    count: i64,
}

impl NotificationView {
    /// The notification of `member`.
    #[must_use]
    pub fn new(notification: Notification, id: &str, member: &Member) -> Self {
        Self {
            read: notification.unread != Some(member.unread(id)),
            id: notification.id,
            message: sentence(&notification.kind),
            kind: notification.kind.map(ActsView::from),
            created_at: notification.created_at,
            updated_at: notification.updated_at,
        }
    }
}

impl From<Acts> for ActsView {
    fn from(acts: Acts) -> Self {
        let Acts { resume_id, resume_title, actor_nickname, count, .. } = acts;
        Self { resume_id, resume_title, actor_nickname, count }
    }
}
