//! `GET /auth/{provider}`.

use crate::{start, table};
use maru_testing::browser::{Browser, location, parameter};

#[tokio::test]
async fn sends_the_browser_to_the_provider_with_a_state_and_a_challenge() {
    let maru = start().await;
    for (provider, path) in [("github", "/login/oauth/authorize"), ("kakao", "/oauth/authorize")] {
        let mut browser = Browser::new(&maru);
        let answer = browser.get(&format!("/auth/{provider}")).await;
        let url = location(&answer);
        assert!(url.split('?').next().unwrap().ends_with(path), "{url}");
        assert_eq!(parameter(&url, "code_challenge_method").as_deref(), Some("S256"));
        assert_eq!(parameter(&url, "code_challenge").unwrap().len(), 43);
        assert_eq!(parameter(&url, "state").unwrap().len(), 43);
        let callback = format!("{}/auth/{provider}/callback", maru.stack.url());
        assert_eq!(parameter(&url, "redirect_uri"), Some(callback));
        let cookie = answer.headers["set-cookie"].to_str().unwrap();
        let (_, attributes) = cookie.split_once("; ").unwrap();
        assert_eq!(attributes, "Max-Age=660; Path=/; HttpOnly; Secure; SameSite=Lax");
    }
}

#[tokio::test]
async fn nothing_that_is_stored_lets_anybody_finish_the_login() {
    let maru = start().await;
    let mut browser = Browser::new(&maru);
    let state = parameter(&browser.begin("github").await, "state").unwrap();
    let stored = format!("{:?}", table::identity(&maru, "STATE#").await);
    let (cookie, _) = &browser.cookies["maru_login"];
    assert!(!stored.contains(&state) && !stored.contains(cookie), "{stored}");
}

#[tokio::test]
async fn two_tabs_of_one_browser_do_not_disturb_each_other() {
    let maru = start().await;
    let mut browser = Browser::new(&maru);
    let (first, second) = (browser.begin("github").await, browser.begin("kakao").await);
    assert_ne!(parameter(&first, "state"), parameter(&second, "state"));
    for (page, account) in [(first, "minseo-kim"), (second, "4100000001")] {
        let back = browser.choose(&page, account).await;
        assert!(parameter(&location(&browser.get(&back).await), "code").is_some());
    }
}

/// Anybody may begin; refused is what leads out of the app.
#[tokio::test]
async fn refuses_whoever_wants_to_be_sent_elsewhere() {
    let maru = start().await;
    for path in ["https://evil.example", "//evil.example", "/%5Cevil.example", "resumes", "/a%0d%0ab"] {
        let answer = maru.get(&format!("/auth/github?returnTo={path}"), "").await;
        assert_eq!(answer.json["errors"][0]["pointer"], "/returnTo");
        answer.expect_problem(400, "invalid_query");
    }
    for query in ["codeChallenge=short", "codeChallenge=%EA%B0%80", "next=/"] {
        maru.get(&format!("/auth/github?{query}"), "").await.expect_problem(400, "invalid_query");
    }
    for provider in ["google", "GITHUB", "%20"] {
        maru.get(&format!("/auth/{provider}"), "").await.expect_problem(404, "not_found");
    }
}
