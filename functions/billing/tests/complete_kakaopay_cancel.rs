//! `GET /billing/kakaopay/cancel`.

use crate::checkouts::{
    agreed, arrives, asks, comes_back_without_paying, is_refused_with_any_other_state, other_page, pays,
    states,
};
use crate::{MEMBER, setup};

#[tokio::test(flavor = "multi_thread")]
async fn whoever_changes_their_mind_is_told_so_each_time_and_can_buy_later() {
    let maru = setup().start().await;
    let checkout = asks(&maru, MEMBER).await.expect(201);
    let back = maru.kakaopay().cancel(checkout["redirectUrl"].as_str().unwrap()).await;
    comes_back_without_paying(&maru, MEMBER, (&back, "cancelled")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_comes_with_a_state_of_another_page_or_with_none() {
    let maru = setup().start().await;
    let checkout = asks(&maru, MEMBER).await.expect(201);
    let back = maru.kakaopay().cancel(checkout["redirectUrl"].as_str().unwrap()).await;
    is_refused_with_any_other_state(&maru, (&back, "cancel")).await;
}

/// Both addresses are in KakaoPay's hands: the browser goes back in its history, or somebody has both.
#[tokio::test(flavor = "multi_thread")]
async fn of_an_order_that_was_given_up_and_paid_the_first_counts() {
    for is_cancelled_first in [true, false] {
        let maru = setup().start().await;
        let (approve, cancel) = ways_back(&maru).await;
        let (first, second) = if is_cancelled_first { (cancel, approve) } else { (approve, cancel) };
        let word = if is_cancelled_first { "cancelled" } else { "paid" };
        for back in [&first, &second, &first, &second] {
            assert_eq!(arrives(&maru, back).await, word);
        }
        assert_eq!(agreed(&maru).await, usize::from(!is_cancelled_first));
        assert_eq!(states(&maru).await, [word]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_is_given_up_while_it_is_paid_becomes_one_of_both() {
    for _ in 0..3 {
        let maru = setup().start().await;
        let (approve, cancel) = ways_back(&maru).await;
        let (paid, cancelled) = futures::join!(arrives(&maru, &approve), arrives(&maru, &cancel));
        assert_eq!(paid, cancelled);
        assert_eq!(agreed(&maru).await, usize::from(paid == "paid"));
    }
}

/// The ways back of an order that was paid on the page: that of the approval, and the one that was not taken.
async fn ways_back(maru: &maru_testing::Maru) -> (String, String) {
    let approve = pays(maru, MEMBER, "good").await;
    let cancel = other_page(maru, &approve, "cancel").await;
    (approve, cancel)
}
