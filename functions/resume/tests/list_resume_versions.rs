use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    OWNER, ask, ask_if, document, expect_not_found_by_another, expect_only_members, patch, token, with_resume,
};

const PATH: &str = "/resumes/res_1/versions";

#[tokio::test]
async fn versions_come_the_newest_first_with_their_causes() {
    let maru = with_resume().await;
    patch(&maru, &json!({ "template": "star" })).await;
    patch(&maru, &json!({ "title": "제목만" })).await;
    ask(&maru, OWNER, Method::POST, "/resumes/res_1/versions/1/restore", &Value::Null).await.expect(200);
    let page = maru.get(PATH, &token(&maru, OWNER)).await.expect(200);
    let told: Vec<Value> =
        page["items"].as_array().unwrap().iter().map(|it| json!([it["version"], it["cause"]])).collect();
    assert_eq!(
        json!(told),
        json!([
            [3, { "kind": "restored", "version": 1 }],
            [2, { "kind": "written" }],
            [1, { "kind": "generated", "jobId": "job_1" }],
        ])
    );
}

#[tokio::test]
async fn the_newest_fifty_are_kept() {
    let maru = with_resume().await;
    for number in 2..=53 {
        let mut changed = document();
        changed["basics"]["label"] = json!(format!("{number}번"));
        let body = json!({ "document": changed });
        ask_if(&maru, OWNER, Method::PUT, "/resumes/res_1", &body, Some("*")).await.expect(200);
    }
    let page = maru.get(&format!("{PATH}?limit=100"), &token(&maru, OWNER)).await.expect(200);
    let numbers: Vec<u64> =
        page["items"].as_array().unwrap().iter().map(|it| it["version"].as_u64().unwrap()).collect();
    assert_eq!(numbers, (4..=53).rev().collect::<Vec<_>>());
    for (number, status) in [(3, 404), (4, 200)] {
        let path = format!("{PATH}/{number}/restore");
        assert_eq!(ask(&maru, OWNER, Method::POST, &path, &Value::Null).await.status, status);
    }
}

#[tokio::test]
async fn refuses_whoever_is_not_the_owner() {
    let maru = with_resume().await;
    expect_only_members(&maru, Method::GET, PATH).await;
    expect_not_found_by_another(&maru, Method::GET, PATH, &Value::Null).await;
}
