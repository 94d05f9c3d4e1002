//! What goes out, and what never comes out again.

use axum::response::IntoResponse;
use http::header::ACCEPT;
use maru_partner::{Partner, PartnerError};
use serde::Serialize;

use crate::server::{RETRY, Service, answer, environment, half, partner, terms};

#[derive(Serialize)]
struct Query<'a> {
    author: &'a str,
    since: Option<&'a str>,
    page: u32,
}

#[tokio::test]
async fn paths_and_queries_are_escaped_and_absent_fields_left_out() {
    let service = Service::start(|_| answer(200, "")).await;
    let partner = partner(&format!("{}/api/", service.url));
    let query = Query { author: "김 & co", since: None, page: 2 };
    let call = partner.get(["repos", "a b", "c/d?e#f"]).query(&query).header(ACCEPT, "text/plain");
    call.send(&RETRY).await.unwrap();
    let pairs = [("limit", Some("1")), ("since", None)];
    partner.get(["x"]).query(&pairs).send(&RETRY).await.unwrap();
    let seen = service.seen();
    assert_eq!(seen[0].target, "/api/repos/a%20b/c%2Fd%3Fe%23f?author=%EA%B9%80+%26+co&page=2");
    assert_eq!(seen[0].headers["accept"], "text/plain");
    assert_eq!(seen[0].headers["user-agent"], "maru");
    assert_eq!(seen[1].target, "/api/x?limit=1");
}

#[tokio::test]
async fn a_form_is_sent_as_a_form() {
    let service = Service::start(|_| answer(200, "")).await;
    let fields = [("code", Some("a&b")), ("client_secret", None)];
    service.partner().post(["token"]).form(&fields).send(&RETRY).await.unwrap();
    let seen = &service.seen()[0];
    assert_eq!((seen.method.as_str(), &seen.body[..]), ("POST", &b"code=a%26b"[..]));
    assert_eq!(seen.headers["content-type"], "application/x-www-form-urlencoded;charset=utf-8");
}

#[tokio::test]
async fn a_path_that_would_name_another_resource_is_not_sent() {
    let service = Service::start(|_| answer(200, "")).await;
    for segment in ["", ".", ".."] {
        let error = service.partner().get(["repos", segment]).send(&RETRY).await.unwrap_err();
        assert!(matches!(error, PartnerError::Request { .. }), "{error:?}");
    }
    let error = service.partner().get(["x"]).bearer("two\nlines").send(&RETRY).await.unwrap_err();
    assert!(matches!(error, PartnerError::Request { .. }), "{error:?}");
    assert!(service.seen().is_empty());
}

#[tokio::test]
async fn neither_errors_nor_answers_show_tokens_codes_or_headers() {
    let service = Service::start(|number| match number {
        0 => ([("set-cookie", "secret")], "secret").into_response(),
        _ => half(),
    })
    .await;
    let partner = service.partner();
    let call = || partner.get(["x"]).query(&[("code", "secret")]).bearer("secret");
    let given = call().send(&RETRY).await.unwrap();
    assert!(!format!("{given:?}").contains("secret"));
    let error = call().send(&RETRY).await.unwrap_err();
    let text = format!("{error:?} {}", maru_lambda::logs::chain(&error));
    assert!(!text.contains("secret"), "{text}");
}

#[test]
fn a_base_url_that_is_none_is_said_at_start() {
    for base in ["", "github.com", "file:///etc/passwd"] {
        assert!(Partner::open(&environment(base), "PARTNER_URL", terms()).is_err(), "{base}");
    }
    assert_eq!(
        partner("https://github.com/").url(["login", "oauth"]).unwrap().as_str(),
        "https://github.com/login/oauth"
    );
}
