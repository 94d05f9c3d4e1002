//! `GET /me/coupons`.

use reqwest::Method;

use crate::people::{
    ask, claim, coupon, expect_members_only, id, ids, issue, leaves, pages, read, send, table, town,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_member_sees_what_they_claimed_and_nobody_elses() {
    let maru = town().await;
    let mut claims = Vec::new();
    for _ in 0..3 {
        maru.stack.clock().advance(std::time::Duration::from_millis(5));
        let coupon = issue(&maru, &coupon(5)).await;
        claims.push(id(&claim(&maru, "usr_a", &coupon).await.expect(201)));
        claim(&maru, "usr_b", &coupon).await.expect(201);
    }
    claims.reverse();
    assert_eq!(pages(&maru, "/me/coupons", "usr_a", 2).await, claims);
    let page = read(&maru, "/me/coupons?limit=1", "usr_a").await;
    let path = format!("/me/coupons?cursor={}", page["nextCursor"].as_str().unwrap());
    ask(&maru, Method::GET, &path, "usr_b").await.expect_problem(400, "invalid_cursor");
    assert_eq!(ids(&read(&maru, "/me/coupons", "usr_c").await), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_is_usable_then_used_or_expired() {
    let maru = town().await;
    for _ in 0..2 {
        let coupon = issue(&maru, &coupon(5)).await;
        claim(&maru, "usr_a", &coupon).await.expect(201);
    }
    let states = async || {
        let page = read(&maru, "/me/coupons", "usr_a").await;
        let items = page["items"].as_array().unwrap().clone();
        items.into_iter().map(|item| item["state"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(states().await, ["usable", "usable"]);
    let first = ids(&read(&maru, "/me/coupons", "usr_a").await).remove(0);
    let path = format!("/me/coupons/{first}/use");
    send(&maru, Method::POST, &path, "usr_a", &serde_json::json!({})).await.expect(200);
    assert_eq!(states().await, ["used", "usable"]);
    maru.stack.clock().set("2026-01-15T16:00:00Z".parse().unwrap());
    assert_eq!(states().await, ["used", "expired"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_who_left_is_in_a_claim() {
    let maru = town().await;
    let coupon = issue(&maru, &coupon(5)).await;
    let claimed = id(&claim(&maru, "usr_a", &coupon).await.expect(201));
    leaves(&maru, "usr_a").await;
    leaves(&maru, "usr_a").await;
    assert_eq!(ids(&read(&maru, "/me/coupons", "usr_a").await), [""; 0]);
    let table = table(&maru);
    let scan = table.client().scan().table_name(table.name()).send().await.unwrap();
    let claims = scan.items().iter().filter(|item| item["pk"].as_s().unwrap().starts_with("CLAIM"));
    let claims: Vec<String> = claims.map(|item| format!("{item:?}")).collect();
    assert_eq!(claims.len(), 1);
    assert!(!claims[0].contains("usr_a") && !claims[0].contains(&claimed), "{}", claims[0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_has_no_account() {
    expect_members_only(&town().await, Method::GET, "/me/coupons").await;
}
