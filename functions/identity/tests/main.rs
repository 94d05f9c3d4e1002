//! The functions of the domain, a module each, through a local stack with the sandboxes of GitHub and Kakao.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test panics where it cannot go on")]

mod complete_login;
mod connect_provider;
mod create_image_upload;
mod delete_me;
mod exchange_login_code;
mod get_image;
mod get_me;
mod get_nickname;
mod login;
mod logout;
mod on_member_deleted_for_identity;
mod on_plan_changed_for_identity;
mod refresh_tokens;
mod signup;
mod start_login;
mod table;
mod update_me;

use std::time::Duration;

use maru_testing::{Answer, Browser, Maru, Setup};
use reqwest::Method;
use serde_json::{Value, json};

const PASSWORD: &str = "correct horse 배터리";

/// A stack of the domain, on a clock that stands still: 2026-01-16 at 00:10 in Seoul.
async fn start() -> Maru {
    Setup::new(vec![identity::FUNCTIONS]).frozen().start().await
}

fn advance(maru: &Maru, seconds: u64) {
    maru.stack.clock().advance(Duration::from_secs(seconds));
}

/// What a sign-up asks for.
fn chosen(account: &str, nickname: &str) -> Value {
    json!({ "account": account, "nickname": nickname, "password": PASSWORD })
}

/// Signs somebody up and gives the answer: their tokens.
async fn sign_up(maru: &Maru, account: &str, nickname: &str) -> Value {
    maru.post("/auth/signup", "", &chosen(account, nickname)).await.expect(201)
}

/// The access token of somebody who has just signed up.
async fn member(maru: &Maru, account: &str, nickname: &str) -> String {
    text(&sign_up(maru, account, nickname).await, "accessToken")
}

fn text(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_else(|| panic!("no {field} in {value:#}")).to_owned()
}

async fn patch(maru: &Maru, token: &str, body: &Value) -> Answer {
    Answer::read(maru.request(Method::PATCH, "/me", token).json(body).send().await.unwrap()).await
}

async fn delete_me(maru: &Maru, token: &str) -> Answer {
    Answer::read(maru.request(Method::DELETE, "/me", token).send().await.unwrap()).await
}

async fn refresh(maru: &Maru, token: &str) -> Answer {
    maru.post("/auth/refresh", "", &json!({ "refreshToken": token })).await
}

/// Checks that only members may call, whatever is wrong with the rest of the request.
async fn expect_only_members(maru: &Maru, method: Method, path: &str) {
    for token in ["", "not.a.token"] {
        let request = maru.request(method.clone(), &format!("{path}?unknown=1"), token);
        Answer::read(request.json(&json!({ "x": 1 })).send().await.unwrap())
            .await
            .expect_problem(401, "unauthenticated");
    }
}

/// A browser in which somebody has just signed in, and the answer with their tokens.
async fn signed_in<'a>(maru: &'a Maru, provider: &str, account: &str) -> (Browser<'a>, Value) {
    let mut browser = Browser::new(maru);
    let code = browser.sign_in(provider, account).await;
    let tokens = browser.post("/auth/token", &json!({ "code": code })).await.expect(200);
    (browser, tokens)
}

/// From now on nothing gets onto the bus: what is said stays in the outbox, where a test can read it.
fn without_bus(maru: &Maru) {
    use maru_stack::faults::{Fault, FaultKind, FaultTarget};
    maru.stack.parts().faults.push(Fault::new(FaultTarget::Events, FaultKind::Error, u32::MAX));
}
