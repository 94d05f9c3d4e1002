//! One member in several tabs.

use futures::future::join_all;

use crate::checkouts::{agreed, arrives, pays, states};
use crate::subscribers::stands;
use crate::{MEMBER, setup};

#[tokio::test(flavor = "multi_thread")]
async fn of_two_orders_paid_one_after_the_other_the_second_is_not_approved() {
    let maru = setup().start().await;
    let (first, second) = (pays(&maru, MEMBER, "good").await, pays(&maru, MEMBER, "good").await);
    assert_eq!(arrives(&maru, &first).await, "paid");
    assert_eq!(arrives(&maru, &second).await, "already_subscribed");
    assert_eq!(arrives(&maru, &second).await, "already_subscribed");
    assert_eq!((agreed(&maru).await, states(&maru).await), (1, vec!["paid".into(), "ready".into()]));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_four_orders_paid_at_once_one_is_approved() {
    let maru = setup().start().await;
    let mut backs = Vec::new();
    for _ in 0..4 {
        backs.push(pays(&maru, MEMBER, "good").await);
    }
    let mut words = join_all(backs.iter().map(|back| arrives(&maru, back))).await;
    words.sort_unstable();
    assert_eq!(words, ["already_subscribed", "already_subscribed", "already_subscribed", "paid"]);
    assert_eq!(agreed(&maru).await, 1);
    assert_eq!(stands(&maru, MEMBER).await[..2], ["PRO", "active"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_loaded_eight_times_at_once_says_the_same_each_time() {
    let maru = setup().start().await;
    let back = pays(&maru, MEMBER, "good").await;
    let words = join_all((0..8).map(|_| arrives(&maru, &back))).await;
    assert!(words.iter().all(|word| word == "paid"), "{words:?}");
    assert_eq!(agreed(&maru).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_loaded_at_once_says_the_same_each_time_when_the_card_is_declined() {
    let maru = setup().start().await;
    let back = pays(&maru, MEMBER, "declined").await;
    let words = join_all((0..4).map(|_| arrives(&maru, &back))).await;
    assert!(words.iter().all(|word| word == "declined"), "{words:?}");
    assert_eq!(agreed(&maru).await, 0);
}
