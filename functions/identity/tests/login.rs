//! `POST /auth/login`.

use std::time::Instant;

use futures::future::join_all;
use maru_testing::{Answer, Browser, Maru};
use serde_json::{Value, json};

use crate::{PASSWORD, advance, sign_up, start, text};

const PATH: &str = "/auth/login";

fn credentials(account: &str, password: &str) -> Value {
    json!({ "account": account, "password": password })
}

async fn log_in(maru: &Maru, account: &str, password: &str) -> Answer {
    maru.post(PATH, "", &credentials(account, password)).await
}

#[tokio::test]
async fn signs_in_with_the_account_in_any_case_and_the_password_as_typed_anywhere() {
    let maru = start().await;
    sign_up(&maru, "Maru_1", "마루").await;
    // Hangul as single letters, the way some systems type it.
    let decomposed = PASSWORD.replace('배', "\u{1107}\u{1162}").replace('터', "\u{1110}\u{1165}");
    assert_ne!(decomposed, PASSWORD);
    for (account, password) in [("Maru_1", PASSWORD), ("mARU_1", PASSWORD), ("maru_1", decomposed.as_str())] {
        let tokens = log_in(&maru, account, password).await.expect(200);
        let me = maru.get("/me", &text(&tokens, "accessToken")).await.expect(200);
        assert_eq!(me["nickname"], "마루");
    }
}

/// The same answer whether the account is there or not, and not told by its time.
#[tokio::test]
async fn refuses_whoever_is_wrong_without_telling_in_what() {
    let maru = start().await;
    sign_up(&maru, "maru_1", "마루").await;
    let mut answers = Vec::new();
    for (account, password) in [
        ("maru_1", "wrong password"),
        ("nobody_1", PASSWORD),
        ("no", PASSWORD),
        ("한글 계정", PASSWORD),
        ("maru_1", "short"),
        ("nobody_1", ""),
    ] {
        let answer = log_in(&maru, account, password).await;
        answers.push((answer.status, answer.json["code"].clone(), answer.json["detail"].clone()));
    }
    answers.dedup();
    let expected = (401, json!("wrong_credentials"), json!("Account or password are wrong."));
    assert_eq!(answers, [expected]);
}

/// Not a measurement: only that the work for an unknown account is not left out, which would be many times
/// faster. On a busy machine one round may mislead; not all of them.
#[tokio::test]
async fn an_unknown_account_takes_as_long_as_a_known_one() {
    let maru = start().await;
    sign_up(&maru, "maru_1", "마루").await;
    let mut rounds = Vec::new();
    for _ in 0..5 {
        let known = time_to_refuse(&maru, "maru_1").await;
        let unknown = time_to_refuse(&maru, "nobody_1").await;
        if unknown > known / 2.0 {
            return;
        }
        rounds.push((known, unknown));
    }
    panic!("an unknown account is refused sooner: {rounds:?}");
}

async fn time_to_refuse(maru: &Maru, account: &str) -> f64 {
    let begin = Instant::now();
    log_in(maru, account, "wrong password").await.expect_problem(401, "wrong_credentials");
    begin.elapsed().as_secs_f64()
}

#[tokio::test]
async fn failures_of_one_account_are_limited_however_many_come_at_once_and_not_for_ever() {
    let maru = start().await;
    sign_up(&maru, "maru_1", "마루").await;
    for account in ["maru_1", "nobody_1"] {
        let tries = join_all((0..20).map(|_| log_in(&maru, account, "wrong password"))).await;
        assert_eq!(tries.iter().filter(|answer| answer.status == 401).count(), 10, "{account}");
        assert_eq!(tries.iter().filter(|answer| answer.status == 429).count(), 10, "{account}");
    }
    let refused = log_in(&maru, "MARU_1", PASSWORD).await;
    for header in ["retry-after", "ratelimit", "ratelimit-policy"] {
        assert!(refused.headers.contains_key(header), "{header}");
    }
    refused.expect_problem(429, "too_many_requests");
    advance(&maru, 15 * 60);
    log_in(&maru, "maru_1", PASSWORD).await.expect(200);
}

#[tokio::test]
async fn logins_that_succeed_are_not_counted() {
    let maru = start().await;
    sign_up(&maru, "maru_1", "마루").await;
    for _ in 0..9 {
        log_in(&maru, "maru_1", "wrong password").await.expect_problem(401, "wrong_credentials");
    }
    for _ in 0..5 {
        log_in(&maru, "maru_1", PASSWORD).await.expect(200);
    }
    log_in(&maru, "maru_1", "wrong password").await.expect_problem(401, "wrong_credentials");
    log_in(&maru, "maru_1", PASSWORD).await.expect_problem(429, "too_many_requests");
}

#[tokio::test]
async fn a_browser_that_signed_in_before_is_not_locked_out_by_strangers() {
    let maru = start().await;
    sign_up(&maru, "maru_1", "마루").await;
    let mut browser = Browser::new(&maru);
    browser.post(PATH, &credentials("maru_1", PASSWORD)).await.expect(200);
    for _ in 0..10 {
        log_in(&maru, "maru_1", "wrong password").await.expect_problem(401, "wrong_credentials");
    }
    log_in(&maru, "maru_1", PASSWORD).await.expect_problem(429, "too_many_requests");
    browser.post(PATH, &credentials("maru_1", PASSWORD)).await.expect(200);
    // It is known to this account only, and its own failures count.
    sign_up(&maru, "maru_2", "미루").await;
    for _ in 0..10 {
        browser
            .post(PATH, &credentials("maru_1", "wrong password"))
            .await
            .expect_problem(401, "wrong_credentials");
    }
    browser.post(PATH, &credentials("maru_1", PASSWORD)).await.expect_problem(429, "too_many_requests");
}

#[tokio::test]
async fn failures_from_one_address_are_limited_over_all_accounts() {
    let maru = start().await;
    // Passwords that nobody can have, so that this does not take long.
    for number in 0..50 {
        log_in(&maru, &format!("account_{number}"), "short").await.expect_problem(401, "wrong_credentials");
    }
    log_in(&maru, "account_50", "short").await.expect_problem(429, "too_many_requests");
}

#[tokio::test]
async fn what_is_no_login_is_refused() {
    let maru = start().await;
    for wrong in [json!({}), json!({ "account": "maru_1" }), json!({ "account": 1, "password": PASSWORD })] {
        maru.post(PATH, "", &wrong).await.expect_problem(400, "invalid_body");
    }
    maru.post(PATH, "", &credentials(&"x".repeat(1001), PASSWORD)).await.expect_problem(400, "invalid_body");
}
