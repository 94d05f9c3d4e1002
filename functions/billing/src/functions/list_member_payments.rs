//! `GET /admin/billing/{memberId}/payments`: what a member has paid, with the refunds, the newest first.

use garde::Validate;
use maru_lambda::{Admin, Call, Json, Problem};
use maru_store::{ListQuery, Page};
use serde::Deserialize;

use crate::payments::AdminPaymentView;
use crate::store::Store;

/// Whose payments.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
pub struct MemberPath {
    #[garde(length(bytes, min = 1, max = 100))]
    member_id: String,
}

pub async fn handle(
    store: Store,
    call: Call<Admin, MemberPath, ListQuery>,
) -> Result<Json<Page<AdminPaymentView>>, Problem> {
    let list = ("list_member_payments", call.caller.id.as_str());
    let page = store.payments(list, &call.path.member_id, &call.query).await?;
    Ok(Json(page.map(AdminPaymentView::from)))
}
