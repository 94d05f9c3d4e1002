//! `GET /notifications`: what the caller was told in the last ninety days, the newest first.

use garde::Validate;
use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Json, Member, Problem};
use maru_store::{ListQuery, Page};
use serde::Deserialize;

use crate::notification::NotificationView;
use crate::store::Store;

/// Which notifications, and where to go on.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(deny_unknown_fields, default)]
pub struct ListNotifications {
    /// Only those that are unread. `false` is as if it were not there.
    #[garde(skip)]
    unread: bool,
    #[garde(range(min = 1, max = 100))]
    limit: Option<u32>,
    #[garde(length(bytes, max = 2048))]
    cursor: Option<String>,
}

pub async fn handle(
    store: Store,
    call: Call<Member, Nothing, ListNotifications>,
) -> Result<Json<Page<NotificationView>>, Problem> {
    let ListNotifications { unread, limit, cursor } = call.query;
    let (id, list) = (&call.caller.id, ListQuery { limit, cursor });
    let member = store.member(id).await?;
    let page = store.notifications(id, &member, unread, &list).await?;
    Ok(Json(page.map(|notification| NotificationView::new(notification, id, &member))))
}
