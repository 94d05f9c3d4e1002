//! A notification: what is stored, what the member sees, and the sentence.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::members::Member;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Kind {
    /// Others like a resume.
    Like,
    /// Somebody commented on a resume.
    Comment,
}

/// A notification as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Notification {
    /// Names it, `ntf_…`; later ones sort behind earlier ones.
    pub id: String,
    /// What happened.
    pub kind: Kind,
    /// To which resume.
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
    /// When it was done first.
    pub created_at: Timestamp,
    /// When it was last added to.
    pub updated_at: Timestamp,
    /// The round of reading in which it is unread, with its member; none when it was marked as read by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unread: Option<String>,
    /// When it may be deleted, in seconds since the Unix epoch.
    pub expires_at: i64,
}

/// A notification as its member sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NotificationView {
    id: String,
    kind: Kind,
    resume_id: String,
    resume_title: String,
    actor_nickname: Option<String>,
    count: i64,
    /// All of it as a Korean sentence.
    message: String,
    read: bool,
    created_at: Timestamp,
    updated_at: Timestamp,
}

impl NotificationView {
    /// The notification of `member`.
    #[must_use]
    pub fn new(notification: Notification, id: &str, member: &Member) -> Self {
        let message = message(&notification);
        let Notification { kind, resume_id, resume_title, actor_nickname, count, .. } = notification;
        Self {
            read: notification.unread != Some(member.unread(id)),
            id: notification.id,
            kind,
            resume_id,
            resume_title,
            actor_nickname,
            count,
            message,
            created_at: notification.created_at,
            updated_at: notification.updated_at,
        }
    }
}

fn message(notification: &Notification) -> String {
    let Notification { kind, resume_title: title, actor_nickname, count, .. } = notification;
    let others = count - 1;
    let who = match actor_nickname {
        Some(nickname) if others > 0 => format!("{nickname}님 외 {others}명"),
        Some(nickname) => format!("{nickname}님"),
        None => format!("회원 {count}명"),
    };
    match kind {
        Kind::Like => format!("{who}이 ‘{title}’ 이력서를 좋아합니다."),
        Kind::Comment => format!("{who}이 ‘{title}’ 이력서에 댓글을 남겼습니다."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notification(kind: Kind, nickname: Option<&str>, count: i64) -> Notification {
        let now = "2026-01-15T15:10:00Z".parse().unwrap();
        Notification {
            id: "ntf_1".to_owned(),
            kind,
            resume_id: "res_1".to_owned(),
            resume_title: "백엔드 개발자".to_owned(),
            actor_id: None,
            actor_nickname: nickname.map(str::to_owned),
            count,
            created_at: now,
            updated_at: now,
            unread: None,
            expires_at: 0,
        }
    }

    #[test]
    fn the_sentence_says_who_and_how_many() {
        for (kind, nickname, count, sentence) in [
            (Kind::Like, Some("마루"), 1, "마루님이 ‘백엔드 개발자’ 이력서를 좋아합니다."),
            (Kind::Like, Some("마루"), 5, "마루님 외 4명이 ‘백엔드 개발자’ 이력서를 좋아합니다."),
            (Kind::Like, None, 5, "회원 5명이 ‘백엔드 개발자’ 이력서를 좋아합니다."),
            (Kind::Comment, Some("마루"), 1, "마루님이 ‘백엔드 개발자’ 이력서에 댓글을 남겼습니다."),
            (Kind::Comment, None, 1, "회원 1명이 ‘백엔드 개발자’ 이력서에 댓글을 남겼습니다."),
        ] {
            assert_eq!(message(&notification(kind, nickname, count)), sentence);
        }
    }
}
