//! The demo users: members like others, so that they have a nickname when they like or comment.

use std::error::Error;

use maru_stack::Stack;
use reqwest::{Client, Method};
use serde_json::{Value, json};

/// What a member is called who has not chosen a nickname begins with this.
const NAMELESS: &str = "회원";

/// Lets each demo user look at their profile, which makes them a member, and choose a nickname the first time.
pub async fn introduce(stack: &Stack) -> Result<(), Box<dyn Error>> {
    let tokens = stack.tokens().demo(None)?;
    let users = [
        (tokens.user, "하늘"),
        (tokens.other_user, "바다"),
        (tokens.lecturer, "강사"),
        (tokens.admin, "운영자"),
    ];
    for (token, nickname) in users {
        let me = ask(stack, Method::GET, "/me", &token, None).await?;
        if me["nickname"].as_str().is_some_and(|nickname| nickname.starts_with(NAMELESS)) {
            // Somebody else may have it by now; then the member keeps the number.
            let chosen = Some(json!({ "nickname": nickname }));
            ask(stack, Method::PATCH, "/me", &token, chosen).await?;
        }
    }
    Ok(())
}

/// A request to the API, and the JSON of its answer, whatever its status.
pub(crate) async fn ask(
    stack: &Stack,
    method: Method,
    path: &str,
    token: &str,
    body: Option<Value>,
) -> reqwest::Result<Value> {
    let request = Client::new().request(method, format!("{}{path}", stack.url())).bearer_auth(token);
    let request = body.iter().fold(request, reqwest::RequestBuilder::json);
    request.send().await?.json().await
}
