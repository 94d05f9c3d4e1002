//! `POST /posts`.

use maru_stack::crash::{CrashPlan, Moment};
use maru_testing::Answer;
use reqwest::Method;
use serde_json::json;

use crate::people::{expect_members_only, id, ids, is_called, leaves, post_at, read, send, token, town};

#[tokio::test(flavor = "multi_thread")]
async fn a_post_is_there_at_once_as_its_author_wrote_it() {
    let maru = town().await;
    is_called(&maru, "usr_a", 1, "한결").await;
    let body =
        json!({ "title": " 눈 ", "body": "여기\n눈 와요 ", "place": { "lat": 37.5665, "lon": 126.978 } });
    let post = send(&maru, Method::POST, "/posts", "usr_a", &body).await.expect(201);
    assert!(id(&post).starts_with("pst_"));
    let expected = json!({
        "id": post["id"], "title": "눈", "body": "여기\n눈 와요", "place": { "lat": 37.5665, "lon": 126.978 },
        "author": { "nickname": "한결" }, "mine": true, "up": 0, "down": 0, "vote": "none",
        "createdAt": "2026-01-15T15:10:00Z", "editedAt": null,
    });
    assert_eq!(post, expected);
    let near = read(&maru, "/posts?lat=37.5665&lon=126.978&radius=0", "usr_a").await;
    assert_eq!(near, json!({ "items": [expected], "nextCursor": null }));
    let other = read(&maru, &format!("/posts/{}", id(&post)), "").await;
    assert_eq!(other["mine"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_post_or_at_no_place_is_refused_and_nothing_is_written() {
    let maru = town().await;
    let seoul = json!({ "lat": 37.5665, "lon": 126.978 });
    for (title, body, place) in [
        ("", "여기 눈 와요", seoul.clone()),
        (" \u{200b} ", "여기 눈 와요", seoul.clone()),
        ("두\n줄", "여기 눈 와요", seoul.clone()),
        (&*"가".repeat(21), "여기 눈 와요", seoul.clone()),
        ("눈", "  ", seoul.clone()),
        ("눈", &*"가".repeat(151), seoul.clone()),
        ("눈", "여기 눈 와요", json!({ "lat": 90.1, "lon": 0 })),
        ("눈", "여기 눈 와요", json!({ "lat": 0, "lon": -180.1 })),
        ("눈", "여기 눈 와요", json!({ "lat": 0 })),
        ("눈", "여기 눈 와요", json!({ "lat": 0, "lon": 0, "height": 3 })),
        ("눈", "여기 눈 와요", json!(null)),
    ] {
        let post = json!({ "title": title, "body": body, "place": place });
        send(&maru, Method::POST, "/posts", "usr_a", &post).await.expect_problem(400, "invalid_body");
    }
    let more = json!({ "title": "눈", "body": "여기", "place": seoul, "authorId": "usr_b" });
    send(&maru, Method::POST, "/posts", "usr_a", &more).await.expect_problem(400, "invalid_body");
    assert_eq!(ids(&read(&maru, "/posts?lat=37.5665&lon=126.978", "").await), [""; 0]);
}

/// At any of its calls the function dies; the client sends the request again under its key.
#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_is_sent_again_under_its_key_is_one() {
    let maru = town().await;
    let body = json!({ "title": "눈", "body": "여기", "place": { "lat": 10, "lon": 20 } });
    let send = async |key: &str| {
        let request = maru.request(Method::POST, "/posts", &token(&maru, "usr_a")).json(&body);
        Answer::read(request.header("idempotency-key", key).send().await.unwrap()).await
    };
    let mut written = 0;
    for moment in [Moment::Before, Moment::After] {
        for at_call in 1.. {
            let (crashes, function) = (&maru.stack.parts().crashes, "create_post".to_owned());
            crashes.arm(CrashPlan { function, at_call, operation: None, moment });
            let key = format!("{moment:?}{at_call}");
            let first = send(&key).await;
            let hit = crashes.hit();
            crashes.disarm();
            assert_eq!(first.status == 201, !hit, "{first:#?}");
            // A key whose holder died is free after its lease.
            maru.stack.clock().advance(std::time::Duration::from_secs(61));
            let before = maru.stack.clock().now();
            let again = send(&key).await.expect(201);
            written += 1;
            // Its time is the one that it is sorted by: also of one that was written only the second time.
            let created: jiff::Timestamp = again["createdAt"].as_str().unwrap().parse().unwrap();
            assert_eq!(maru_lambda::made_at(&id(&again)), Some(created));
            let begun = created < before;
            assert!(begun || at_call == 1, "{moment:?} call {at_call}");
            let near = ids(&read(&maru, "/posts?lat=10&lon=20&limit=100", "").await);
            assert_eq!(
                (near.len(), near.contains(&id(&again))),
                (written, true),
                "{moment:?} call {at_call}"
            );
            if !hit {
                break;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_has_no_account_or_closed_it() {
    let maru = town().await;
    expect_members_only(&maru, Method::POST, "/posts").await;
    post_at(&maru, "usr_a", (1.0, 2.0)).await;
    leaves(&maru, "usr_a").await;
    let body = json!({ "title": "눈", "body": "여기", "place": { "lat": 1, "lon": 2 } });
    send(&maru, Method::POST, "/posts", "usr_a", &body).await.expect_problem(401, "unauthenticated");
    assert_eq!(ids(&read(&maru, "/posts?lat=1&lon=2", "").await), [""; 0]);
}
