//! `POST /auth/logout`.

use serde_json::json;

use crate::refresh_tokens::made_up;
use crate::{chosen, refresh, sign_up, start, text};
use maru_testing::Browser;

const PATH: &str = "/auth/logout";

#[tokio::test]
async fn ends_the_login_and_takes_the_cookie_away() {
    let maru = start().await;
    let mut browser = Browser::new(&maru);
    let token =
        text(&browser.post("/auth/signup", &chosen("maru_1", "마루")).await.expect(201), "refreshToken");
    let answer = browser.post(PATH, &json!({})).await;
    assert_eq!(answer.status, 204);
    assert!(!browser.cookies.contains_key("maru_refresh"));
    refresh(&maru, &token).await.expect_problem(401, "invalid_refresh_token");
    assert_eq!(browser.post(PATH, &json!({})).await.status, 204);
}

#[tokio::test]
async fn ends_the_whole_login_whichever_of_its_tokens_is_sent() {
    let maru = start().await;
    for (index, account) in ["maru_1", "maru_2", "maru_3"].into_iter().enumerate() {
        let first = text(&sign_up(&maru, account, account).await, "refreshToken");
        let second = text(&refresh(&maru, &first).await.expect(200), "refreshToken");
        let third = text(&refresh(&maru, &second).await.expect(200), "refreshToken");
        let sent = [first, second, third.clone()][index].clone();
        assert_eq!(maru.post(PATH, "", &json!({ "refreshToken": sent })).await.status, 204);
        refresh(&maru, &third).await.expect_problem(401, "invalid_refresh_token");
    }
}

/// Whoever knows whose login it is, and which, cannot end it without a token of it.
#[tokio::test]
async fn what_never_was_a_token_of_the_login_ends_nothing() {
    let maru = start().await;
    let token = text(&sign_up(&maru, "maru_1", "마루").await, "refreshToken");
    for wrong in made_up(&token) {
        assert_eq!(maru.post(PATH, "", &json!({ "refreshToken": wrong })).await.status, 204);
    }
    refresh(&maru, &token).await.expect(200);
}

/// Nobody is refused: whoever has no login is logged out already. Other people's logins are not touched.
#[tokio::test]
async fn refuses_whoever_sends_something_else_than_a_token_and_nobody_else() {
    let maru = start().await;
    let token = text(&sign_up(&maru, "maru_1", "마루").await, "refreshToken");
    for other in ["", "x", &"A".repeat(134)] {
        assert_eq!(maru.post(PATH, "", &json!({ "refreshToken": other })).await.status, 204);
    }
    maru.post(PATH, "", &json!({ "user": "usr_1" })).await.expect_problem(400, "invalid_body");
    refresh(&maru, &token).await.expect(200);
}
