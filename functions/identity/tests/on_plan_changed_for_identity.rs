//! `billing.plan_changed`, as identity takes it.

use std::time::Duration;

use maru_auth::Role;
use maru_testing::Maru;
use serde_json::{Value, json};

use crate::{delete_me, member, patch, start, table, text};

/// Billing tells that a member's plan changed: `{plan, until, revision}`.
async fn plan_changes(maru: &Maru, user: &str, change: &Value) {
    let mut data = change.clone();
    data["userId"] = json!(user);
    let envelope = json!({
        "id": format!("{user}-plan-{}", change["revision"]), "type": "billing.plan_changed", "version": 1,
        "occurredAt": "2026-01-15T15:10:00Z", "data": data,
    });
    let event =
        json!({ "detail-type": "billing.plan_changed", "source": "maru.billing", "detail": envelope });
    if let Err(error) = maru.stack.invoke("on_plan_changed_for_identity", event).await {
        panic!("{error:?}");
    }
}

fn change(plan: &str, revision: i64) -> Value {
    json!({ "plan": plan, "until": null, "revision": revision })
}

/// The plan that somebody sees.
async fn plan(maru: &Maru, token: &str) -> String {
    text(&maru.get("/me", token).await.expect(200), "plan")
}

/// Somebody who has just signed up: the token, and the id.
async fn somebody(maru: &Maru) -> (String, String) {
    let token = member(maru, "maru_1", "마루").await;
    let user = text(&maru.get("/me", &token).await.expect(200), "id");
    (token, user)
}

#[tokio::test]
async fn its_owner_sees_the_plan_from_the_event_on() {
    let maru = start().await;
    let (token, user) = somebody(&maru).await;
    plan_changes(&maru, &user, &change("PRO", 1)).await;
    let seen = maru.get("/me", &token).await;
    assert_eq!(seen.headers["etag"], "\"1\"", "the plan is not the member's to change");
    assert_eq!(seen.expect(200)["plan"], "PRO");
    assert_eq!(patch(&maru, &token, &json!({ "name": "홍길동" })).await.expect(200)["plan"], "PRO");
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test]
async fn the_latest_plan_stays_whatever_comes_first_and_however_often() {
    for order in [[1, 2, 3], [3, 2, 1], [2, 3, 1]] {
        let maru = start().await;
        let (token, user) = somebody(&maru).await;
        for revision in order.into_iter().chain(order) {
            let name = if revision == 2 { "FREE" } else { "PRO" };
            plan_changes(&maru, &user, &change(name, revision)).await;
        }
        assert_eq!(plan(&maru, &token).await, "PRO", "{order:?}");
        plan_changes(&maru, &user, &change("FREE", 4)).await;
        plan_changes(&maru, &user, &change("PRO", 3)).await;
        assert_eq!(plan(&maru, &token).await, "FREE", "{order:?}");
    }
}

#[tokio::test]
async fn a_plan_ends_at_its_time_though_nobody_tells_of_it() {
    let maru = start().await;
    let (token, user) = somebody(&maru).await;
    let until = maru.stack.clock().now() + Duration::from_secs(60);
    plan_changes(&maru, &user, &json!({ "plan": "PRO", "until": until, "revision": 1 })).await;
    crate::advance(&maru, 59);
    assert_eq!(plan(&maru, &token).await, "PRO");
    crate::advance(&maru, 1);
    assert_eq!(plan(&maru, &token).await, "FREE");
}

/// A token can be somebody else's signature; such a member pays like any other.
#[tokio::test]
async fn a_plan_waits_for_somebody_who_never_looked_at_their_account() {
    let maru = start().await;
    plan_changes(&maru, "usr_lecturer", &change("PRO", 1)).await;
    assert_eq!(plan(&maru, &maru.token("usr_lecturer", Role::Lecturer)).await, "PRO");
}

#[tokio::test]
async fn nothing_of_it_is_left_when_the_account_is_closed_nor_comes_back() {
    let maru = start().await;
    let (token, user) = somebody(&maru).await;
    plan_changes(&maru, &user, &change("PRO", 1)).await;
    assert_eq!(delete_me(&maru, &token).await.status, 204);
    // Between the closing and the erasure, and after it.
    plan_changes(&maru, &user, &change("FREE", 2)).await;
    maru.settle().await;
    plan_changes(&maru, &user, &change("PRO", 3)).await;
    let left = table::identity(&maru, &format!("USER#{user}")).await;
    assert_eq!(left.iter().map(|item| table::string(item, "sk")).collect::<Vec<_>>(), ["MEMBER"]);
    let record = table::identity(&maru, "ERASURE#").await;
    assert_eq!(record[0]["what"].as_m().unwrap()["plan"].as_n().unwrap(), "1");
}
