//! A member's notifications: listed, and marked as read or not.

use maru_lambda::Problem;
use maru_store::{ListQuery, Outcome, Page, Scope, text};

use crate::error::Error;
use crate::members::Member;
use crate::notification::Notification;
use crate::store::{Store, inbox_partition, notification_key, oldest_kept};

impl Store {
    /// A member's notifications, the newest first; only the unread ones, if that is asked for.
    ///
    /// # Errors
    /// 400 `invalid_cursor`, or the database's as a problem.
    pub async fn notifications(
        &self,
        id: &str,
        member: &Member,
        unread: bool,
        list: &ListQuery,
    ) -> Result<Page<Notification>, Problem> {
        let (filter, partition) =
            if unread { ("unread", member.unread(id)) } else { ("", inbox_partition(id)) };
        let query = self.table().query(&partition).scan_index_forward(false);
        let query = if unread {
            query.index_name("byUnread").key_condition_expression("unread = :pk AND sk > :oldest")
        } else {
            query.key_condition_expression("pk = :pk AND sk > :oldest").consistent_read(true)
        };
        let query = query.expression_attribute_values(":oldest", text(oldest_kept(self.now())));
        let scope = Scope::new("list_notifications", filter, id, &partition);
        let scope = if unread { scope.over_index("unread") } else { scope };
        self.table().page(query, list, &scope).await
    }

    /// Marks a notification of a member as read or as unread; gives it as it is then.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`].
    pub async fn mark(
        &self,
        id: &str,
        member: &Member,
        notification: &str,
        read: bool,
    ) -> Result<Notification, Error> {
        let update = self.table().update(&notification_key(id, notification));
        let update = if read {
            update.update_expression("REMOVE unread")
        } else {
            let round = text(member.unread(id));
            update.update_expression("SET unread = :round").expression_attribute_values(":round", round)
        };
        let update = update.condition_expression("attribute_exists(pk)");
        match self.table().update_if(update).await? {
            Outcome::Done(item) => Ok(self.table().decode(item)?),
            Outcome::Refused(_) => Err(Error::NotFound),
        }
    }
}
