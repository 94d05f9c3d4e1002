//! Addresses that nobody was sent to.

use aws_sdk_dynamodb::Client;
use maru_testing::browser::parameter;

use crate::checkouts::{agreed, arrives, asks, other_page, pays, states, stored, with};
use crate::{MEMBER, setup};

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_comes_with_a_state_that_maru_did_not_make_for_this_page() {
    let maru = setup().start().await;
    let back = pays(&maru, MEMBER, "good").await;
    let state = parameter(&back, "state").unwrap();
    let (claim, signature) = state.rsplit_once('.').unwrap();
    let (order, _) = claim.split_once('.').unwrap();
    let later = format!("{order}.9999999999.{signature}");
    let unsigned = format!("{claim}.");
    let reversed: String = state.chars().rev().collect();
    for forged in [later.as_str(), &unsigned, &reversed, order, "x", "%00", ""] {
        assert_eq!(arrives(&maru, &with(&back, "state", forged)).await, "invalid", "{forged}");
    }
    let page = back.split('?').next().unwrap();
    for query in ["", "?pg_token=x", &format!("?order={order}&member={MEMBER}&pg_token=x")] {
        assert_eq!(arrives(&maru, &format!("{page}{query}")).await, "invalid", "{query}");
    }
    // The state of this page is none of another, and gives nothing up.
    for other in ["cancel", "fail"] {
        assert_eq!(arrives(&maru, &back.replace("/approve", &format!("/{other}"))).await, "invalid");
    }
    assert_eq!((agreed(&maru).await, states(&maru).await), (0, vec!["ready".to_owned()]));
    assert_eq!(arrives(&maru, &back).await, "paid");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_kakaopay_did_not_give_for_this_order_changes_nothing() {
    let maru = setup().start().await;
    let (ours, theirs) = (pays(&maru, MEMBER, "good").await, pays(&maru, "usr_other", "good").await);
    let token = |back: &str| parameter(back, "pg_token").unwrap();
    for forged in ["forged", "x%20y", "%EA%B0%80", &token(&theirs)] {
        assert_eq!(arrives(&maru, &with(&ours, "pg_token", forged)).await, "invalid", "{forged}");
    }
    let without = ours.split("&pg_token").next().unwrap();
    assert_eq!(arrives(&maru, without).await, "invalid");
    assert_eq!(arrives(&maru, &with(&theirs, "pg_token", &token(&ours))).await, "invalid");
    assert_eq!((agreed(&maru).await, states(&maru).await), (0, vec!["ready".into(), "ready".into()]));
    for back in [&ours, &theirs] {
        assert_eq!(arrives(&maru, back).await, "paid");
    }
    assert_eq!(agreed(&maru).await, 2);
}

/// Whoever has not paid on the page has no token; a state alone moves nothing.
#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_was_not_paid_on_the_page_is_not_approved() {
    let maru = setup().start().await;
    let theirs = pays(&maru, "usr_other", "good").await;
    let checkout = asks(&maru, MEMBER).await.expect(201);
    let page = checkout["redirectUrl"].as_str().unwrap();
    let cancel = maru.kakaopay().cancel(page).await;
    let approve = other_page(&maru, &cancel, "approve").await;
    let token = parameter(&theirs, "pg_token").unwrap();
    assert_eq!(arrives(&maru, &format!("{approve}&pg_token={token}")).await, "failed");
    assert_eq!((agreed(&maru).await, states(&maru).await), (0, vec!["ready".into(), "ready".into()]));

    let checkout = asks(&maru, MEMBER).await.expect(201);
    // The state of an order whose page was never opened.
    let state = parameter(&theirs, "state").unwrap();
    let (order, _) = state.split_once('.').unwrap();
    let unpaid = theirs.replace(order, checkout["orderId"].as_str().unwrap());
    let approve = other_page(&maru, &unpaid, "approve").await;
    assert_eq!(arrives(&maru, &format!("{approve}&pg_token={token}")).await, "invalid");
    assert_eq!(agreed(&maru).await, 0);
}

/// The state is good, and there is no such order: nothing was made ready.
#[tokio::test(flavor = "multi_thread")]
async fn a_state_without_its_order_is_worth_nothing() {
    let maru = setup().start().await;
    let back = pays(&maru, MEMBER, "good").await;
    let tables = &maru.stack.parts().template.tables;
    let table = &tables.iter().find(|table| table.logical_id == "BillingTable").unwrap().name;
    let mut order = stored(&maru, "ORDER#").await.remove(0);
    order.retain(|name, _| name == "pk" || name == "sk");
    let client = Client::new(&maru.stack.sdk_config());
    client.delete_item().table_name(table).set_key(Some(order)).send().await.unwrap();
    assert_eq!(arrives(&maru, &back).await, "invalid");
    assert_eq!(agreed(&maru).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parameter_that_is_too_long_is_refused_and_one_more_is_not() {
    let maru = setup().start().await;
    let path = "/billing/kakaopay/approve";
    let long = "x".repeat(256);
    for query in [format!("?state={long}"), format!("?pg_token={long}")] {
        maru.get(&format!("{path}{query}"), "").await.expect_problem(400, "invalid_query");
    }
    let back = pays(&maru, MEMBER, "good").await;
    assert_eq!(arrives(&maru, &format!("{back}&tms_result=false")).await, "paid");
}
