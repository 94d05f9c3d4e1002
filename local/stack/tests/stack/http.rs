//! The HTTP API.

use maru_auth::Role;
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};

use crate::start;

#[tokio::test]
async fn a_request_reaches_its_function_with_path_query_headers_and_body() {
    let (stack, _) = start().await;
    let request = Client::new()
        .post(format!("{}/echo/a%20b%2Fc?q=1&q=%ED%95%9C", stack.url()))
        .header("X-Test", "yes")
        .json(&json!({ "text": "마루" }));
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["cache-control"], "private, no-store");
    let answer: Value = response.json().await.unwrap();
    assert_eq!(
        answer,
        json!({ "name": "a b/c", "q": ["1", "한"], "text": "마루", "header": "yes", "sourceIp": "127.0.0.1",
            "now": "2026-01-01T00:00:00Z" })
    );
}

#[tokio::test]
async fn a_redirect_arrives_with_each_of_its_cookies_and_the_clients_own_reach_the_function() {
    let (stack, _) = start().await;
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let request = client.get(format!("{}/leave", stack.url())).header("Cookie", "other=1; seen=a=b");
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::FOUND);
    assert_eq!(answer.headers()["location"], "https://provider.test/authorize?state=a%20b");
    let cookies: Vec<_> = answer.headers().get_all("set-cookie").iter().collect();
    assert_eq!(
        cookies,
        [
            "state=s1; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Lax",
            "seen=a=b; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Strict",
        ]
    );
}

#[tokio::test]
async fn what_has_no_route_is_not_found_and_what_is_too_large_is_refused() {
    let (stack, _) = start().await;
    for (method, path) in [(Method::GET, "/nothing"), (Method::DELETE, "/echo/x"), (Method::GET, "/echo/x/y")]
    {
        let response = Client::new().request(method, format!("{}{path}", stack.url())).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        assert_eq!(response.json::<Value>().await.unwrap(), json!({ "message": "Not Found" }));
    }
    let large = vec![b' '; 10 * 1024 * 1024 + 1];
    let response = Client::new().post(format!("{}/echo/x", stack.url())).body(large).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_token_of_the_stack_is_accepted_and_another_stacks_is_not() {
    let (stack, _) = start().await;
    let (other, _) = start().await;
    for (tokens, expected) in [(stack.tokens(), StatusCode::OK), (other.tokens(), StatusCode::UNAUTHORIZED)] {
        let token = tokens.issue("usr_1", &[Role::User]).unwrap();
        let request = Client::new().get(format!("{}/guarded", stack.url())).bearer_auth(token);
        assert_eq!(request.send().await.unwrap().status(), expected);
    }
}

#[tokio::test]
async fn a_function_that_panics_hangs_or_is_busy_answers_as_on_aws() {
    let (stack, lab) = start().await;
    let get = |name: &str| Client::new().get(format!("{}/misbehave/{name}", stack.url())).send();
    let answer = get("panic").await.unwrap();
    assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(answer.json::<Value>().await.unwrap(), json!({ "message": "Internal Server Error" }));

    let hanging = tokio::spawn(get("hang"));
    while lab.notes().is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(get("well").await.unwrap().status(), StatusCode::SERVICE_UNAVAILABLE, "one at a time");
    let given_up = hanging.await.unwrap().unwrap();
    assert_eq!(given_up.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(given_up.headers()["content-type"], "application/problem+json", "the function's own answer");
    assert_eq!(get("well").await.unwrap().status(), StatusCode::OK, "free again");

    let report = stack.parts().functions().into_iter().find(|function| function.name == "misbehave").unwrap();
    assert_eq!((report.invocations, report.errors), (4, 2));
    assert!(report.last_error.unwrap().contains("concurrent executions"));
}

#[tokio::test]
async fn pages_of_allowed_origins_may_call_and_others_may_not() {
    let (stack, _) = start().await;
    let preflight = |origin: &str| {
        Client::new()
            .request(Method::OPTIONS, format!("{}/echo/x", stack.url()))
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "POST")
            .send()
    };
    let allowed = preflight("https://app.test").await.unwrap();
    assert_eq!(allowed.status(), StatusCode::NO_CONTENT);
    assert_eq!(allowed.headers()["access-control-allow-origin"], "https://app.test");
    assert_eq!(allowed.headers()["access-control-allow-methods"], "GET,POST");
    assert!(
        !preflight("https://evil.test").await.unwrap().headers().contains_key("access-control-allow-origin")
    );
    let request = Client::new().get(format!("{}/echo/x", stack.url())).header("Origin", "https://app.test");
    let answer = request.send().await.unwrap();
    assert_eq!(answer.headers()["access-control-allow-origin"], "https://app.test");
}
