//! `GET /billing/kakaopay/cancel`: the browser comes back from KakaoPay's page without having paid: the member
//! changed their mind. An order that was paid stays paid.

use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Problem, Reply, Stranger};

use crate::orders::{Arrived, Pages, Return, State, Word};
use crate::return_state::ReturnPage;
use crate::store::Store;

pub async fn handle(
    (store, pages): (Store, Pages),
    call: Call<Stranger, Nothing, Return>,
) -> Result<Reply, Problem> {
    let word = match pages.arrived(ReturnPage::Cancel, &call.query, call.request.now).await? {
        Arrived::Nowhere => Word::Invalid,
        Arrived::Late(order) => store.outcome_of_late(&order).await?,
        Arrived::InTime(order) => store.close(&order, State::Cancelled).await?,
    };
    Ok(pages.tell(word))
}
