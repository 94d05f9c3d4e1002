//! `DELETE /admin/missions/{missionId}`.

use maru_testing::Answer;
use reqwest::Method;
use serde_json::json;

use crate::hunters::{OTHER, OWNER, draw, expect_admins_only, hunt, mission, photo, points, shown};

#[tokio::test(flavor = "multi_thread")]
async fn nobody_draws_a_deleted_mission_and_who_drew_it_before_still_gets_its_points() {
    let maru = hunt(&[]).await;
    let made = mission(&maru, "산책", "ANY", 40).await;
    let drawn = draw(&maru, OWNER, "MORNING").await.expect(201);
    let path = format!("/admin/missions/{}", made["id"].as_str().unwrap());
    let delete =
        async || Answer::read(maru.request(Method::DELETE, &path, &maru.admin()).send().await.unwrap()).await;
    assert_eq!(delete().await.status, 204);
    delete().await.expect_problem(404, "not_found");
    draw(&maru, OTHER, "MORNING").await.expect_problem(409, "no_mission_left");
    let job = shown(&maru, OWNER, drawn["id"].as_str().unwrap(), &photo(1)).await;
    assert_eq!(job["result"]["points"], 40, "{job:#}");
    assert_eq!(points(&maru, OWNER).await, json!([40, 1, 40]));
}

#[tokio::test]
async fn refuses_whoever_is_no_admin() {
    expect_admins_only(&hunt(&[]).await, Method::DELETE, "/admin/missions/mis_1").await;
}
