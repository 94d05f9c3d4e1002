//! The service key: in either form, encoded once, and never told.

use jiff::civil::date;
use maru_kma::KmaError;
use maru_lambda::logs;

use crate::server::{Asked, ENCODED_KEY, KEY, Portal, listed, refused};

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

/// A portal that knows one key only.
async fn knowing(key: &'static str) -> Portal {
    let is_known = move |asked: &Asked| asked.field("serviceKey") == key;
    Portal::start(move |asked| if is_known(asked) { listed(&[]) } else { refused("30", "NOT REGISTERED") })
        .await
}

#[tokio::test]
async fn a_key_that_is_refused_is_looked_up_again_and_the_call_repeated_with_the_new_one() {
    let portal = knowing("new").await;
    let kma = portal.kma();
    assert!(matches!(kma.warnings_in_force().await, Err(KmaError::Key(_))));
    portal.replace_key(Ok("new"));
    portal.wait(5);
    let calls = portal.asked().len();
    assert!(kma.warnings_in_force().await.is_ok());
    assert_eq!(portal.asked().len(), calls + 2, "the old one, and the new one");
    assert!(kma.warnings_in_force().await.is_ok());
    assert_eq!(portal.asked().len(), calls + 3, "the new one is kept");
    assert_eq!(portal.key_reads(), 3);
}

#[tokio::test]
async fn a_key_that_stays_refused_is_looked_up_once_in_five_minutes() {
    let portal = knowing("new").await;
    let kma = portal.kma();
    for _ in 0..10 {
        assert!(matches!(kma.warnings_in_force().await, Err(KmaError::Key(_))));
    }
    assert_eq!((portal.asked().len(), portal.key_reads()), (10, 2), "once to know it, once for another");
    portal.wait(5);
    for _ in 0..10 {
        kma.warnings_in_force().await.unwrap_err();
    }
    assert_eq!((portal.asked().len(), portal.key_reads()), (20, 3));
}

#[tokio::test]
async fn of_many_who_are_refused_at_once_one_looks_the_key_up() {
    let portal = knowing("new").await;
    let kma = portal.kma();
    kma.warnings_in_force().await.unwrap_err();
    portal.replace_key(Ok("new"));
    portal.wait(5);
    let (one, two, three) =
        tokio::join!(kma.warnings_in_force(), kma.warnings_in_force(), kma.warnings_in_force());
    assert!(one.is_ok() && two.is_ok() && three.is_ok());
    assert_eq!(portal.key_reads(), 3);
}

#[tokio::test]
async fn somebody_is_needed_for_a_key_that_is_missing_or_forbidden_and_not_for_what_passes() {
    for (code, is_lasting) in [
        ("ParameterNotFound", true),
        ("AccessDeniedException", true),
        ("ThrottlingException", false),
        ("InternalServerError", false),
    ] {
        let portal = Portal::start(|_| listed(&[])).await;
        portal.replace_key(Err(code));
        let error = portal.kma().warnings_in_force().await.unwrap_err();
        assert!(matches!(error, KmaError::Secret(_)), "{code}: {error:?}");
        assert_eq!(error.needs_somebody(), is_lasting, "{code}");
        assert_eq!(portal.asked().len(), 0);
    }
}
