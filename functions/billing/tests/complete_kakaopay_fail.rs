//! `GET /billing/kakaopay/fail`.

use std::time::Duration;

use futures::future::join_all;

use crate::checkouts::{agreed, arrives, asks, buys_and_is_told, states};
use crate::{MEMBER, setup};

#[tokio::test(flavor = "multi_thread")]
async fn whoever_cannot_pay_is_told_so_each_time_and_can_buy_later() {
    let maru = setup().start().await;
    let checkout = asks(&maru, MEMBER).await.expect(201);
    let back = maru.kakaopay().fail(checkout["redirectUrl"].as_str().unwrap()).await;
    let words = join_all((0..4).map(|_| arrives(&maru, &back))).await;
    assert!(words.iter().all(|word| word == "failed"), "{words:?}");
    assert_eq!((agreed(&maru).await, states(&maru).await), (0, vec!["failed".to_owned()]));
    maru.stack.clock().advance(Duration::from_secs(3_600));
    assert_eq!(arrives(&maru, &back).await, "failed");
    assert_eq!(buys_and_is_told(&maru, MEMBER, "good").await, "paid");
    assert_eq!(agreed(&maru).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_comes_with_a_state_of_another_page_or_with_none() {
    let maru = setup().start().await;
    let checkout = asks(&maru, MEMBER).await.expect(201);
    let back = maru.kakaopay().fail(checkout["redirectUrl"].as_str().unwrap()).await;
    let page = back.split('?').next().unwrap();
    assert_eq!(arrives(&maru, &back.replace("/fail?", "/approve?")).await, "invalid");
    assert_eq!(arrives(&maru, &format!("{back}x")).await, "invalid");
    assert_eq!(arrives(&maru, page).await, "invalid");
    assert_eq!(states(&maru).await, ["ready"]);
}
