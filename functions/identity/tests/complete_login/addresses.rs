//! The addresses that GitHub tells of somebody, or why it does not.

use std::sync::{Arc, Mutex};

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maru_testing::{Maru, Setup};
use serde_json::json;

use crate::text;
use maru_testing::browser::{Browser, location, parameter};

/// Status, headers and message.
type Said = (u16, &'static [(&'static str, &'static str)], &'static str);

fn response((status, headers, message): Said) -> Response {
    let mut response =
        (StatusCode::from_u16(status).unwrap(), Json(json!({ "message": message }))).into_response();
    for &(name, value) in headers {
        response.headers_mut().insert(name, value.parse().unwrap());
    }
    response
}

/// A stack whose GitHub knows somebody, and says of their addresses what the test lets it say.
async fn start() -> (Maru, Arc<Mutex<Said>>) {
    let said: Arc<Mutex<Said>> = Arc::new(Mutex::new((200, &[], "")));
    let now = Arc::clone(&said);
    let user = get(|| async { Json(json!({ "id": 1, "login": "somebody" })) });
    let router = axum::Router::new()
        .route("/user", user)
        .route("/user/emails", get(move || async move { response(*now.lock().unwrap()) }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (Setup::new(vec![identity::FUNCTIONS]).parameter("GithubApiUrl", &url).start().await, said)
}

/// The word and its value that the app is told after a login.
async fn log_in(browser: &mut Browser<'_>, word: &str) -> String {
    let page = browser.begin("github").await;
    let back = browser.choose(&page, "minseo-kim").await;
    let app = location(&browser.get(&back).await);
    parameter(&app, word).unwrap_or_else(|| panic!("no {word} in {app}"))
}

#[tokio::test]
async fn a_limit_of_githubs_is_a_failure_and_not_somebody_without_addresses() {
    let (maru, said) = start().await;
    let limits: [Said; 4] = [
        (403, &[("x-ratelimit-remaining", "0")], "Forbidden"),
        (403, &[("retry-after", "60")], "Forbidden"),
        (403, &[], "You have exceeded a secondary rate limit."),
        (429, &[("retry-after", "60")], "Too many requests"),
    ];
    for limit in limits {
        *said.lock().unwrap() = limit;
        assert_eq!(log_in(&mut Browser::new(&maru), "error").await, "provider_failed", "{limit:?}");
    }
}

#[tokio::test]
async fn somebody_who_lets_nobody_see_their_addresses_has_none() {
    let withheld: [Said; 3] = [
        (403, &[("x-ratelimit-remaining", "4999")], "Resource not accessible by integration"),
        (404, &[("x-ratelimit-remaining", "4999")], "Not Found"),
        // The last one of the hour was answered.
        (404, &[("x-ratelimit-remaining", "0")], "Not Found"),
    ];
    let (maru, said) = start().await;
    for answer in withheld {
        *said.lock().unwrap() = answer;
        let mut browser = Browser::new(&maru);
        let code = log_in(&mut browser, "code").await;
        let tokens = browser.post("/auth/token", &json!({ "code": code })).await.expect(200);
        let me = maru.get("/me", &text(&tokens, "accessToken")).await.expect(200);
        assert_eq!(me["email"], json!(null), "{answer:?}");
    }
}
