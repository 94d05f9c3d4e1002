use std::time::Duration;

use maru_testing::Maru;
use serde_json::{Value, json};

use crate::create_resume_edit::{edit, post, queueing};
use crate::{OWNER, happens, table, token, with_resume};

/// Billing tells that the owner's plan changed: `{plan, until, revision}`.
pub async fn plan_changes(maru: &Maru, change: &Value) {
    let mut data = change.clone();
    data["userId"] = json!(OWNER);
    happens(maru, "on_plan_changed_for_resume", "billing.plan_changed", &data).await;
}

fn pro(revision: i64) -> Value {
    json!({ "plan": "PRO", "until": null, "revision": revision })
}

fn free(revision: i64) -> Value {
    json!({ "plan": "FREE", "until": null, "revision": revision })
}

/// The limit that the owner sees.
async fn limit(maru: &Maru) -> Value {
    maru.get("/credits", &token(maru, OWNER)).await.expect(200)["limit"].clone()
}

async fn kept(maru: &Maru) -> Vec<Value> {
    table::credit_items(maru, &format!("PLAN#{OWNER}")).await
}

#[tokio::test]
async fn uses_are_unlimited_on_pro_and_three_on_free_from_the_event_on() {
    let maru = queueing().await;
    for wish in ["하나", "둘", "셋"] {
        post(&maru, &edit(wish)).await.expect(202);
    }
    post(&maru, &edit("넷")).await.expect_problem(429, "credits_exhausted");
    plan_changes(&maru, &pro(1)).await;
    assert_eq!(limit(&maru).await, Value::Null);
    for wish in ["넷", "다섯"] {
        post(&maru, &edit(wish)).await.expect(202);
    }
    plan_changes(&maru, &free(2)).await;
    assert_eq!(limit(&maru).await, 3);
    post(&maru, &edit("여섯")).await.expect_problem(429, "credits_exhausted");
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test]
async fn the_latest_plan_stays_whatever_comes_first_and_however_often() {
    for order in [[pro(1), free(2), pro(3)], [pro(3), free(2), pro(1)], [free(2), pro(3), pro(1)]] {
        let maru = with_resume().await;
        for change in order.iter().chain(&order) {
            plan_changes(&maru, change).await;
        }
        assert_eq!((limit(&maru).await, &kept(&maru).await[0]["revision"]), (Value::Null, &json!(3)));
        plan_changes(&maru, &free(4)).await;
        plan_changes(&maru, &pro(3)).await;
        assert_eq!(limit(&maru).await, 3);
    }
}

#[tokio::test]
async fn a_plan_ends_at_its_time_though_nobody_tells_of_it() {
    let maru = with_resume().await;
    let until = maru.stack.clock().now() + Duration::from_secs(60);
    plan_changes(&maru, &json!({ "plan": "PRO", "until": until, "revision": 1 })).await;
    maru.stack.clock().advance(Duration::from_secs(59));
    assert_eq!(limit(&maru).await, Value::Null);
    maru.stack.clock().advance(Duration::from_secs(1));
    assert_eq!(limit(&maru).await, 3);
}

/// Nothing has to happen at midnight, and nothing that fails to happen takes anybody's uses away.
#[tokio::test]
async fn without_a_word_from_billing_there_are_three_uses_on_each_day() {
    let maru = queueing().await;
    for day in 0..4 {
        for use_of_day in 0..3 {
            post(&maru, &edit(&format!("{day}일째 {use_of_day}번째"))).await.expect(202);
        }
        post(&maru, &edit("하나 더")).await.expect_problem(429, "credits_exhausted");
        maru.stack.clock().advance(Duration::from_secs(24 * 60 * 60));
    }
}

#[tokio::test]
async fn a_plan_that_is_told_of_after_its_member_left_is_not_kept() {
    let maru = with_resume().await;
    plan_changes(&maru, &pro(1)).await;
    let left = json!({ "userId": OWNER, "deletedAt": "2026-01-15T15:10:00Z" });
    happens(&maru, "on_member_deleted_for_resume", "member.deleted", &left).await;
    plan_changes(&maru, &pro(2)).await;
    assert_eq!(kept(&maru).await, [] as [Value; 0]);
}
