use reqwest::Method;
use serde_json::json;

use crate::{OTHER, OWNER, document, expect_only_members, setup, table, token};

#[tokio::test]
async fn a_list_has_the_callers_own_the_newest_first_without_documents() {
    let maru = setup().start().await;
    for (owner, id) in [(OWNER, "res_1"), (OWNER, "res_2"), (OTHER, "res_3"), (OWNER, "res_4")] {
        table::put_resume(&maru, owner, id, &document()).await;
    }
    let token = token(&maru, OWNER);
    let page = maru.get("/resumes?limit=2", &token).await.expect(200);
    let ids = |page: &serde_json::Value| {
        json!(page["items"].as_array().unwrap().iter().map(|item| item["id"].clone()).collect::<Vec<_>>())
    };
    assert_eq!(ids(&page), json!(["res_4", "res_2"]));
    assert!(page["items"][0].get("document").is_none());
    let cursor = page["nextCursor"].as_str().unwrap();
    let next = maru.get(&format!("/resumes?limit=2&cursor={cursor}"), &token).await.expect(200);
    assert_eq!((ids(&next), &next["nextCursor"]), (json!(["res_1"]), &json!(null)));
    // A cursor works for its caller only.
    let others = maru.get(&format!("/resumes?cursor={cursor}"), &crate::token(&maru, OTHER)).await;
    others.expect_problem(400, "invalid_cursor");
}

#[tokio::test]
async fn refuses_whoever_is_not_signed_in() {
    expect_only_members(&setup().start().await, Method::GET, "/resumes").await;
}
