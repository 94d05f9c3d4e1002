//! `member.deleted`, as identity takes it.

use std::sync::{Arc, Mutex};

use axum::Json;
use axum::extract::Request;
use axum::routing::{any, get};
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_testing::{Maru, Setup};
use serde_json::{Value, json};

use crate::create_image_upload::{PNG, ask, upload};
use crate::{delete_me, patch, signed_in, start, table, text};

/// The record of the erasure of a member, as JSON-like text; nothing if there is none.
async fn record(maru: &Maru) -> Vec<table::Item> {
    table::identity(maru, "ERASURE#").await
}

/// A member with something of everything; gives their token and id.
async fn somebody(maru: &Maru) -> (String, String) {
    let (_, tokens) = signed_in(maru, "github", "minseo-kim").await;
    let token = text(&tokens, "accessToken");
    let address = ask(maru, &token, "image/png", PNG.len()).await.expect(201);
    assert_eq!(upload(maru, &address, PNG).await, 200);
    let me = patch(maru, &token, &json!({ "imageId": address["imageId"] })).await.expect(200);
    (token, text(&me, "id"))
}

fn event(user: &str) -> Value {
    let envelope = json!({
        "id": format!("{user}-deleted"), "type": "member.deleted", "version": 1,
        "occurredAt": "2026-01-15T15:10:00Z", "data": { "userId": user, "deletedAt": "2026-01-15T15:10:00Z" },
    });
    json!({ "version": "0", "id": "1", "detail-type": "member.deleted", "source": "maru.member", "account": "1",
        "time": "2026-01-15T15:10:00Z", "region": "ap-northeast-2", "resources": [], "detail": envelope })
}

#[tokio::test]
async fn everything_that_is_left_is_erased_and_the_record_says_so() {
    let maru = start().await;
    let (token, user) = somebody(&maru).await;
    assert_eq!(delete_me(&maru, &token).await.status, 204);
    maru.settle().await;
    let left = table::identity(&maru, &format!("USER#{user}")).await;
    assert_eq!(left.iter().map(|item| table::string(item, "sk")).collect::<Vec<_>>(), ["MEMBER"]);
    let record = record(&maru).await;
    assert_eq!(table::string(&record[0], "pk"), format!("ERASURE#{user}"));
    let what = record[0]["what"].as_m().unwrap();
    let count = |name: &str| what[name].as_n().unwrap().as_str();
    assert_eq!((count("profile"), count("grants"), count("sessions")), ("1", "1", "1"));
    assert_eq!(count("answers"), "0");
    // The picture, and what was uploaded for it.
    assert_eq!(count("images"), "2");
}

/// A partner's API that knows somebody, and what it was asked beside that: method, path and authorization.
async fn partner(somebody: Value) -> (String, Arc<Mutex<Vec<String>>>) {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&asked);
    let other = any(move |request: Request| async move {
        let authorization = request.headers()["authorization"].to_str().unwrap().to_owned();
        heard.lock().unwrap().push(format!("{} {} {authorization}", request.method(), request.uri()));
        Json(json!({ "id": 1 }))
    });
    let known = get(move || async move { Json(somebody) });
    let emails = get(|| async { Json(json!([])) });
    let router = axum::Router::new().route("/user", known.clone()).route("/v2/user/me", known);
    let router = router.route("/user/emails", emails).fallback(other);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, asked)
}

#[tokio::test]
async fn what_the_providers_allowed_us_is_taken_back() {
    for (provider, account, parameter, expected) in [
        ("github", "minseo-kim", "GithubApiUrl", "DELETE /applications/"),
        ("kakao", "4100000001", "KakaoApiUrl", "POST /v1/user/unlink Bearer "),
    ] {
        let (url, asked) = partner(json!({ "id": 1, "login": "somebody" })).await;
        let maru = Setup::new(vec![identity::FUNCTIONS]).parameter(parameter, &url).start().await;
        let (_, tokens) = signed_in(&maru, provider, account).await;
        assert_eq!(delete_me(&maru, &text(&tokens, "accessToken")).await.status, 204);
        maru.settle().await;
        let asked = asked.lock().unwrap().clone();
        assert_eq!(asked.len(), 1, "{asked:?}");
        assert!(asked[0].starts_with(expected), "{asked:?}");
        assert_eq!(asked[0].contains("/grant Basic "), provider == "github", "{asked:?}");
    }
}

#[tokio::test]
async fn a_provider_that_does_not_answer_keeps_nothing_from_being_erased() {
    let (url, _) = partner(json!({ "id": 1, "login": "somebody" })).await;
    let maru = Setup::new(vec![identity::FUNCTIONS]).parameter("GithubApiUrl", &url).start().await;
    let (_, tokens) = signed_in(&maru, "github", "minseo-kim").await;
    // A seal that does not open stands for whatever goes wrong on the way there.
    let lost = Fault::new(FaultTarget::Keys, FaultKind::Error, 10).of_operation("Decrypt");
    maru.stack.parts().faults.push(lost);
    assert_eq!(delete_me(&maru, &text(&tokens, "accessToken")).await.status, 204);
    maru.settle().await;
    assert_eq!(record(&maru).await.len(), 1);
    let left = table::identity(&maru, "USER#").await;
    assert_eq!(left.len(), 1, "{left:?}");
}

#[tokio::test]
async fn coming_again_it_changes_nothing_of_the_record() {
    let maru = start().await;
    let (token, user) = somebody(&maru).await;
    assert_eq!(delete_me(&maru, &token).await.status, 204);
    maru.settle().await;
    let first = record(&maru).await;
    crate::advance(&maru, 60);
    maru.stack.invoke("on_member_deleted_for_identity", event(&user)).await.unwrap();
    assert_eq!(record(&maru).await, first);
}

#[tokio::test]
async fn of_somebody_unknown_there_is_nothing_to_erase() {
    let maru = start().await;
    maru.stack.invoke("on_member_deleted_for_identity", event("usr_unknown")).await.unwrap();
    assert_eq!(record(&maru).await.len(), 1);
}
