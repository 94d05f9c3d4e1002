//! Many who claim at once, some of them twice, while invocations die. `local/measure` does the same with 10,000 people
//! over several processes that are killed.

use std::collections::HashSet;
use std::convert::Infallible;
use std::sync::atomic::{AtomicU32, Ordering};

use maru_stack::crash::{CrashPlan, Moment};
use maru_testing::Maru;
use serde_json::{Value, json};

use crate::people::{claim, coupon, issue, leaves, read, side_by_side, table, town};

/// Kills what is under way at one of the next calls, so many times, and counts it.
async fn kill_some(maru: &Maru, times: u32, killed: &AtomicU32) -> Infallible {
    let crashes = &maru.stack.parts().crashes;
    for number in 0..times {
        let moment = if number % 2 == 0 { Moment::Before } else { Moment::After };
        let (function, at_call) = ("claim_coupon".to_owned(), 20 + number * 37 % 101);
        crashes.arm(CrashPlan { function, at_call, operation: None, moment });
        while !crashes.hit() {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
        killed.fetch_add(1, Ordering::Relaxed);
    }
    crashes.disarm();
    std::future::pending().await
}

/// A member claims until there is an answer that is one; gives whether they have a piece.
async fn insists(maru: &Maru, member: &str, coupon: &str) -> bool {
    loop {
        let answer = claim(maru, member, coupon).await;
        match answer.status {
            200 | 201 => return true,
            409 => {
                answer.expect_problem(409, "sold_out");
                return false;
            }
            500.. => {}
            _ => panic!("{answer:#?}"),
        }
    }
}

async fn crowd(people: usize, repeats: usize, stock: u32) {
    let maru = town().await;
    let coupon = issue(&maru, &coupon(stock)).await;
    let clicks: Vec<String> = (0..people + repeats).map(|click| format!("usr_{}", click % people)).collect();
    let killed = AtomicU32::new(0);
    let claimed = tokio::select! {
        claimed = side_by_side(clicks.clone(), async |member| insists(&maru, &member, &coupon).await) => claimed,
        never = kill_some(&maru, 10, &killed) => match never {},
    };
    assert!(killed.into_inner() >= 5);
    maru.stack.parts().crashes.disarm();
    let winners: HashSet<&String> =
        clicks.iter().zip(&claimed).filter(|(_, has)| **has).map(|(name, _)| name).collect();
    let stock = usize::try_from(stock).unwrap();
    assert_eq!(winners.len(), stock);
    // Each of them has one claim, nobody else has any, and no two are the same.
    let own = side_by_side(0..people, async |member| {
        let member = format!("usr_{member}");
        let page = read(&maru, "/me/coupons", &member).await;
        let ids: Vec<Value> =
            page["items"].as_array().unwrap().iter().map(|claim| claim["id"].clone()).collect();
        assert_eq!(ids.len(), usize::from(winners.contains(&member)), "{member}");
        ids
    });
    let ids: HashSet<String> = own.await.into_iter().flatten().map(|id| id.to_string()).collect();
    assert_eq!(ids.len(), stock);
    // Also when some of them are nobody any more.
    for member in winners.iter().take(3) {
        leaves(&maru, member).await;
    }
    let night = maru.stack.run_scheduled("cron_reconcile_coupons").await.unwrap();
    assert_eq!(night.answer, json!({ "coupons": 1, "differing": 0 }));
    let key = maru_store::Key::new(format!("COUPON#{coupon}"), "COUNTED#2026-01-16");
    let counted: Value = table(&maru).get::<Counted>(&key, true).await.unwrap().unwrap().value();
    assert_eq!(counted, json!({ "issued": stock, "left": 0, "difference": 0 }));
}

#[derive(serde::Deserialize)]
struct Counted {
    issued: u32,
    left: u32,
    difference: u32,
}

impl Counted {
    fn value(&self) -> Value {
        json!({ "issued": self.issued, "left": self.left, "difference": self.difference })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_400_people_who_click_480_times_40_get_one_each() {
    crowd(400, 80, 40).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stock_in_four_shares_goes_to_the_last_piece() {
    crowd(300, 60, 230).await;
}
