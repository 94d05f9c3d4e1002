//! `GET /missions`.

use serde_json::Value;

use crate::hunters::hunt;
use crate::people::{expect_no_bad_token, pages, read};

#[tokio::test(flavor = "multi_thread")]
async fn missions_are_listed_once_each_the_newest_first() {
    let names: Vec<String> = (0..5).map(|number| format!("미션 {number}")).collect();
    let all: Vec<(&str, &str, u32)> = names.iter().map(|name| (name.as_str(), "ANY", 10)).collect();
    let maru = hunt(&all).await;
    let page = read(&maru, "/missions", "").await;
    let listed: Vec<&Value> = page["items"].as_array().unwrap().iter().collect();
    assert_eq!(listed.len(), 5);
    let mut ids: Vec<String> = listed.iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(pages(&maru, "/missions", "", 2).await, ids);
    ids.sort_unstable();
    ids.reverse();
    assert_eq!(pages(&maru, "/missions", "usr_a", 100).await, ids);
    let cursor = read(&maru, "/missions?limit=2", "").await["nextCursor"].as_str().unwrap().to_owned();
    maru.get(&format!("/missions?cursor={cursor}"), &maru.admin())
        .await
        .expect_problem(400, "invalid_cursor");
}

#[tokio::test]
async fn refuses_whoever_has_a_bad_token() {
    expect_no_bad_token(&hunt(&[]).await, "/missions").await;
}
