//! `PATCH /notifications/{notificationId}`: marks one of the caller's notifications as read, or as unread.

use garde::Validate;
use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Json, Member};
use serde::Deserialize;

use crate::error::Error;
use crate::notification::NotificationView;
use crate::store::Store;

/// Which notification.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
pub struct NotificationPath {
    #[garde(length(bytes, min = 1, max = 100))]
    notification_id: String,
}

/// What it is to be.
#[derive(Clone, Copy, Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct UpdateNotification {
    #[garde(skip)]
    read: bool,
}

pub async fn handle(
    store: Store,
    call: Call<Member, NotificationPath, Nothing, UpdateNotification>,
) -> Result<Json<NotificationView>, Error> {
    let id = &call.caller.id;
    let member = store.member(id).await?;
    let notification = store.mark(id, &member, &call.path.notification_id, call.body.read).await?;
    Ok(Json(NotificationView::new(notification, id, &member)))
}
