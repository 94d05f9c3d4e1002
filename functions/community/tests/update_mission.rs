//! `PATCH /admin/missions/{missionId}`.

use maru_testing::Answer;
use reqwest::Method;
use serde_json::json;

use crate::hunters::{OWNER, draw, expect_admins_only, hunt, mine, mission};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_given_changes_and_what_was_drawn_stays_as_it_was() {
    let maru = hunt(&[]).await;
    let made = mission(&maru, "산책", "ANY", 40).await;
    let drawn = draw(&maru, OWNER, "MORNING").await.expect(201);
    let path = format!("/admin/missions/{}", made["id"].as_str().unwrap());
    let patch = async |path: &str, body| {
        let request = maru.request(Method::PATCH, path, &maru.admin()).json(&body);
        Answer::read(request.send().await.unwrap()).await
    };
    let changed = patch(&path, json!({ "points": 10, "kind": "SUNNY" })).await.expect(200);
    assert_eq!(json!([changed["name"], changed["points"], changed["kind"]]), json!(["산책", 10, "SUNNY"]));
    assert_eq!(mine(&maru, OWNER).await["items"], json!([drawn]));
    assert_eq!(patch(&path, json!({ "points": 101 })).await.status, 400);
    patch("/admin/missions/mis_none", json!({ "points": 10 })).await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn refuses_whoever_is_no_admin() {
    expect_admins_only(&hunt(&[]).await, Method::PATCH, "/admin/missions/mis_1").await;
}
