//! `GET /admin/consulting/runs/{runId}`.

use reqwest::Method;
use serde_json::json;

use crate::night::setup;
use crate::{expect_only_admins, without_workers};

#[tokio::test]
async fn an_admin_sees_what_the_run_found() {
    let maru = setup().frozen().start().await;
    let run = maru.night().await;
    let path = format!("/admin/consulting/runs/{}", run["id"].as_str().unwrap());
    let run = maru.get(&path, &maru.admin()).await.expect(200);
    assert_eq!(
        json!([run["state"], run["requestedBy"], run["error"]]),
        json!(["published", "schedule", null])
    );
    let rows = ["lectures", "enrollments", "progress", "questions", "reviews"];
    let rows = rows.map(|name| json!([run["datasets"][name]["rows"], run["datasets"][name]["broken"]]));
    assert_eq!(json!(rows), json!([[3, 0], [12, 0], [8, 0], [6, 0], [12, 0]]));
    assert_eq!(run["shards"]["done"], run["shards"]["total"]);
    assert_eq!(run["digest"].as_str().map(str::len), Some(64));
}

#[tokio::test]
async fn refuses_whoever_is_no_admin_and_what_is_no_run() {
    let maru = without_workers().start().await;
    expect_only_admins(&maru, Method::GET, "/admin/consulting/runs/run_1").await;
    for id in ["run_unknown", "%20", &"x".repeat(101)] {
        maru.get(&format!("/admin/consulting/runs/{id}"), &maru.admin())
            .await
            .expect_problem(404, "not_found");
    }
    maru.get("/admin/consulting/runs/run_1?full=1", &maru.admin()).await.expect_problem(400, "invalid_query");
}
