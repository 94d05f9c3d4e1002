//! Writing down what a message tells, once, whatever the order in which messages come and however often.
//!
//! One transaction: the message's id, whose condition lets it be handled once; that the recipient's account is open;
//! and the notification, new or with one more in it. What more has to hold when it is something that another member
//! did stands with that ([`crate::acts`]).

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use maru_lambda::new_id;
use maru_store::{Key, StoreError};
use serde::{Deserialize, Serialize};

use crate::acts::Act;
use crate::error::Error;
use crate::kind::Kind;
use crate::members::Member;
use crate::notification::{Acts, Notification};
use crate::store::{Store, expires_at, message_key, notification_key};

/// How often it is tried against others that write to the same inbox.
const ATTEMPTS: usize = 8;

/// The places of the conditions after which there is nothing more to do: that the message is new, and of an act that
/// its actor is here and not counted yet. What stands there for other kinds has no condition.
const SETTLED: [usize; 3] = [0, 2, 3];

/// What a member is to be told: the data of `notification.requested`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NotificationRequested {
    /// Who is told.
    pub recipient_id: String,
    /// What happened.
    #[serde(flatten)]
    pub kind: Kind<Act>,
    /// When.
    pub at: Timestamp,
}

/// That a message was handled, or a member counted in a notification.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Done<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    recipient_id: Option<&'a str>,
    expires_at: i64,
}

impl NotificationRequested {
    fn is_own_act(&self) -> bool {
        self.kind.act().is_some_and(|act| act.actor_id == self.recipient_id)
    }
}

impl Store {
    /// Writes down what the message `id` tells; nothing if that is done, is one's own act, or if a member of whom it
    /// speaks is gone.
    ///
    /// # Errors
    /// [`Error::Restless`], [`Error::Store`].
    pub async fn record(&self, id: &str, told: &NotificationRequested) -> Result<(), Error> {
        if told.is_own_act() {
            return Ok(());
        }
        for _ in 0..ATTEMPTS {
            let recipient = self.member(&told.recipient_id).await?;
            let mut all = vec![
                self.done_part(&message_key(id), None)?,
                self.same_round_part(&told.recipient_id, &recipient)?,
            ];
            all.extend(match &told.kind {
                Kind::Comment(act) => self.comment_parts(told, act, &recipient)?,
                Kind::Like(act) => self.like_parts(told, act, &recipient).await?,
                _ => vec![self.told_part(told, &recipient, &self.new_notification())?],
            });
            let Err(cancelled) = self.table().transact(all).await? else { return Ok(()) };
            let settled = SETTLED.iter().any(|place| cancelled.failed_at(*place));
            if settled || self.member(&told.recipient_id).await?.is_closed() {
                return Ok(());
            }
        }
        Err(Error::Restless)
    }

    /// The id of a notification that is about to be made.
    pub(crate) fn new_notification(&self) -> String {
        new_id("ntf", self.now())
    }

    /// The write of a new notification.
    pub(crate) fn told_part(
        &self,
        told: &NotificationRequested,
        recipient: &Member,
        id: &str,
    ) -> Result<TransactWriteItem, StoreError> {
        let now = self.now();
        let notification = Notification {
            id: id.to_owned(),
            kind: told.kind.clone().map(Acts::from),
            created_at: told.at,
            updated_at: now,
            unread: Some(recipient.unread(&told.recipient_id)),
            expires_at: expires_at(now),
        };
        let put = self.table().transact_put(&notification_key(&told.recipient_id, id), &notification)?;
        self.table().part(put.build())
    }

    /// The write that something is done, which is refused if it was done before.
    pub(crate) fn done_part(
        &self,
        key: &Key,
        recipient_id: Option<&str>,
    ) -> Result<TransactWriteItem, StoreError> {
        let done = Done { recipient_id, expires_at: expires_at(self.now()) };
        let put = self.table().transact_put(key, &done)?;
        self.table().part(put.condition_expression("attribute_not_exists(pk)").build())
    }
}
