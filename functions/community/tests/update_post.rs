//! `PATCH /posts/{postId}`.

use reqwest::Method;
use serde_json::json;

use crate::people::{expect_members_only, id, leaves, post_at, read, send, town, vote};

#[tokio::test(flavor = "multi_thread")]
async fn an_author_changes_what_a_post_says_and_nothing_else() {
    let maru = town().await;
    let mut post = post_at(&maru, "usr_a", (37.5, 127.0)).await;
    let path = format!("/posts/{}", id(&post));
    vote(&maru, "usr_b", &id(&post), "up").await.expect(200);
    post["up"] = json!(1);
    assert_eq!(send(&maru, Method::PATCH, &path, "usr_a", &json!({})).await.expect(200), post);
    maru.stack.clock().advance(std::time::Duration::from_secs(60));
    let changed =
        send(&maru, Method::PATCH, &path, "usr_a", &json!({ "body": " 그쳤어요 " })).await.expect(200);
    (post["body"], post["editedAt"]) = (json!("그쳤어요"), json!("2026-01-15T15:11:00Z"));
    assert_eq!(changed, post);
    let changed = send(&maru, Method::PATCH, &path, "usr_a", &json!({ "title": "그침" })).await.expect(200);
    post["title"] = json!("그침");
    assert_eq!(changed, post);
    assert_eq!(read(&maru, "/posts?lat=37.5&lon=127", "usr_a").await["items"][0], post);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_text_or_another_field_is_refused() {
    let maru = town().await;
    let path = format!("/posts/{}", id(&post_at(&maru, "usr_a", (37.5, 127.0)).await));
    for body in [
        json!({ "title": "" }),
        json!({ "title": "가".repeat(21) }),
        json!({ "body": "가".repeat(151) }),
        json!({ "place": { "lat": 1, "lon": 2 } }),
        json!({ "up": 100 }),
    ] {
        send(&maru, Method::PATCH, &path, "usr_a", &body).await.expect_problem(400, "invalid_body");
    }
    assert_eq!(read(&maru, &path, "").await["title"], "눈");
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_did_not_write_it() {
    let maru = town().await;
    let path = format!("/posts/{}", id(&post_at(&maru, "usr_a", (37.5, 127.0)).await));
    expect_members_only(&maru, Method::PATCH, &path).await;
    for body in [json!({ "title": "내 것" }), json!({})] {
        send(&maru, Method::PATCH, &path, "usr_b", &body).await.expect_problem(404, "not_found");
    }
    send(&maru, Method::PATCH, "/posts/pst_1", "usr_a", &json!({ "title": "x" }))
        .await
        .expect_problem(404, "not_found");
    leaves(&maru, "usr_a").await;
    send(&maru, Method::PATCH, &path, "usr_a", &json!({ "title": "x" }))
        .await
        .expect_problem(404, "not_found");
}
