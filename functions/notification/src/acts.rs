//! What others did to a resume: likes and comments, in a new notification or as one more in one that is there.
//!
//! In the same transaction stand that the actor's account is open; that the actor is counted, whose condition lets one
//! member count once in a notification, like and unlike as they may; and, for a like, the hour, whose epoch decides
//! between two first likes at once.

use aws_sdk_dynamodb::types::TransactWriteItem;
use maru_store::{StoreError, integer, text};
use serde::{Deserialize, Serialize};

use crate::members::Member;
use crate::notification::Acts;
use crate::record::NotificationRequested;
use crate::store::{Store, acted_key, expires_at, notification_key, windows_key};
use crate::windows::Windows;

/// Something that somebody did to a resume of the recipient.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Act {
    /// Who.
    pub actor_id: String,
    /// What that member is called, if it was known.
    #[serde(default)]
    pub actor_nickname: Option<String>,
    /// To which resume.
    pub resume_id: String,
    /// Its title.
    pub resume_title: String,
}

/// The first of those that its notification tells of.
impl From<Act> for Acts {
    fn from(act: Act) -> Self {
        let Act { actor_id, actor_nickname, resume_id, resume_title } = act;
        Self { resume_id, resume_title, actor_id: Some(actor_id), actor_nickname, count: 1 }
    }
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

impl Store {
    /// The writes of a comment: that the actor is here and counted, and the notification.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub fn comment_parts(
        &self,
        told: &NotificationRequested,
        act: &Act,
        recipient: &Member,
    ) -> Result<Vec<TransactWriteItem>, StoreError> {
        self.first_parts(told, act, recipient, &self.new_notification())
    }

    /// The writes of a like: that the actor is here and counted, and the notification of its hour.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn like_parts(
        &self,
        told: &NotificationRequested,
        act: &Act,
        recipient: &Member,
    ) -> Result<Vec<TransactWriteItem>, StoreError> {
        let key = windows_key(&told.recipient_id, &act.resume_id);
        let hours: Hours = self.table().get(&key, true).await?.unwrap_or_default();
        if let Some(notification) = hours.windows.find(told.at) {
            return self.one_more_parts(told, act, recipient, notification);
        }
        let id = self.new_notification();
        let mut writes = self.first_parts(told, act, recipient, &id)?;
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

    /// That the actor is here and counted, and a new notification.
    fn first_parts(
        &self,
        told: &NotificationRequested,
        act: &Act,
        recipient: &Member,
        id: &str,
    ) -> Result<Vec<TransactWriteItem>, StoreError> {
        let [here, counted] = self.actor_parts(told, act, id)?;
        Ok(vec![here, counted, self.told_part(told, recipient, id)?])
    }

    /// That the actor is here and counted, and one more in a notification that is there. It is unread again.
    fn one_more_parts(
        &self,
        told: &NotificationRequested,
        act: &Act,
        recipient: &Member,
        id: &str,
    ) -> Result<Vec<TransactWriteItem>, StoreError> {
        let nickname = act.actor_nickname.as_ref();
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
            .expression_attribute_values(":actor", text(&act.actor_id))
            .expression_attribute_values(":title", text(&act.resume_title))
            .expression_attribute_values(":now", self.table().attribute(&self.now())?)
            .expression_attribute_values(":unread", text(recipient.unread(&told.recipient_id)));
        let update = nickname
            .into_iter()
            .fold(update, |update, name| update.expression_attribute_values(":nickname", text(name)));
        let [here, counted] = self.actor_parts(told, act, id)?;
        Ok(vec![here, counted, self.table().part(update.build())?])
    }

    /// That the actor's account is open, and that the actor is counted in the notification `id`.
    fn actor_parts(
        &self,
        told: &NotificationRequested,
        act: &Act,
        id: &str,
    ) -> Result<[TransactWriteItem; 2], StoreError> {
        let counted = self.done_part(&acted_key(&act.actor_id, id), Some(&told.recipient_id))?;
        Ok([self.open_part(&act.actor_id)?, counted])
    }
}
