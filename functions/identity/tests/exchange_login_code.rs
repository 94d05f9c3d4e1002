//! `POST /auth/token`.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures::future::join_all;
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::{advance, delete_me, signed_in, start, table};
use maru_testing::browser::{Browser, location, parameter};

const PATH: &str = "/auth/token";

#[tokio::test]
async fn gives_tokens_and_the_refresh_token_also_as_a_cookie() {
    let maru = start().await;
    let mut browser = Browser::new(&maru);
    let code = browser.sign_in("github", "minseo-kim").await;
    let answer = browser.post(PATH, &json!({ "code": code })).await;
    let cookie = answer.headers["set-cookie"].to_str().unwrap().to_owned();
    assert_eq!(answer.headers["cache-control"], "private, no-store");
    let tokens = answer.expect(200);
    assert_eq!((&tokens["tokenType"], &tokens["expiresIn"]), (&json!("Bearer"), &json!(900)));
    assert_eq!(tokens["refreshExpiresIn"], 14 * 24 * 60 * 60);
    let refresh = tokens["refreshToken"].as_str().unwrap();
    let expected =
        format!("maru_refresh={refresh}; Max-Age=1209600; Path=/auth; HttpOnly; Secure; SameSite=Strict");
    assert_eq!(cookie, expected);
    let me = maru.get("/me", tokens["accessToken"].as_str().unwrap()).await.expect(200);
    assert_eq!(me["roles"], json!(["USER"]));
}

#[tokio::test]
async fn a_code_is_good_once_however_many_come_with_it() {
    let maru = start().await;
    let mut browser = Browser::new(&maru);
    let code = browser.sign_in("github", "minseo-kim").await;
    let tries = (0..10).map(|_| {
        let (mut tab, body) = (browser.copy(), json!({ "code": code }));
        async move { tab.post(PATH, &body).await.status }
    });
    let mut statuses = join_all(tries).await;
    statuses.sort_unstable();
    assert_eq!(statuses, [vec![200], vec![400; 9]].concat());
    let families = table::identity(&maru, "USER#").await;
    assert_eq!(families.iter().filter(|item| table::string(item, "sk").starts_with("FAMILY#")).count(), 1);
}

/// The database's client repeats the write that takes the code, and meets its own.
#[tokio::test]
async fn a_code_is_not_lost_with_an_answer_of_the_database() {
    let maru = start().await;
    let mut browser = Browser::new(&maru);
    let code = browser.sign_in("github", "minseo-kim").await;
    let lost = Fault::new(FaultTarget::Database, FaultKind::LostAnswer, 1).of_operation("UpdateItem");
    maru.stack.parts().faults.push(lost);
    browser.post(PATH, &json!({ "code": code })).await.expect(200);
    assert!(maru.stack.parts().faults.pending().is_empty());
    browser.post(PATH, &json!({ "code": code })).await.expect_problem(400, "invalid_code");
}

#[tokio::test]
async fn a_code_is_good_for_a_minute() {
    let maru = start().await;
    for (seconds, status) in [(59, 200), (60, 400)] {
        let mut browser = Browser::new(&maru);
        let code = browser.sign_in("github", "minseo-kim").await;
        advance(&maru, seconds);
        assert_eq!(browser.post(PATH, &json!({ "code": code })).await.status, status, "{seconds}");
    }
}

#[tokio::test]
async fn refuses_whoever_brings_the_code_from_another_browser_and_the_code_is_burnt() {
    let maru = start().await;
    let mut browser = Browser::new(&maru);
    let code = browser.sign_in("github", "minseo-kim").await;
    maru.post(PATH, "", &json!({ "code": code })).await.expect_problem(400, "invalid_code");
    browser.post(PATH, &json!({ "code": code })).await.expect_problem(400, "invalid_code");
}

#[tokio::test]
async fn an_app_that_gave_a_challenge_has_to_bring_its_verifier_and_needs_no_cookie() {
    let maru = start().await;
    let verifier = "v".repeat(64);
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier));
    for (brought, status) in [(Some(verifier.clone()), 200), (Some("w".repeat(64)), 400), (None, 400)] {
        let mut browser = Browser::new(&maru);
        let page = location(&browser.get(&format!("/auth/github?codeChallenge={challenge}")).await);
        let back = browser.choose(&page, "minseo-kim").await;
        let code = parameter(&location(&browser.get(&back).await), "code").unwrap();
        let body = json!({ "code": code, "codeVerifier": brought });
        assert_eq!(maru.post(PATH, "", &body).await.status, status, "{brought:?}");
    }
}

/// Nothing is left of it that nobody would erase.
#[tokio::test]
async fn a_code_of_an_account_that_was_closed_meanwhile_begins_nothing() {
    let maru = start().await;
    let (mut browser, tokens) = signed_in(&maru, "github", "minseo-kim").await;
    let code = browser.sign_in("github", "minseo-kim").await;
    assert_eq!(delete_me(&maru, tokens["accessToken"].as_str().unwrap()).await.status, 204);
    maru.settle().await;
    browser.post(PATH, &json!({ "code": code })).await.expect_problem(401, "account_closed");
    let left = table::identity(&maru, "USER#").await;
    assert_eq!(left.iter().map(|item| table::string(item, "sk")).collect::<Vec<_>>(), ["MEMBER"]);
}

#[tokio::test]
async fn what_is_no_code_is_refused() {
    let maru = start().await;
    for code in ["", "x", &"A".repeat(43)] {
        maru.post(PATH, "", &json!({ "code": code })).await.expect_problem(400, "invalid_code");
    }
    for wrong in [json!({}), json!({ "code": 1 }), json!({ "code": "x", "state": "y" })] {
        maru.post(PATH, "", &wrong).await.expect_problem(400, "invalid_body");
    }
}
