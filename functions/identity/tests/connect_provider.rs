//! `POST /me/connections/{provider}`.

use maru_testing::Maru;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{expect_only_members, member, signed_in, start, table, text};
use maru_testing::browser::{Browser, location, parameter};

const PATH: &str = "/me/connections/github";

/// Asks to connect, signs in at GitHub as `account` in the same browser, and gives where the app is entered.
async fn connect(maru: &Maru, token: &str, account: &str) -> String {
    let mut browser = Browser::new(maru);
    let page = begin(&mut browser, token).await;
    let back = browser.choose(&page, account).await;
    location(&browser.get(&back).await)
}

/// Asks to connect; the browser has the cookie then.
async fn begin(browser: &mut Browser<'_>, token: &str) -> String {
    let body = json!({ "returnTo": "/settings" });
    text(&browser.ask_as(token, Method::POST, PATH, Some(&body)).await.expect(200), "url")
}

async fn me(maru: &Maru, token: &str) -> Value {
    maru.get("/me", token).await.expect(200)
}

#[tokio::test]
async fn a_member_with_a_password_connects_github_and_signs_in_with_either() {
    let maru = start().await;
    let token = member(&maru, "maru_1", "마루").await;
    let app = connect(&maru, &token, "minseo-kim").await;
    assert_eq!(app, format!("{}/settings?connected=github", maru.stack.url()));
    let connected = me(&maru, &token).await;
    assert_eq!(connected["connections"][0]["login"], "minseo-kim");
    assert_eq!(connected["nickname"], "마루");
    let (_, tokens) = signed_in(&maru, "github", "minseo-kim").await;
    assert_eq!(tokens["newMember"], false);
    assert_eq!(me(&maru, &text(&tokens, "accessToken")).await["id"], connected["id"]);
}

#[tokio::test]
async fn connecting_twice_changes_nothing_and_tells_of_the_new_token() {
    let maru = start().await;
    crate::without_bus(&maru);
    let token = member(&maru, "maru_1", "마루").await;
    connect(&maru, &token, "minseo-kim").await;
    let first = me(&maru, &token).await;
    connect(&maru, &token, "minseo-kim").await;
    assert_eq!(me(&maru, &token).await, first);
    assert_eq!(table::waiting(&maru, "member.github_connected").await.len(), 2);
}

#[tokio::test]
async fn an_account_there_belongs_to_one_member_here_and_a_member_has_one_there() {
    let maru = start().await;
    let (first, second) = (member(&maru, "maru_1", "마루").await, member(&maru, "maru_2", "미루").await);
    connect(&maru, &first, "minseo-kim").await;
    let refused = connect(&maru, &second, "minseo-kim").await;
    assert_eq!(parameter(&refused, "error").as_deref(), Some("already_connected"));
    assert_eq!(me(&maru, &second).await["connections"], json!([]));
}

/// Two people have the same verified address at two providers; nothing joins them by itself.
#[tokio::test]
async fn an_address_in_common_connects_nobody() {
    let maru = start().await;
    let (_, github) = signed_in(&maru, "github", "minseo-kim").await;
    let github = me(&maru, &text(&github, "accessToken")).await;
    let token = member(&maru, "maru_1", "마루").await;
    crate::patch(&maru, &token, &json!({ "email": github["email"] })).await.expect(200);
    let (_, again) = signed_in(&maru, "github", "minseo-kim").await;
    assert_eq!(me(&maru, &text(&again, "accessToken")).await["id"], github["id"]);
    assert_eq!(me(&maru, &token).await["connections"], json!([]));
}

#[tokio::test]
async fn somebody_who_is_lured_to_the_page_connects_nothing_to_the_one_who_lured() {
    let maru = start().await;
    let token = member(&maru, "maru_1", "마루").await;
    let mut thief = Browser::new(&maru);
    let page = begin(&mut thief, &token).await;
    let mut victim = Browser::new(&maru);
    let back = victim.choose(&page, "minseo-kim").await;
    let app = location(&victim.get(&back).await);
    assert_eq!(parameter(&app, "error").as_deref(), Some("login_expired"));
    assert_eq!(me(&maru, &token).await["connections"], json!([]));
}

#[tokio::test]
async fn a_login_that_is_under_way_in_another_tab_goes_on() {
    let maru = start().await;
    let token = member(&maru, "maru_1", "마루").await;
    let mut browser = Browser::new(&maru);
    let sign_in = browser.begin("kakao").await;
    let connect = begin(&mut browser, &token).await;
    for (page, account, word) in [(sign_in, "4100000001", "code"), (connect, "minseo-kim", "connected")] {
        let back = browser.choose(&page, account).await;
        let app = location(&browser.get(&back).await);
        assert!(parameter(&app, word).is_some(), "{app}");
    }
    assert_eq!(me(&maru, &token).await["connections"][0]["provider"], "github");
}

#[tokio::test]
async fn refuses_whoever_is_no_member() {
    let maru = start().await;
    expect_only_members(&maru, Method::POST, PATH).await;
    let token = member(&maru, "maru_1", "마루").await;
    maru.post("/me/connections/google", &token, &json!({})).await.expect_problem(404, "not_found");
    let elsewhere = json!({ "returnTo": "//evil.example" });
    maru.post(PATH, &token, &elsewhere).await.expect_problem(400, "invalid_body");
}
