//! Requests that are refused, each with nothing done.

use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use serde_json::json;

use super::{answer, model_calls, published, request};
use crate::expect_only_lecturers;
use crate::night::setup;

#[tokio::test]
async fn refuses_whoever_is_no_lecturer_and_says_that_nothing_is_published_yet() {
    let maru = setup().start().await;
    expect_only_lecturers(&maru, Method::POST, "/consulting/reports").await;
    answer(request(&maru, "lecturer-a")).await.expect_problem(404, "nothing_published");
}

#[tokio::test]
async fn refuses_a_body_that_it_does_not_understand() {
    let maru = published().await;
    let ask = || request(&maru, "lecturer-a");
    for (body, code, pointer) in [
        (r#"{"colour":"red"}"#, "invalid_body", "/colour"),
        (r#"{"language":"fr"}"#, "invalid_body", "/language"),
        (r#"{"language":null}"#, "invalid_body", "/language"),
        ("[]", "invalid_body", ""),
        ("{", "invalid_json", ""),
        ("{} {}", "invalid_json", ""),
    ] {
        let refusal = answer(ask().header(CONTENT_TYPE, "application/json").body(body)).await;
        assert_eq!(refusal.json["errors"][0]["pointer"], pointer, "{body}");
        refusal.expect_problem(400, code);
    }
    for media_type in ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=euc-kr"]
    {
        let refusal = answer(ask().header(CONTENT_TYPE, media_type).body("{}")).await;
        refusal.expect_problem(415, "unsupported_media_type");
    }
    let long = json!({ "language": "x".repeat(2_000_000) });
    answer(ask().json(&long)).await.expect_problem(413, "body_too_large");
    expect_nothing_done(&maru).await;
}

#[tokio::test]
async fn refuses_a_broken_idempotency_key_and_one_that_is_used_for_something_else() {
    let maru = published().await;
    let ask = |key: &str| request(&maru, "lecturer-a").header("idempotency-key", key);
    for broken in ["", "two words", "한글", &"x".repeat(256)] {
        answer(ask(broken)).await.expect_problem(400, "invalid_idempotency_key");
    }
    expect_nothing_done(&maru).await;
    drop(answer(ask("k").json(&json!({ "language": "ko" }))).await.expect(202));
    answer(ask("k").json(&json!({ "language": "en" }))).await.expect_problem(422, "idempotency_mismatch");
}

async fn expect_nothing_done(maru: &maru_testing::Maru) {
    maru.settle().await;
    let list = maru.get("/consulting/reports", &maru.lecturer("lecturer-a")).await.expect(200);
    assert_eq!((&list["items"], model_calls(maru)), (&json!([]), 0));
}
