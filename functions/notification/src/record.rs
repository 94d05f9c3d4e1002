//! Writing down what a message tells, once, whatever the order in which messages come and however often.
//!
//! One transaction: the message's id, whose condition lets it be handled once; the notification, new or with one
//! more in it; that the actor is counted in it, whose condition lets one member count once, like and unlike as
//! they may; the hour, whose epoch decides between two first likes at once; and that both accounts are open.

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use maru_lambda::new_id;
use maru_store::{Key, StoreError, integer, text};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::members::Member;
use crate::notification::{Kind, Notification};
use crate::store::{Store, acted_key, expires_at, message_key, notification_key, windows_key};
use crate::windows::Windows;

/// How often it is tried against others that write to the same inbox.
const ATTEMPTS: usize = 8;

/// What a member is to be told: the data of `notification.requested`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NotificationRequested {
    /// Who is told.
    pub recipient_id: String,
    /// What was done.
    pub kind: Kind,
    /// By whom.
    pub actor_id: String,
    /// What that member is called, if it was known.
    #[serde(default)]
    pub actor_nickname: Option<String>,
    /// To which resume of the recipient.
    pub resume_id: String,
    /// Its title.
    pub resume_title: String,
    /// When.
    pub at: Timestamp,
}

/// The item of the hours of one resume.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Hours {
    epoch: i64,
    #[serde(flatten)]
    windows: Windows,
    expires_at: i64,
}

/// That a message was handled, or a member counted in a notification.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Done<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    recipient_id: Option<&'a str>,
    expires_at: i64,
}

impl Store {
    /// Writes down what the message `id` tells; nothing if that is done, is one's own act, or if one of the two
    /// members is gone.
    ///
    /// # Errors
    /// [`Error::Restless`], [`Error::Store`].
    pub async fn record(&self, id: &str, told: &NotificationRequested) -> Result<(), Error> {
        if told.actor_id == told.recipient_id {
            return Ok(());
        }
        for _ in 0..ATTEMPTS {
            let recipient = self.member(&told.recipient_id).await?;
            let writes = match told.kind {
                Kind::Comment => self.comment_parts(told, &recipient)?,
                Kind::Like => self.like_parts(told, &recipient).await?,
            };
            let mut all = self.once_parts(id, told, &recipient)?;
            all.extend(writes);
            let Err(cancelled) = self.table().transact(all).await? else { return Ok(()) };
            let (handled, actor_is_gone, counted) =
                (cancelled.failed_at(0), cancelled.failed_at(1), cancelled.failed_at(3));
            if handled || actor_is_gone || counted || self.member(&told.recipient_id).await?.is_closed() {
                return Ok(());
            }
        }
        Err(Error::Restless)
    }

    /// The message, the actor, the recipient.
    fn once_parts(
        &self,
        id: &str,
        told: &NotificationRequested,
        recipient: &Member,
    ) -> Result<Vec<TransactWriteItem>, StoreError> {
        Ok(vec![
            self.new_part(&message_key(id), &self.done(None))?,
            self.open_part(&told.actor_id)?,
            self.same_round_part(&told.recipient_id, recipient)?,
        ])
    }

    fn comment_parts(
        &self,
        told: &NotificationRequested,
        recipient: &Member,
    ) -> Result<Vec<TransactWriteItem>, StoreError> {
        self.new_parts(told, recipient, &new_id("ntf", self.now()))
    }

    async fn like_parts(
        &self,
        told: &NotificationRequested,
        recipient: &Member,
    ) -> Result<Vec<TransactWriteItem>, StoreError> {
        let key = windows_key(&told.recipient_id, &told.resume_id);
        let hours: Hours = self.table().get(&key, true).await?.unwrap_or_default();
        if let Some(notification) = hours.windows.find(told.at) {
            return self.one_more_parts(told, recipient, notification);
        }
        let id = new_id("ntf", self.now());
        let mut writes = self.new_parts(told, recipient, &id)?;
        let next = Hours {
            epoch: hours.epoch + 1,
            windows: hours.windows.with(told.at, &id),
            expires_at: expires_at(self.now()),
        };
        let put = self
            .table()
            .transact_put(&key, &next)?
            .condition_expression("attribute_not_exists(pk) OR epoch = :seen")
            .expression_attribute_values(":seen", integer(hours.epoch));
        writes.push(self.table().part(put.build())?);
        Ok(writes)
    }

    /// That the actor is counted, and a new notification.
    fn new_parts(
        &self,
        told: &NotificationRequested,
        recipient: &Member,
        id: &str,
    ) -> Result<Vec<TransactWriteItem>, StoreError> {
        let now = self.now();
        let notification = Notification {
            id: id.to_owned(),
            kind: told.kind,
            resume_id: told.resume_id.clone(),
            resume_title: told.resume_title.clone(),
            actor_id: Some(told.actor_id.clone()),
            actor_nickname: told.actor_nickname.clone(),
            count: 1,
            created_at: told.at,
            updated_at: now,
            unread: Some(recipient.unread(&told.recipient_id)),
            expires_at: expires_at(now),
        };
        let put = self.table().transact_put(&notification_key(&told.recipient_id, id), &notification)?;
        Ok(vec![self.counted_part(told, id)?, self.table().part(put.build())?])
    }

    /// That the actor is counted, and one more in a notification that is there. It is unread again.
    fn one_more_parts(
        &self,
        told: &NotificationRequested,
        recipient: &Member,
        id: &str,
    ) -> Result<Vec<TransactWriteItem>, StoreError> {
        let nickname = told.actor_nickname.as_ref();
        let (set, remove) =
            nickname.map_or(("", " REMOVE actorNickname"), |_| (", actorNickname = :nickname", ""));
        let update = self
            .table()
            .transact_update(&notification_key(&told.recipient_id, id))
            .update_expression(format!(
                "SET actorId = :actor, resumeTitle = :title, updatedAt = :now, unread = :unread{set}{remove} \
                 ADD #count :one"
            ))
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_names("#count", "count")
            .expression_attribute_values(":one", integer(1))
            .expression_attribute_values(":actor", text(&told.actor_id))
            .expression_attribute_values(":title", text(&told.resume_title))
            .expression_attribute_values(":now", self.table().attribute(&self.now())?)
            .expression_attribute_values(":unread", text(recipient.unread(&told.recipient_id)));
        let update = nickname
            .into_iter()
            .fold(update, |update, name| update.expression_attribute_values(":nickname", text(name)));
        Ok(vec![self.counted_part(told, id)?, self.table().part(update.build())?])
    }

    fn counted_part(&self, told: &NotificationRequested, id: &str) -> Result<TransactWriteItem, StoreError> {
        self.new_part(&acted_key(&told.actor_id, id), &self.done(Some(&told.recipient_id)))
    }

    fn new_part(&self, key: &Key, item: &impl Serialize) -> Result<TransactWriteItem, StoreError> {
        let put = self.table().transact_put(key, item)?;
        self.table().part(put.condition_expression("attribute_not_exists(pk)").build())
    }

    fn done<'a>(&self, recipient_id: Option<&'a str>) -> Done<'a> {
        Done { recipient_id, expires_at: expires_at(self.now()) }
    }
}
