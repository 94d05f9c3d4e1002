//! `POST /missions/assignments/{assignmentId}/photo`.

use std::time::Duration;

use maru_store::{Key, text};
use reqwest::Method;
use serde_json::json;

use crate::hunters::{OTHER, OWNER, announce, drawn, hunt, photo, put, shown};
use crate::people::{expect_members_only, send, table};

#[tokio::test(flavor = "multi_thread")]
async fn an_address_takes_only_what_was_announced() {
    let maru = hunt(&[("산책", "ANY", 40)]).await;
    let assignment = drawn(&maru, OWNER, "MORNING").await;
    let file = photo(1);
    let address = announce(&maru, OWNER, &assignment, file.len()).await.expect(201);
    assert_eq!(json!([address["method"], address["expiresAt"]]), json!(["PUT", "2026-01-16T10:05:00Z"]));
    assert_eq!(put(&maru, &address, &[&file[..], b"more"].concat()).await, 403);
    let mut as_page = address.clone();
    as_page["headers"]["content-type"] = json!("text/html");
    assert_eq!(put(&maru, &as_page, &file).await, 403);
    assert_eq!(put(&maru, &address, &file).await, 200);
    let path = format!("/missions/assignments/{assignment}/photo");
    for body in [
        json!({ "contentType": "image/png", "bytes": 5 * 1024 * 1024 + 1 }),
        json!({ "contentType": "image/png", "bytes": 20_000_000 }),
        json!({ "contentType": "image/png", "bytes": 0 }),
        json!({ "contentType": "image/gif", "bytes": 9 }),
        json!({ "contentType": "image/svg+xml", "bytes": 9 }),
        json!({ "bytes": 9 }),
    ] {
        assert_eq!(send(&maru, Method::POST, &path, OWNER, &body).await.status, 400, "{body}");
    }
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_members_assignment_is_not_found_and_a_verified_one_or_yesterdays_takes_no_photo() {
    let maru = hunt(&[("산책", "ANY", 40), ("계단", "ANY", 20)]).await;
    let done = drawn(&maru, OWNER, "MORNING").await;
    let open = drawn(&maru, OWNER, "EVENING").await;
    announce(&maru, OTHER, &open, 100).await.expect_problem(404, "not_found");
    announce(&maru, OWNER, "asg_none", 100).await.expect_problem(404, "not_found");
    shown(&maru, OWNER, &done, &photo(1)).await;
    announce(&maru, OWNER, &done, 100).await.expect_problem(409, "already_verified");
    maru.stack.clock().advance(Duration::from_secs(5 * 60 * 60));
    announce(&maru, OWNER, &open, 100).await.expect_problem(409, "assignment_over");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_has_thirty_photos() {
    let maru = hunt(&[("산책", "ANY", 40)]).await;
    let assignment = drawn(&maru, OWNER, "MORNING").await;
    for _ in 0..30 {
        announce(&maru, OWNER, &assignment, 100).await.expect(201);
    }
    assert_eq!(announce(&maru, OWNER, &assignment, 100).await.status, 429);
}

/// The account is closed between reading the assignment and noting the photo: the transaction says so.
#[tokio::test(flavor = "multi_thread")]
async fn a_closed_account_is_given_no_address() {
    let maru = hunt(&[("산책", "ANY", 40)]).await;
    let assignment = drawn(&maru, OWNER, "MORNING").await;
    let table = table(&maru);
    let update = table.update(&Key::new(format!("MEMBER#{OWNER}"), "MEMBER"));
    let update = update.update_expression("SET memberId = :id, closedAt = :at");
    let update = update.expression_attribute_values(":id", text(OWNER));
    table.update_if(update.expression_attribute_values(":at", text("2026-01-16T10:00:00Z"))).await.unwrap();
    announce(&maru, OWNER, &assignment, 100).await.expect_problem(401, "unauthenticated");
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test]
async fn refuses_whoever_has_no_account() {
    expect_members_only(&hunt(&[]).await, Method::POST, "/missions/assignments/asg_1/photo").await;
}
