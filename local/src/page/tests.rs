//! The pages as a browser gets them.

use axum::http::StatusCode;
use reqwest::header;
use reqwest::{Client, Response};

use super::{api, assets, router};

/// Serves the pages on a free port of loopback for as long as the test's runtime lives.
async fn serve() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router()).await });
    format!("http://{address}")
}

async fn get(url: &str) -> Response {
    reqwest::get(url).await.unwrap()
}

fn header_of(response: &Response, name: header::HeaderName) -> String {
    response.headers()[name].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn each_thing_is_there_with_its_type() {
    let base = serve().await;
    let expected = [
        ("/", "text/html; charset=utf-8"),
        ("/resume", "text/html; charset=utf-8"),
        ("/hub", "text/html; charset=utf-8"),
        ("/inbox", "text/html; charset=utf-8"),
        ("/interview", "text/html; charset=utf-8"),
        ("/plan", "text/html; charset=utf-8"),
        ("/profile", "text/html; charset=utf-8"),
        ("/town", "text/html; charset=utf-8"),
        ("/consulting", "text/html; charset=utf-8"),
        ("/docs", "text/html; charset=utf-8"),
        ("/assets/styles/base.css", "text/css; charset=utf-8"),
        ("/assets/scripts/home/clock.js", "text/javascript; charset=utf-8"),
        ("/assets/maru.svg", "image/svg+xml"),
        ("/openapi.json", "application/json"),
    ];
    for (path, content_type) in expected {
        let response = get(&format!("{base}{path}")).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        assert_eq!(header_of(&response, header::CONTENT_TYPE), content_type, "{path}");
    }
}

#[tokio::test]
async fn every_answer_forbids_what_does_not_come_from_here() {
    let base = serve().await;
    for path in
        ["/", "/resume", "/hub", "/town", "/consulting", "/docs", "/assets/scripts/dom.js", "/openapi.json"]
    {
        let response = get(&format!("{base}{path}")).await;
        let policy = header_of(&response, header::CONTENT_SECURITY_POLICY);
        assert!(policy.starts_with("default-src 'self'; img-src 'self' data: blob:;"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        let elsewhere = policy.split([' ', ';']).filter(|part| part.contains("://"));
        assert!(elsewhere.into_iter().all(|part| part.ends_with("://127.0.0.1:*")), "{path}: {policy}");
        assert_eq!(header_of(&response, header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        assert_eq!(header_of(&response, header::REFERRER_POLICY), "no-referrer");
    }
}

#[tokio::test]
async fn what_the_browser_has_is_not_sent_again() {
    let url = format!("{}/assets/styles/base.css", serve().await);
    let first = get(&url).await;
    assert_eq!(header_of(&first, header::CACHE_CONTROL), "no-cache");
    let tag = header_of(&first, header::ETAG);
    let again = Client::new().get(&url).header(header::IF_NONE_MATCH, &tag).send().await.unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(header_of(&again, header::ETAG), tag);
    assert!(again.bytes().await.unwrap().is_empty());
    let other = Client::new().get(&url).header(header::IF_NONE_MATCH, "\"other\"").send().await.unwrap();
    assert_eq!(other.status(), StatusCode::OK);
}

#[tokio::test]
async fn what_is_not_there_is_not_found_and_nothing_can_be_written() {
    let base = serve().await;
    for path in [
        "/index.html",
        "/assets/",
        "/assets/api/jobs.json",
        "/assets/../Cargo.toml",
        "/assets/..%2fCargo.toml",
    ] {
        assert_eq!(get(&format!("{base}{path}")).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
    let written = Client::new().post(format!("{base}/consulting")).send().await.unwrap();
    assert_eq!(written.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[test]
fn no_page_stands_in_the_place_of_a_route() {
    let document = api::document().unwrap();
    for file in assets::FILES {
        assert!(document["paths"][file.route()]["get"].is_null(), "{} hides a route of the API", file.path);
    }
}
