//! What a claim costs: calls of the database, counted where they arrive.

use std::collections::BTreeMap;

use crate::people::{calls, claim, coupon, issue, side_by_side, town};

/// The calls that change something, or try to.
const WRITES: [&str; 5] = ["TransactWriteItems", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"];

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_too_late_costs_two_reads_and_no_write() {
    let maru = town().await;
    let coupon = issue(&maru, &coupon(120)).await;
    side_by_side(0..120, async |member| claim(&maru, &format!("usr_{member}"), &coupon).await.expect(201))
        .await;
    // The first who finds nothing notes it, unless whoever had the last one did.
    claim(&maru, "usr_late", &coupon).await.expect_problem(409, "sold_out");
    maru.stack.parts().counts.clear();
    side_by_side(0..200, async |member| {
        claim(&maru, &format!("usr_late_{member}"), &coupon).await.expect_problem(409, "sold_out");
    })
    .await;
    assert_eq!(calls(&maru, "claim_coupon"), BTreeMap::from([("GetItem".to_owned(), 400)]));
    // A repeated click of somebody who has one costs as little.
    maru.stack.parts().counts.clear();
    claim(&maru, "usr_7", &coupon).await.expect(200);
    assert_eq!(calls(&maru, "claim_coupon"), BTreeMap::from([("GetItem".to_owned(), 2)]));
}

#[tokio::test(flavor = "multi_thread")]
async fn before_and_after_its_time_a_click_costs_no_write() {
    let maru = town().await;
    let coupon = issue(&maru, &coupon(120)).await;
    for at in ["2026-01-15T14:00:00Z", "2026-01-15T17:00:00Z"] {
        maru.stack.clock().set(at.parse().unwrap());
        maru.stack.parts().counts.clear();
        assert_eq!(claim(&maru, "usr_a", &coupon).await.status, 409);
        let calls = calls(&maru, "claim_coupon");
        assert!(WRITES.iter().all(|write| !calls.contains_key(*write)), "{calls:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_is_a_read_and_a_write() {
    let maru = town().await;
    let coupon = issue(&maru, &coupon(120)).await;
    maru.stack.parts().counts.clear();
    claim(&maru, "usr_a", &coupon).await.expect(201);
    let expected = BTreeMap::from([("GetItem".to_owned(), 1), ("TransactWriteItems".to_owned(), 1)]);
    assert_eq!(calls(&maru, "claim_coupon"), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_claim_of_a_share_is_a_mark_more() {
    let maru = town().await;
    let coupon = issue(&maru, &coupon(2)).await;
    for (member, marks) in [("usr_a", 0), ("usr_b", 1)] {
        maru.stack.parts().counts.clear();
        claim(&maru, member, &coupon).await.expect(201);
        let calls = calls(&maru, "claim_coupon");
        assert_eq!(calls["TransactWriteItems"], 1);
        assert_eq!(calls.get("UpdateItem").copied().unwrap_or(0), marks);
        assert_eq!(calls.get("PutItem"), None);
    }
}
