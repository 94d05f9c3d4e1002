//! Dealing out the shards: an export without anything in it, and one that is not known.

use maru_testing::Export;
use serde_json::json;

use crate::night::setup;

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_export_is_published_as_empty() {
    let maru = setup().export(Export::default()).start().await;
    let run = maru.night().await;
    assert_eq!((&run["state"], &run["shards"]["total"]), (&json!("published"), &json!(0)), "{run:#}");
    let dashboard = maru.get("/consulting/dashboard", &maru.lecturer("lecturer-a")).await.expect(200);
    assert_eq!(dashboard["lectures"], json!([]));
    assert_eq!(dashboard["monthlyRevenue"]["total"], 0);
}
