//! `GET /consulting/reports`.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use crate::create_report::{published, report};
use crate::{expect_only_lecturers, expect_wrong_queries_refused, pages, without_workers};

const PATH: &str = "/consulting/reports";

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_give_all_45_reports_once_the_newest_first() {
    let maru = published().await;
    let mut expected = Vec::new();
    for _ in 0..45 {
        expected.insert(0, report(&maru, "lecturer-b").await["id"].clone());
        maru.stack.clock().advance(Duration::from_secs(24 * 60 * 60));
    }
    let token = maru.lecturer("lecturer-b");
    for limit in [1, 9, 20, 44, 45, 100] {
        let items = pages(&maru, PATH, &token, limit).await;
        assert_eq!(
            items.iter().map(|item| item["id"].clone()).collect::<Vec<_>>(),
            expected,
            "limit {limit}"
        );
    }
    let first = maru.get(PATH, &token).await.expect(200);
    assert_eq!(first["items"].as_array().unwrap().len(), 20, "when the client does not say");
    assert_eq!(maru.get(PATH, &maru.lecturer("lecturer-a")).await.expect(200)["items"], json!([]));

    // A cursor is good only for whom and what it was given.
    let cursor = first["nextCursor"].as_str().unwrap();
    let others = [(PATH, maru.lecturer("lecturer-a")), ("/admin/consulting/runs", maru.admin())];
    for (path, token) in others {
        maru.get(&format!("{path}?cursor={cursor}"), &token).await.expect_problem(400, "invalid_cursor");
    }
}

#[tokio::test]
async fn a_list_has_the_reports_without_their_sections() {
    let maru = published().await;
    let report = report(&maru, "lecturer-a").await;
    let list = maru.get(PATH, &maru.lecturer("lecturer-a")).await.expect(200);
    assert_eq!(list["nextCursor"], json!(null));
    let fields =
        ["createdAt", "day", "droppedClaims", "id", "language", "notice", "offline", "questions", "reviews"];
    let item = list["items"][0].as_object().unwrap();
    let mut names: Vec<&String> = item.keys().collect();
    names.sort();
    assert_eq!(names, fields);
    for field in fields {
        assert_eq!(item[field], report[field], "{field}");
    }
}

#[tokio::test]
async fn refuses_whoever_is_no_lecturer_and_queries_that_it_does_not_understand() {
    let maru = without_workers().start().await;
    expect_only_lecturers(&maru, Method::GET, PATH).await;
    expect_wrong_queries_refused(&maru, PATH, &maru.lecturer("lecturer-a")).await;
}
