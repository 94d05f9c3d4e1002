//! The history: what is in it, in which order, and whose it is.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{BATCH, ENGLISH, OTHER, OWNER, SHOP, expect_only_members, saved, setup, token};

#[tokio::test(flavor = "multi_thread")]
async fn a_list_has_the_callers_own_the_newest_first_without_questions() {
    let maru = setup().start().await;
    let mut ids = Vec::new();
    for content in [SHOP, BATCH, ENGLISH] {
        ids.insert(0, saved(&maru, content).await["id"].clone());
    }
    let mine = token(&maru, OWNER);
    let page = maru.get("/interviews?limit=2", &mine).await.expect(200);
    let ids_of = |page: &Value| -> Vec<Value> {
        page["items"].as_array().unwrap().iter().map(|item| item["id"].clone()).collect()
    };
    assert_eq!(ids_of(&page), ids[..2]);
    let newest = &page["items"][0];
    let sections = json!([{ "category": "PROJECT", "error": null }]);
    assert_eq!(json!([newest["questionCount"], newest["sections"]]), json!([3, sections]), "{newest:#}");
    let cursor = page["nextCursor"].as_str().unwrap();
    let next = maru.get(&format!("/interviews?limit=2&cursor={cursor}"), &mine).await.expect(200);
    assert_eq!((ids_of(&next), &next["nextCursor"]), (ids[2..].to_vec(), &Value::Null));
    // Another member has none of them, and a cursor works for its caller only.
    let others = maru.get("/interviews", &token(&maru, OTHER)).await.expect(200);
    assert_eq!(others, json!({ "items": [], "nextCursor": null }));
    let others = maru.get(&format!("/interviews?cursor={cursor}"), &token(&maru, OTHER)).await;
    others.expect_problem(400, "invalid_cursor");
}

#[tokio::test]
async fn refuses_whoever_is_not_signed_in() {
    expect_only_members(&setup().start().await, Method::GET, "/interviews").await;
}
