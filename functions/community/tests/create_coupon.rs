//! `POST /admin/coupons`.

use maru_testing::Answer;
use reqwest::Method;
use serde_json::{Value, json};

use crate::people::{coupon, expect_members_only, id, ids, issue, read, send, town};

#[tokio::test(flavor = "multi_thread")]
async fn a_coupon_is_made_as_an_admin_says_it() {
    let maru = town().await;
    let mut body = coupon(1_000);
    body["condition"] = json!("MISSION_TODAY");
    body["name"] = json!(" 자유이용권 ");
    let made = maru.post("/admin/coupons", &maru.admin(), &body).await.expect(201);
    assert!(id(&made).starts_with("cpn_"));
    let expected = json!({
        "id": made["id"], "name": "자유이용권", "discount": { "kind": "PERCENTAGE", "value": 50 }, "stock": 1_000,
        "left": "some", "state": "open", "opensAt": "2026-01-15T15:00:00Z", "closesAt": "2026-01-15T16:00:00Z",
        "condition": "MISSION_TODAY", "claimed": false,
    });
    assert_eq!(made, expected);
    assert_eq!(read(&maru, "/coupons", "").await["items"], json!([expected]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_coupon_is_refused_and_nothing_is_made() {
    let maru = town().await;
    let with = |change: &dyn Fn(&mut Value)| {
        let mut body = coupon(10);
        change(&mut body);
        body
    };
    let wrong = [
        with(&|body| body["name"] = json!("  ")),
        with(&|body| body["name"] = json!("가".repeat(51))),
        with(&|body| body["stock"] = json!(0)),
        with(&|body| body["stock"] = json!(1_000_001)),
        with(&|body| body["stock"] = json!(-5)),
        with(&|body| body["stock"] = json!(1.5)),
        with(&|body| body["discount"]["value"] = json!(0)),
        with(&|body| body["discount"]["value"] = json!(101)),
        with(&|body| body["discount"] = json!({ "kind": "FIXED", "value": 1_000_001 })),
        with(&|body| body["discount"]["kind"] = json!("HALF")),
        with(&|body| body["closesAt"] = body["opensAt"].clone()),
        with(&|body| body["opensAt"] = json!("2026-01-15T16:00:01Z")),
        with(&|body| body["opensAt"] = json!("tomorrow")),
        with(&|body| {
            (body["opensAt"], body["closesAt"]) =
                (json!("2026-01-15T14:00:00Z"), json!("2026-01-15T15:10:00Z"))
        }),
        with(&|body| body["condition"] = json!("BE_NICE")),
        with(&|body| body["left"] = json!(5)),
    ];
    for body in wrong {
        maru.post("/admin/coupons", &maru.admin(), &body).await.expect_problem(400, "invalid_body");
    }
    assert_eq!(ids(&read(&maru, "/coupons", "").await), [""; 0]);
    for kind in ["PERCENTAGE", "FIXED"] {
        issue(&maru, &with(&|body| body["discount"] = json!({ "kind": kind, "value": 100 }))).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coupon_that_is_asked_for_twice_under_one_key_is_one() {
    let maru = town().await;
    let send = async || {
        let request = maru.request(Method::POST, "/admin/coupons", &maru.admin()).json(&coupon(7));
        Answer::read(request.header("idempotency-key", "k1").send().await.unwrap()).await.expect(201)
    };
    assert_eq!(send().await, send().await);
    assert_eq!(ids(&read(&maru, "/coupons", "").await).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_is_no_admin() {
    let maru = town().await;
    expect_members_only(&maru, Method::POST, "/admin/coupons").await;
    send(&maru, Method::POST, "/admin/coupons", "usr_a", &coupon(7)).await.expect_problem(403, "forbidden");
    maru.post("/admin/coupons", &maru.lecturer("lec_1"), &coupon(7)).await.expect_problem(403, "forbidden");
}
