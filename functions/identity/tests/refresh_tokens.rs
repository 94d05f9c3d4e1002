//! `POST /auth/refresh`.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::types::AttributeValue;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures::future::join_all;
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use serde_json::json;

use crate::{advance, chosen, refresh, sign_up, start, table, text};
use maru_testing::Browser;

const FORTNIGHT: u64 = 14 * 24 * 60 * 60;

/// Where in a token its secret is, between the ids and what shows that it was issued.
const SECRET: std::ops::Range<usize> = 52..84;

/// What somebody can make up who has `token`, or knows the ids in it.
pub fn made_up(token: &str) -> Vec<String> {
    let bytes = URL_SAFE_NO_PAD.decode(token).unwrap();
    assert_eq!(bytes.len(), 100);
    // Another secret; another mark; one byte of each.
    [SECRET.start..100, SECRET, SECRET.end..100, SECRET.start..SECRET.start + 1, 99..100]
        .into_iter()
        .map(|range| {
            let mut other = bytes.clone();
            other[range].iter_mut().for_each(|byte| *byte ^= 0x5a);
            URL_SAFE_NO_PAD.encode(other)
        })
        .collect()
}

#[tokio::test]
async fn gives_new_tokens_each_time_from_the_body_or_from_the_cookie() {
    let maru = start().await;
    let mut browser = Browser::new(&maru);
    let first =
        text(&browser.post("/auth/signup", &chosen("maru_1", "마루")).await.expect(201), "refreshToken");
    advance(&maru, 900);
    let second = refresh(&maru, &first).await.expect(200);
    assert_ne!(text(&second, "refreshToken"), first);
    let me = maru.get("/me", &text(&second, "accessToken")).await.expect(200);
    assert_eq!(me["nickname"], "마루");
    // The cookie still has the first one; a moment later that is a repetition.
    let repeated = browser.post("/auth/refresh", &json!({})).await.expect(200);
    assert_eq!(repeated["refreshToken"], second["refreshToken"]);
    advance(&maru, 900);
    let third = browser.post("/auth/refresh", &json!({})).await.expect(200);
    assert_eq!(browser.cookies["maru_refresh"].0, text(&third, "refreshToken"));
}

#[tokio::test]
async fn of_fifty_refreshes_with_one_token_at_once_all_get_the_same_one_and_the_login_goes_on() {
    let maru = start().await;
    let first = text(&sign_up(&maru, "maru_1", "마루").await, "refreshToken");
    let answers = join_all((0..50).map(|_| refresh(&maru, &first))).await;
    let tokens: BTreeSet<String> =
        answers.into_iter().map(|answer| text(&answer.expect(200), "refreshToken")).collect();
    assert_eq!(tokens.len(), 1, "{tokens:?}");
    advance(&maru, 900);
    refresh(&maru, tokens.first().unwrap()).await.expect(200);
}

#[tokio::test]
async fn an_answer_that_was_lost_is_given_again_within_two_minutes() {
    let maru = start().await;
    let first = text(&sign_up(&maru, "maru_1", "마루").await, "refreshToken");
    let lost = text(&refresh(&maru, &first).await.expect(200), "refreshToken");
    advance(&maru, 119);
    assert_eq!(text(&refresh(&maru, &first).await.expect(200), "refreshToken"), lost);
    advance(&maru, 900);
    refresh(&maru, &lost).await.expect(200);
}

#[tokio::test]
async fn an_answer_that_the_database_lost_costs_nobody_their_login() {
    let maru = start().await;
    let first = text(&sign_up(&maru, "maru_1", "마루").await, "refreshToken");
    let lost = Fault::new(FaultTarget::Database, FaultKind::LostAnswer, 1).of_operation("PutItem");
    maru.stack.parts().faults.push(lost);
    let second = text(&refresh(&maru, &first).await.expect(200), "refreshToken");
    advance(&maru, 900);
    refresh(&maru, &second).await.expect(200);
}

#[tokio::test]
async fn refuses_whoever_uses_a_token_twice_and_ends_the_login() {
    let maru = start().await;
    let first = text(&sign_up(&maru, "maru_1", "마루").await, "refreshToken");
    let second = text(&refresh(&maru, &first).await.expect(200), "refreshToken");
    advance(&maru, 120);
    refresh(&maru, &first).await.expect_problem(401, "invalid_refresh_token");
    refresh(&maru, &second).await.expect_problem(401, "invalid_refresh_token");
}

#[tokio::test]
async fn the_token_before_the_last_is_reuse_at_once() {
    let maru = start().await;
    let first = text(&sign_up(&maru, "maru_1", "마루").await, "refreshToken");
    let second = text(&refresh(&maru, &first).await.expect(200), "refreshToken");
    let third = text(&refresh(&maru, &second).await.expect(200), "refreshToken");
    refresh(&maru, &first).await.expect_problem(401, "invalid_refresh_token");
    refresh(&maru, &third).await.expect_problem(401, "invalid_refresh_token");
}

#[tokio::test]
async fn a_token_of_days_ago_is_reuse_too() {
    let maru = start().await;
    let first = text(&sign_up(&maru, "maru_1", "마루").await, "refreshToken");
    let mut last = first.clone();
    for _ in 0..6 {
        advance(&maru, 2 * 24 * 60 * 60);
        last = text(&refresh(&maru, &last).await.expect(200), "refreshToken");
    }
    refresh(&maru, &first).await.expect_problem(401, "invalid_refresh_token");
    refresh(&maru, &last).await.expect_problem(401, "invalid_refresh_token");
}

/// Whoever knows whose login it is, and which, cannot end it with what they make up.
#[tokio::test]
async fn what_never_was_a_token_of_the_login_is_refused_and_ends_nothing() {
    let maru = start().await;
    let first = text(&sign_up(&maru, "maru_1", "마루").await, "refreshToken");
    let second = text(&refresh(&maru, &first).await.expect(200), "refreshToken");
    for wrong in [made_up(&first), made_up(&second)].concat() {
        refresh(&maru, &wrong).await.expect_problem(401, "invalid_refresh_token");
    }
    assert_eq!(text(&refresh(&maru, &first).await.expect(200), "refreshToken"), second);
    refresh(&maru, &second).await.expect(200);
}

#[tokio::test]
async fn another_login_of_the_same_member_is_not_touched() {
    let maru = start().await;
    let phone = text(&sign_up(&maru, "maru_1", "마루").await, "refreshToken");
    let credentials = json!({ "account": "maru_1", "password": crate::PASSWORD });
    let desk = maru.post("/auth/login", "", &credentials).await.expect(200);
    refresh(&maru, &phone).await.expect(200);
    advance(&maru, 120);
    refresh(&maru, &phone).await.expect_problem(401, "invalid_refresh_token");
    refresh(&maru, &text(&desk, "refreshToken")).await.expect(200);
}

#[tokio::test]
async fn a_token_is_good_for_a_fortnight_by_the_clock() {
    let maru = start().await;
    let first = text(&sign_up(&maru, "maru_1", "마루").await, "refreshToken");
    advance(&maru, FORTNIGHT - 1);
    let second = text(&refresh(&maru, &first).await.expect(200), "refreshToken");
    advance(&maru, FORTNIGHT);
    refresh(&maru, &second).await.expect_problem(401, "invalid_refresh_token");
}

#[tokio::test]
async fn what_is_stored_of_a_token_opens_nothing() {
    let maru = start().await;
    let first = text(&sign_up(&maru, "maru_1", "마루").await, "refreshToken");
    let second = text(&refresh(&maru, &first).await.expect(200), "refreshToken");
    let stored = format!("{:?}", table::identity(&maru, "").await);
    for token in [first, second] {
        let secret = URL_SAFE_NO_PAD.encode(&URL_SAFE_NO_PAD.decode(&token).unwrap()[SECRET]);
        assert!(!stored.contains(&token) && !stored.contains(&secret), "{stored}");
    }
}

#[tokio::test]
async fn roles_are_those_that_operators_have_written_by_now() {
    let maru = start().await;
    let tokens = sign_up(&maru, "maru_1", "마루").await;
    let user = text(&maru.get("/me", &text(&tokens, "accessToken")).await.expect(200), "id");
    let roles = AttributeValue::L(vec![AttributeValue::S("LECTURER".to_owned())]);
    let key = [("pk", format!("USER#{user}")), ("sk", "ROLES".to_owned())];
    let mut item: table::Item =
        key.into_iter().map(|(name, value)| (name.to_owned(), AttributeValue::S(value))).collect();
    item.insert("roles".to_owned(), roles);
    table::put(&maru, item).await;
    let refreshed = refresh(&maru, &text(&tokens, "refreshToken")).await.expect(200);
    let me = maru.get("/me", &text(&refreshed, "accessToken")).await.expect(200);
    assert_eq!(me["roles"], json!(["USER", "LECTURER"]));
}

#[tokio::test]
async fn an_access_token_that_has_run_out_is_no_hindrance() {
    let maru = start().await;
    let tokens = sign_up(&maru, "maru_1", "마루").await;
    advance(&maru, 3600);
    let body = json!({ "refreshToken": tokens["refreshToken"] });
    maru.post("/auth/refresh", &text(&tokens, "accessToken"), &body).await.expect(200);
}

#[tokio::test]
async fn what_is_no_token_is_refused_and_ends_nothing() {
    let maru = start().await;
    let token = text(&sign_up(&maru, "maru_1", "마루").await, "refreshToken");
    maru.post("/auth/refresh", "", &json!({})).await.expect_problem(401, "invalid_refresh_token");
    for wrong in ["", "x", &token[1..], &"A".repeat(134)] {
        refresh(&maru, wrong).await.expect_problem(401, "invalid_refresh_token");
    }
    maru.post("/auth/refresh", "", &json!({ "token": token })).await.expect_problem(400, "invalid_body");
    refresh(&maru, &token).await.expect(200);
}
