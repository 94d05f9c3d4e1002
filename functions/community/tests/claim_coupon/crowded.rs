//! Claims that meet others on the same share, each time: nothing is known of the share then.

use std::collections::HashSet;
use std::time::Duration;

use community_rules::coupon::order_of;
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_store::{Key, integer};
use maru_testing::Maru;

use crate::people::{calls, claim, coupon, issue, read, table, town};

/// How often a transaction that meets others is sent before a share counts as crowded.
const TIMES: u32 = 9;

/// The next transactions meet others, so many times.
fn meet(maru: &Maru, times: u32) {
    let conflict =
        Fault::new(FaultTarget::Database, FaultKind::Conflict, times).of_operation("TransactWriteItems");
    maru.stack.parts().faults.push(conflict);
}

/// Takes everything out of a share, as many claims would.
async fn empty(maru: &Maru, coupon: &str, share: u32) {
    let table = table(maru);
    let update = table.update(&Key::new(format!("COUPON#{coupon}#{share}"), "SHARE"));
    let update =
        update.update_expression("SET remaining = :none").expression_attribute_values(":none", integer(0));
    table.update_if(update).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_meets_others_at_a_share_is_given_a_piece_of_the_next() {
    let maru = town().await;
    let coupon = issue(&maru, &coupon(100)).await;
    meet(&maru, TIMES);
    claim(&maru, "usr_a", &coupon).await.expect(201);
    assert_eq!(calls(&maru, "claim_coupon")["TransactWriteItems"], u64::from(TIMES) + 1);
    let shares = order_of(&coupon, "usr_a", 2);
    let own = read(&maru, "/me/coupons", "usr_a").await["items"][0]["id"].as_str().unwrap().to_owned();
    let item: serde_json::Value =
        table(&maru).get(&Key::new("CLAIMS#usr_a", own), true).await.unwrap().unwrap();
    assert_eq!(item["stockShare"], format!("COUPON#{coupon}#{}", shares.last().unwrap()));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_meets_others_at_two_shares_is_asked_to_come_again_and_has_taken_nothing() {
    let maru = town().await;
    let coupon = issue(&maru, &coupon(100)).await;
    meet(&maru, 2 * TIMES);
    claim(&maru, "usr_a", &coupon).await.expect_problem(503, "unavailable");
    assert_eq!(read(&maru, "/me/coupons", "usr_a").await["items"], serde_json::json!([]));
    let night = maru.stack.run_scheduled("cron_reconcile_coupons").await.unwrap();
    assert_eq!(night.answer["differing"], 0);
    claim(&maru, "usr_a", &coupon).await.expect(201);
}

/// That the others are empty says nothing of the crowded one.
#[tokio::test(flavor = "multi_thread")]
async fn a_crowded_share_is_not_called_empty_while_it_may_have_a_piece() {
    for (left, status, code) in [(1, 503, "unavailable"), (0, 409, "sold_out")] {
        let maru = town().await;
        let coupon = issue(&maru, &coupon(100)).await;
        let shares: Vec<u32> = order_of(&coupon, "usr_a", 2).collect();
        assert_eq!(shares.iter().collect::<HashSet<_>>().len(), 2);
        empty(&maru, &coupon, shares[1]).await;
        if left == 0 {
            empty(&maru, &coupon, shares[0]).await;
        }
        meet(&maru, TIMES);
        claim(&maru, "usr_a", &coupon).await.expect_problem(status, code);
    }
}

/// Of two for the last piece it is whose write came first that counts, not whose click.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_piece_is_for_whoever_is_written_first() {
    let maru = town().await;
    let coupon = issue(&maru, &coupon(1)).await;
    let late = Fault::new(FaultTarget::Database, FaultKind::Delay, 1).of_operation("TransactWriteItems");
    maru.stack.parts().faults.push(late.with_delay(Duration::from_secs(1)));
    let first = claim(&maru, "usr_first", &coupon);
    let second = async {
        // When the transaction of the first is on its way.
        while !maru.stack.parts().faults.pending().is_empty() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        claim(&maru, "usr_second", &coupon).await
    };
    let (first, second) = tokio::join!(first, second);
    second.expect(201);
    first.expect_problem(409, "sold_out");
}

/// The time of a coupon may end while somebody meets others.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_given_a_piece_of_a_share_that_is_tried_after_the_end() {
    let maru = town().await;
    let coupon = issue(&maru, &coupon(100)).await;
    meet(&maru, TIMES);
    let claimed = claim(&maru, "usr_a", &coupon);
    let end = async {
        while !maru.stack.parts().faults.pending().is_empty() {
            maru.stack.clock().set("2026-01-15T16:00:00Z".parse().unwrap());
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    // The clock is set when the first try is on its way.
    let wait = async {
        while !calls(&maru, "claim_coupon").contains_key("TransactWriteItems") {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        end.await;
    };
    let (claimed, ()) = tokio::join!(claimed, wait);
    claimed.expect_problem(409, "coupon_over");
    let (table, key) = (table(&maru), Key::new(format!("COUPON#{coupon}#0"), "SHARE"));
    let share: serde_json::Value = table.get(&key, true).await.unwrap().unwrap();
    assert_eq!(share["remaining"], 50);
}
