//! The service key: in either form, encoded once, and never told.

use jiff::civil::date;
use maru_kma::KmaError;
use maru_lambda::logs;

use crate::server::{ENCODED_KEY, KEY, Portal, listed};

#[tokio::test]
async fn both_forms_of_the_key_are_sent_encoded_once() {
    for key in [KEY, ENCODED_KEY] {
        let portal = Portal::with_key(key, |_| listed(&[])).await;
        portal.kma().special_reports(date(2026, 11, 20), date(2026, 11, 21)).await.unwrap();
        let asked = portal.asked();
        assert_eq!(asked[0].field("serviceKey"), KEY, "{key}");
        assert!(asked[0].target.contains(&format!("serviceKey={ENCODED_KEY}&")), "{}", asked[0].target);
    }
}

#[tokio::test]
async fn no_error_tells_the_key() {
    // The portal quotes the request in some of its answers.
    let quoting: [(u16, String); 5] = [
        (401, format!("Unauthorized: {KEY}")),
        (500, format!("<html>{ENCODED_KEY}</html>")),
        (200, format!("{{\"resultCode\":\"10\",\"resultMsg\":\"{KEY}\"}}")),
        (200, format!("{{\"x\":\"{KEY}\"")),
        (302, KEY.to_owned()),
    ];
    for answer in quoting {
        let told = answer.clone();
        let portal = Portal::start(move |_| told.clone()).await;
        let error = portal.kma().warnings_in_force().await.unwrap_err();
        let text = format!("{error:?} {}", logs::chain(&error));
        assert!(!text.contains(KEY) && !text.contains(ENCODED_KEY), "{answer:?}: {text}");
    }
}

#[tokio::test]
async fn an_answer_that_is_too_large_is_not_read() {
    let portal = Portal::start(|_| (200, "x".repeat(3 * 1024 * 1024))).await;
    assert!(matches!(portal.kma().warnings_in_force().await, Err(KmaError::Malformed(_))));
    assert_eq!(portal.asked().len(), 1);
}
