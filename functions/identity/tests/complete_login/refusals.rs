//! Callbacks that sign nobody in: the browser is sent to the app with a word that says why.

use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_testing::Maru;

use crate::{start, table};
use maru_testing::browser::{Browser, location, parameter};

/// Comes back from the provider, and gives the word that the app is told.
async fn word(browser: &mut Browser<'_>, back: &str) -> String {
    let app = location(&browser.get(back).await);
    assert_eq!(parameter(&app, "code"), None, "{app}");
    parameter(&app, "error").unwrap()
}

async fn way_back<'a>(maru: &'a Maru, account: &str) -> (Browser<'a>, String) {
    let mut browser = Browser::new(maru);
    let page = browser.begin("github").await;
    let back = browser.choose(&page, account).await;
    (browser, back)
}

/// The state belongs to the browser that began: in another one it is worth nothing, and stays good for its
/// own.
#[tokio::test]
async fn refuses_whoever_comes_with_the_login_of_another_browser() {
    let maru = start().await;
    let (mut owner, back) = way_back(&maru, "minseo-kim").await;
    let mut stranger = Browser::new(&maru);
    assert_eq!(word(&mut stranger, &back).await, "login_expired");
    stranger.begin("github").await;
    assert_eq!(word(&mut stranger, &back).await, "login_expired");
    assert!(parameter(&location(&owner.get(&back).await), "code").is_some());
}

#[tokio::test]
async fn a_state_is_good_for_its_own_provider_only_and_nothing_else_is_a_state() {
    let maru = start().await;
    let (mut browser, back) = way_back(&maru, "minseo-kim").await;
    let elsewhere = back.replace("/auth/github/", "/auth/kakao/");
    assert_eq!(word(&mut browser, &elsewhere).await, "login_expired");
    for query in ["", "?code=x", "?state=x&code=x", "?state=%00&code=x", "?error=access_denied"] {
        assert_eq!(word(&mut browser, &format!("/auth/github/callback{query}")).await, "login_expired");
    }
    let unknown = parameter(&back, "state").unwrap().chars().rev().collect::<String>();
    let path = format!("/auth/github/callback?code=x&state={unknown}");
    assert_eq!(word(&mut browser, &path).await, "login_expired");
}

#[tokio::test]
async fn somebody_who_says_no_at_the_provider_is_sent_back_without_a_code() {
    let maru = start().await;
    let (mut browser, back) = way_back(&maru, "").await;
    assert!(back.contains("error=access_denied"), "{back}");
    assert_eq!(word(&mut browser, &back).await, "login_refused");
    assert!(table::identity(&maru, "USER#").await.is_empty());
}

#[tokio::test]
async fn a_code_that_the_provider_does_not_know_signs_nobody_in() {
    let maru = start().await;
    for provider in ["github", "kakao"] {
        let mut browser = Browser::new(&maru);
        let state = parameter(&browser.begin(provider).await, "state").unwrap();
        // GitHub says so with status 200, Kakao with 400.
        let forged = format!("/auth/{provider}/callback?code=forged&state={state}");
        assert_eq!(word(&mut browser, &forged).await, "provider_failed", "{provider}");
    }
}

#[tokio::test]
async fn a_provider_that_fails_signs_nobody_in_and_the_next_try_does() {
    let maru = start().await;
    for (provider, account, operations) in [
        ("github", "minseo-kim", ["github/token", "github/user", "github/emails"].as_slice()),
        ("kakao", "4100000001", ["kakao/token", "kakao/user"].as_slice()),
    ] {
        for operation in operations {
            for kind in [FaultKind::Error, FaultKind::Unauthorized] {
                let fault = Fault::new(FaultTarget::Partner, kind, 2).of_operation(operation);
                maru.stack.parts().faults.push(fault);
                let mut browser = Browser::new(&maru);
                let page = browser.begin(provider).await;
                let back = browser.choose(&page, account).await;
                assert_eq!(word(&mut browser, &back).await, "provider_failed", "{operation} {kind:?}");
                maru.stack.parts().faults.clear();
            }
        }
        Browser::new(&maru).sign_in(provider, account).await;
    }
}

/// That our own secret cannot be read is not the provider's failure, and somebody has to hear of it.
#[tokio::test]
async fn what_fails_with_us_is_not_said_to_be_the_providers_failure() {
    let maru = start().await;
    maru.stack.parts().faults.push(Fault::new(FaultTarget::Parameters, FaultKind::Error, 10));
    let (mut browser, back) = way_back(&maru, "minseo-kim").await;
    browser.get(&back).await.expect_problem(503, "unavailable");
}

#[tokio::test]
async fn a_parameter_that_is_too_long_is_refused() {
    let maru = start().await;
    let path = format!("/auth/github/callback?state={}", "x".repeat(2049));
    maru.get(&path, "").await.expect_problem(400, "invalid_query");
    maru.get("/auth/google/callback", "").await.expect_problem(404, "not_found");
}
