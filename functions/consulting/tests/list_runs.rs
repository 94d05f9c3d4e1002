//! `GET /admin/consulting/runs`.

use std::time::Duration;

use maru_auth::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{expect_only_admins, expect_wrong_queries_refused, pages, without_workers};

const PATH: &str = "/admin/consulting/runs";

#[tokio::test]
async fn the_pages_give_all_45_runs_once_the_newest_first() {
    let maru = without_workers().frozen().start().await;
    let mut expected: Vec<Value> = Vec::new();
    for day in 1..=45 {
        let day = format!("2025-{:02}-{:02}", 1 + day / 28, 1 + day % 28);
        expected.insert(0, maru.post(PATH, &maru.admin(), &json!({ "day": day })).await.expect(202));
        // Newer runs have greater ids from the next millisecond on.
        maru.stack.clock().advance(Duration::from_millis(1));
    }
    for limit in [1, 9, 20, 44, 45, 100] {
        assert_eq!(pages(&maru, PATH, &maru.admin(), limit).await, expected, "limit {limit}");
    }

    let first = maru.get(PATH, &maru.admin()).await.expect(200);
    assert_eq!(first["items"].as_array().unwrap().len(), 20, "when the client does not say");
    let cursor = first["nextCursor"].as_str().unwrap();
    let others =
        [(PATH, maru.token("usr_other", Role::Admin)), ("/consulting/reports", maru.lecturer("usr_admin"))];
    for (path, token) in others {
        maru.get(&format!("{path}?cursor={cursor}"), &token).await.expect_problem(400, "invalid_cursor");
    }
}

#[tokio::test]
async fn refuses_whoever_is_no_admin_and_queries_that_it_does_not_understand() {
    let maru = without_workers().start().await;
    expect_only_admins(&maru, Method::GET, PATH).await;
    expect_wrong_queries_refused(&maru, PATH, &maru.admin()).await;
}
