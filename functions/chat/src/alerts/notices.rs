//! Telling the members of a province what changed: page by page, a message each, so that no page stands for many others.
//!
//! A member is told of a change once: what tells it has an id of the change, the kind and the member, by which the
//! notifications know it again.

use chat_alerts::decide::News;
use jiff::Timestamp;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_messages::{Envelope, Queue};
use maru_province::Province;
use maru_whereabouts::{SHARDS, Whereabouts};
use serde::{Deserialize, Serialize};

use crate::error::Error;

/// The type of the word that the alerts of a province changed.
pub const ALERT_CHANGED: &str = "alert.changed";

/// The type of the messages that ask for a page.
const NOTICES_REQUESTED: &str = "alert.notices_requested";

/// The type of the messages of what a member is told.
const NOTIFICATION_REQUESTED: &str = "notification.requested";

/// How many members are told at a time.
const PAGE: u16 = 100;

/// What changed in a province: the data of `alert.changed`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AlertChanged {
    /// Where.
    pub province: Province,
    /// The room that is open there now.
    pub room_id: Option<String>,
    /// What.
    pub news: Vec<News>,
}

/// Some members of a province, to be told what changed there.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NoticesRequested {
    /// Names the change.
    change_id: String,
    /// When it was seen.
    at: Timestamp,
    #[serde(flatten)]
    change: AlertChanged,
    /// Which part of the province's members.
    shard: u8,
    /// Those after this member; all if none.
    after: Option<String>,
}

/// What a member is told.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Notice<'a> {
    recipient_id: &'a str,
    kind: &'static str,
    region: &'static str,
    warning: String,
    /// The level now; of what ended, the last.
    level: String,
    change: Turn,
    #[serde(skip_serializing_if = "Option::is_none")]
    room_id: Option<&'a str>,
    at: Timestamp,
}

#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Turn {
    Issued,
    Raised,
    Lowered,
    Lifted,
}

/// Pages of members, for `on_alert_notices_requested`.
#[derive(Clone, Debug)]
pub struct NoticeQueue(Queue);

/// Tells members.
#[derive(Clone, Debug)]
pub struct Notices {
    whereabouts: Whereabouts,
    notifications: Queue,
    pages: NoticeQueue,
}

impl FromEnvironment for NoticeQueue {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self(Queue::open(environment, "ALERT_NOTICE_QUEUE_URL")?))
    }
}

impl FromEnvironment for Notices {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self {
            whereabouts: Whereabouts::from_environment(environment)?,
            notifications: Queue::open(environment, "NOTIFICATION_QUEUE_URL")?,
            pages: NoticeQueue::from_environment(environment)?,
        })
    }
}

impl NoticeQueue {
    /// Asks for the first page of each part of the province's members.
    ///
    /// # Errors
    /// [`Error::Send`]: asked for again, nobody is told twice.
    pub async fn ask(&self, change_id: &str, at: Timestamp, change: &AlertChanged) -> Result<(), Error> {
        let first = |shard| NoticesRequested {
            change_id: change_id.to_owned(),
            at,
            change: change.clone(),
            shard,
            after: None,
        };
        let pages: Vec<_> = (0..SHARDS).map(first).map(NoticesRequested::envelope).collect();
        Ok(self.0.send_all(&pages).await?)
    }
}

impl NoticesRequested {
    fn envelope(self) -> Envelope<Self> {
        let after = self.after.as_deref().unwrap_or_default();
        Envelope::new(format!("{}_{}_{after}", self.change_id, self.shard), NOTICES_REQUESTED, self.at, self)
    }
}

impl Notices {
    /// Tells one page of members, and asks for the next.
    ///
    /// # Errors
    /// [`Error`]: done again, nobody is told twice.
    pub async fn tell(&self, request: NoticesRequested) -> Result<(), Error> {
        let (province, after) = (request.change.province, request.after.as_deref());
        let members = self.whereabouts.members_in(province, request.shard, after, PAGE).await?;
        let notices = members.ids.iter().flat_map(|member| {
            let request = &request;
            request.change.news.iter().filter_map(move |news| request.notice(member, *news))
        });
        self.notifications.send_all(&notices.collect::<Vec<_>>()).await?;
        let Some(next) = members.next else { return Ok(()) };
        let next = NoticesRequested { after: Some(next), ..request };
        Ok(self.pages.0.send(&next.envelope()).await?)
    }
}

impl NoticesRequested {
    fn notice<'a>(&'a self, member: &'a str, news: News) -> Option<Envelope<Notice<'a>>> {
        let change = match (news.before, news.now) {
            (None, Some(_)) => Turn::Issued,
            (Some(before), Some(now)) if now > before => Turn::Raised,
            (Some(_), Some(_)) => Turn::Lowered,
            (Some(_), None) => Turn::Lifted,
            (None, None) => return None,
        };
        let level = news.now.or(news.before)?;
        let notice = Notice {
            recipient_id: member,
            kind: "WEATHER_ALERT",
            region: self.change.province.short_name(),
            warning: news.kind.name().trim().to_owned(),
            level: level.name().into_owned(),
            change,
            room_id: self.change.room_id.as_deref(),
            at: self.at,
        };
        let id = format!("{}_{}_{member}", self.change_id, u16::from(news.kind));
        Some(Envelope::new(id, NOTIFICATION_REQUESTED, self.at, notice))
    }
}
