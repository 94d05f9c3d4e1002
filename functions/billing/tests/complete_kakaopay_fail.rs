//! `GET /billing/kakaopay/fail`.

use crate::checkouts::{asks, comes_back_without_paying, is_refused_with_any_other_state};
use crate::{MEMBER, setup};

#[tokio::test(flavor = "multi_thread")]
async fn whoever_cannot_pay_is_told_so_each_time_and_can_buy_later() {
    let maru = setup().start().await;
    let checkout = asks(&maru, MEMBER).await.expect(201);
    let back = maru.kakaopay().fail(checkout["redirectUrl"].as_str().unwrap()).await;
    comes_back_without_paying(&maru, MEMBER, (&back, "failed")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_comes_with_a_state_of_another_page_or_with_none() {
    let maru = setup().start().await;
    let checkout = asks(&maru, MEMBER).await.expect(201);
    let back = maru.kakaopay().fail(checkout["redirectUrl"].as_str().unwrap()).await;
    is_refused_with_any_other_state(&maru, (&back, "fail")).await;
}
