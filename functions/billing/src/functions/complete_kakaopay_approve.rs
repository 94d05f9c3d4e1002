//! `GET /billing/kakaopay/approve`: the browser comes back from KakaoPay's page, on which the member has paid. Here
//! the money moves. Loaded again it says the same.
//!
//! Nobody is signed in here: whose payment it is says the order, which the signed state names, and never the
//! address.

use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Problem, Reply, Stranger};

use crate::orders::{Approvals, Arrived, Pages, Return, Word};
use crate::return_state::ReturnPage;
use crate::store::Store;

pub async fn handle(
    (store, pages, approvals): (Store, Pages, Approvals),
    call: Call<Stranger, Nothing, Return>,
) -> Result<Reply, Problem> {
    let word = match pages.arrived(ReturnPage::Approve, &call.query, call.request.now).await? {
        Arrived::Nowhere => Word::Invalid,
        Arrived::Late(order) => store.outcome_of_late(&order).await?,
        Arrived::InTime(order) => match &call.query.pg_token {
            Some(pg_token) => approvals.approve(&order, pg_token).await?,
            None => Word::Invalid,
        },
    };
    Ok(pages.tell(word))
}
