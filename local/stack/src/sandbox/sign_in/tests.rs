//! Codes and the way back.

use std::time::Duration;

use super::{Authorize, Codes, Grant, Refused};
use crate::clock::LocalClock;

fn codes() -> (LocalClock, Codes) {
    let clock = LocalClock::frozen("2026-01-01T00:00:00Z".parse().unwrap());
    (clock.clone(), Codes::new(clock))
}

fn grant() -> Grant {
    // RFC 7636, appendix B.
    let challenge = Some("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".to_owned());
    let redirect_uri = "http://localhost/callback".to_owned();
    Grant { account: "a".to_owned(), redirect_uri, scope: String::new(), challenge }
}

#[test]
fn a_code_is_good_once_and_for_ten_minutes() {
    let (clock, codes) = codes();
    let (first, second) = (codes.issue(grant()), codes.issue(grant()));
    assert_eq!(first.len(), 20);
    clock.advance(Duration::from_secs(599));
    assert_eq!(codes.take(&first), Some(grant()));
    assert_eq!(codes.take(&first), None);
    clock.advance(Duration::from_secs(1));
    assert_eq!(codes.take(&second), None);
}

#[test]
fn only_the_verifier_of_the_challenge_proves_who_asked() {
    let grant = grant();
    assert!(grant.is_proved_by(Some("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")));
    assert!(!grant.is_proved_by(Some("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXK")));
    assert!(!grant.is_proved_by(None));
    assert!(Grant { challenge: None, ..grant }.is_proved_by(None));
}

fn authorize(redirect_uri: &str) -> Authorize {
    Authorize {
        client_id: Some("client".to_owned()),
        redirect_uri: Some(redirect_uri.to_owned()),
        state: Some("s&t".to_owned()),
        ..Authorize::default()
    }
}

#[test]
fn a_code_is_sent_to_this_machine_only() {
    for good in ["http://127.0.0.1:3000/auth/github/callback", "http://localhost/x", "https://[::1]:1/x"] {
        assert!(authorize(good).callback("client").is_ok(), "{good}");
    }
    let bad = [
        "",
        "x",
        "javascript:alert(1)",
        "http://example.com",
        "http://127.0.0.1.evil.test",
        "http://localhost@evil.test",
    ];
    for bad in bad {
        assert_eq!(authorize(bad).callback("client"), Err(Refused::WrongRedirect), "{bad}");
    }
    assert_eq!(authorize("http://localhost").callback("other"), Err(Refused::UnknownClient));
}

#[test]
fn the_way_back_carries_code_and_state_and_keeps_the_callbacks_own_query() {
    let (_, codes) = codes();
    let asked = authorize("http://localhost/callback?own=1");
    let callback = asked.callback("client").unwrap();
    let answer = asked.granted(callback, "me".to_owned(), &codes);
    let location = answer.headers()["location"].to_str().unwrap().to_owned();
    let code = location.split("code=").nth(1).unwrap().split('&').next().unwrap();
    assert_eq!(location, format!("http://localhost/callback?own=1&code={code}&state=s%26t"));
    assert_eq!(codes.take(code).unwrap().account, "me");
}

#[test]
fn a_challenge_that_is_not_s256_is_weak() {
    let asked = |method: Option<&str>| Authorize {
        code_challenge: Some("x".to_owned()),
        code_challenge_method: method.map(str::to_owned),
        ..Authorize::default()
    };
    assert!(asked(None).has_weak_challenge() && asked(Some("plain")).has_weak_challenge());
    assert!(!asked(Some("S256")).has_weak_challenge() && !Authorize::default().has_weak_challenge());
}
