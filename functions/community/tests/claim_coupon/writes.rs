//! What a claim costs: calls of the database, counted where they arrive.

use std::collections::BTreeMap;
use std::time::Duration;

use aws_sdk_dynamodb::types::AttributeValue;
use maru_store::{Key, integer};
use maru_testing::Maru;

use crate::people::{calls, claim, coupon, issue, side_by_side, table, town};

/// The calls that change something, or try to.
const WRITES: [&str; 5] = ["TransactWriteItems", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"];

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_too_late_costs_a_read_and_no_write() {
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
    // Their own claims, which they may have. The coupon was read before.
    assert_eq!(calls(&maru, "claim_coupon"), BTreeMap::from([("GetItem".to_owned(), 200)]));
    // A repeated click of somebody who has one costs as little.
    maru.stack.parts().counts.clear();
    claim(&maru, "usr_7", &coupon).await.expect(200);
    assert_eq!(calls(&maru, "claim_coupon"), BTreeMap::from([("GetItem".to_owned(), 1)]));
}

/// An instance that read the coupon before it was sold out by others believes what it read for a second. Then it reads
/// again, and once more when it is told that nothing is left.
#[tokio::test(flavor = "multi_thread")]
async fn what_others_sold_out_is_known_after_a_second_or_a_try() {
    let read = BTreeMap::from([("GetItem".to_owned(), 2)]);
    // No mark is written that is there already.
    let tried = BTreeMap::from([
        ("BatchGetItem".to_owned(), 1),
        ("GetItem".to_owned(), 2),
        ("TransactWriteItems".to_owned(), 1),
    ]);
    for (later, expected) in [(1, read), (0, tried)] {
        let maru = town().await;
        let coupon = issue(&maru, &coupon(2)).await;
        claim(&maru, "usr_a", &coupon).await.expect(201);
        sold_out_by_others(&maru, &coupon).await;
        maru.stack.clock().advance(Duration::from_secs(later));
        maru.stack.parts().counts.clear();
        claim(&maru, "usr_b", &coupon).await.expect_problem(409, "sold_out");
        assert_eq!(calls(&maru, "claim_coupon"), expected);
        for late in ["usr_c", "usr_d"] {
            claim(&maru, late, &coupon).await.expect_problem(409, "sold_out");
        }
        maru.stack.parts().counts.clear();
        claim(&maru, "usr_e", &coupon).await.expect_problem(409, "sold_out");
        assert_eq!(calls(&maru, "claim_coupon"), BTreeMap::from([("GetItem".to_owned(), 1)]));
    }
}

/// Takes the last piece of the only share, and marks it.
async fn sold_out_by_others(maru: &Maru, coupon: &str) {
    let table = table(maru);
    let share = table.update(&Key::new(format!("COUPON#{coupon}#0"), "SHARE"));
    let none =
        share.update_expression("SET remaining = :none").expression_attribute_values(":none", integer(0));
    table.update_if(none).await.unwrap();
    let item = table.update(&Key::new(format!("COUPON#{coupon}"), "COUPON"));
    let now = table.attribute(&maru.stack.clock().now()).unwrap();
    let marks = AttributeValue::Ns(vec!["0".to_owned()]);
    let update = item
        .update_expression("SET soldOutAt = :now ADD emptied :marks")
        .expression_attribute_values(":now", now)
        .expression_attribute_values(":marks", marks);
    table.update_if(update).await.unwrap();
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
async fn a_claim_is_a_write_and_the_first_one_a_read_more() {
    let maru = town().await;
    let coupon = issue(&maru, &coupon(120)).await;
    for (member, read) in [("usr_a", Some(1)), ("usr_b", None), ("usr_c", None)] {
        maru.stack.parts().counts.clear();
        claim(&maru, member, &coupon).await.expect(201);
        let calls = calls(&maru, "claim_coupon");
        assert_eq!((calls["TransactWriteItems"], calls.get("GetItem").copied()), (1, read));
        assert_eq!(calls.len(), 1 + usize::from(read.is_some()), "{calls:?}");
    }
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
