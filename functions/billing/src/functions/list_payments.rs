//! `GET /billing/payments`: what the caller has paid, the newest first.

use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Json, Member, Problem};
use maru_store::{ListQuery, Page};

use crate::payments::PaymentView;
use crate::store::Store;

pub async fn handle(
    store: Store,
    call: Call<Member, Nothing, ListQuery>,
) -> Result<Json<Page<PaymentView>>, Problem> {
    let member = &call.caller.id;
    let page = store.payments(("list_payments", member), member, &call.query).await?;
    Ok(Json(page.map(|payment| PaymentView::from(&payment))))
}
