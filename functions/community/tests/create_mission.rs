//! `POST /admin/missions`.

use maru_testing::Answer;
use reqwest::Method;
use serde_json::json;

use crate::hunters::{content, expect_admins_only, hunt, mission};
use crate::people::read;

#[tokio::test(flavor = "multi_thread")]
async fn a_mission_is_made_once_for_an_idempotency_key_and_listed() {
    let maru = hunt(&[]).await;
    let once = async || {
        let request =
            maru.request(Method::POST, "/admin/missions", &maru.admin()).header("idempotency-key", "k");
        Answer::read(request.json(&content("우산", "RAIN", 50)).send().await.unwrap()).await.expect(201)
    };
    let made = once().await;
    assert!(made["id"].as_str().unwrap().starts_with("mis_"), "{made:#}");
    assert_eq!(once().await, made);
    assert_eq!(read(&maru, "/missions", "").await["items"], json!([made]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_breaks_a_rule_is_refused_and_nothing_is_made() {
    let maru = hunt(&[]).await;
    for (field, value) in [
        ("name", json!("")),
        ("name", json!("가".repeat(41))),
        ("description", json!("가".repeat(301))),
        ("question", json!(" ")),
        ("kind", json!("WINDY")),
        ("points", json!(0)),
        ("points", json!(101)),
        ("points", json!(-1)),
        ("extra", json!(1)),
    ] {
        let mut body = content("우산", "RAIN", 50);
        body[field] = value;
        let answer = maru.post("/admin/missions", &maru.admin(), &body).await;
        assert_eq!(answer.status, 400, "{field}: {answer:#?}");
    }
    assert_eq!(read(&maru, "/missions", "").await["items"], json!([]));
    mission(&maru, &"가".repeat(40), "ANY", 100).await;
}

#[tokio::test]
async fn refuses_whoever_is_no_admin() {
    expect_admins_only(&hunt(&[]).await, Method::POST, "/admin/missions").await;
}
