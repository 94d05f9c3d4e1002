//! `GET /hub/resumes/{resumeId}`.

use std::time::Duration;

use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_testing::Maru;
use serde_json::{Value, json};

use crate::publishing::{Resume, publish, withdraw_quietly};
use crate::{is_called, like, setup, token, view, with_one};

const PATH: &str = "/hub/resumes/res_1";

#[tokio::test(flavor = "multi_thread")]
async fn a_resume_comes_with_its_document_without_contact_details() {
    let maru = with_one().await;
    is_called(&maru, "usr_owner", 1, "마루").await;
    like(&maru, "usr_a", "res_1").await.expect(200);
    let seen = view(&maru, "usr_a", "res_1").await;
    assert_eq!(
        (&seen["id"], &seen["owner"], &seen["liked"]),
        (&json!("res_1"), &json!({ "nickname": "마루" }), &json!(true))
    );
    assert_eq!((&seen["likes"], &seen["views"], &seen["comments"]), (&json!(1), &json!(1), &json!(0)));
    assert_eq!(seen["document"]["summary"][0]["text"], "결제 재시도를 만들었다.");
    assert_eq!(seen["document"]["basics"], json!({ "name": "김마루" }));
    let everything = [maru.get(PATH, "").await.text, maru.get("/hub/resumes", "").await.text];
    assert!(!everything.iter().any(|text| text.contains("maru@example.com") || text.contains("1234")));
}

#[tokio::test(flavor = "multi_thread")]
async fn contact_details_are_seen_when_their_owner_allows_it_and_until_then() {
    let maru = with_one().await;
    publish(&maru, &Resume { contact: true, version: 2, ..Resume::new("res_1", "usr_owner") }).await;
    let basics = maru.get(PATH, "").await.expect(200)["document"]["basics"].clone();
    assert_eq!((&basics["email"], &basics["phone"]), (&json!("maru@example.com"), &json!("010-1234-5678")));
    assert!(!maru.get("/hub/resumes", "").await.text.contains("maru@example.com"), "no list has them");
    publish(&maru, &Resume { version: 3, ..Resume::new("res_1", "usr_owner") }).await;
    assert!(!maru.get(PATH, "").await.text.contains("maru@example.com"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_private_withdrawn_or_unknown_is_not_found_and_not_counted() {
    let maru = with_one().await;
    withdraw_quietly(&maru, "res_1").await;
    maru.get(PATH, &token(&maru, "usr_a")).await.expect_problem(404, "not_found");
    maru.get(PATH, &token(&maru, "usr_owner")).await.expect_problem(404, "not_found");
    maru.get("/hub/resumes/res_unknown", "").await.expect_problem(404, "not_found");
    maru.get(&format!("/hub/resumes/{}", "x".repeat(101)), "").await.expect_problem(404, "not_found");
    publish(&maru, &Resume { version: 1_001, ..Resume::new("res_1", "usr_owner") }).await;
    assert_eq!(view(&maru, "usr_b", "res_1").await["views"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_counts_once_per_viewer_and_hour_by_the_clock() {
    let maru = with_one().await;
    let views = async |member: &str| view(&maru, member, "res_1").await["views"].clone();
    let pass = |seconds| maru.stack.clock().advance(Duration::from_secs(seconds));
    assert_eq!(views("usr_a").await, 1);
    assert_eq!(views("usr_a").await, 1);
    assert_eq!(views("usr_b").await, 2, "another viewer");
    pass(3_599);
    assert_eq!(views("usr_a").await, 2, "a second before the hour is over");
    pass(1);
    assert_eq!(views("usr_a").await, 3, "an hour after the one that counted");
    pass(3_599);
    assert_eq!(views("usr_a").await, 3, "the hour begins with the view that counts");
    assert_eq!(views("usr_b").await, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_is_known_by_the_address() {
    let maru = with_one().await;
    let views = async |address: &str| guest_at(&maru, address).await["views"].clone();
    assert_eq!(views("192.0.2.1").await, 1);
    assert_eq!(views("192.0.2.1").await, 1);
    assert_eq!(views("192.0.2.2").await, 2);
    assert_eq!(views("2001:db8::1").await, 3);
    assert_eq!(views("2001:db8::2").await, 3, "the same network");
    assert_eq!(view(&maru, "usr_a", "res_1").await["views"], 4, "an account, wherever it is");
}

/// A resume as a guest from an address sees it.
async fn guest_at(maru: &Maru, address: &str) -> Value {
    let event = json!({
        "version": "2.0", "routeKey": "GET /hub/resumes/{resumeId}", "rawPath": PATH, "rawQueryString": "",
        "headers": {}, "pathParameters": { "resumeId": "res_1" }, "isBase64Encoded": false,
        "requestContext": {
            "http": { "method": "GET", "path": PATH, "protocol": "HTTP/1.1", "sourceIp": address, "userAgent": "" },
            "requestId": "r", "stage": "$default", "timeEpoch": 0,
        },
    });
    let answer = maru.stack.invoke("get_hub_resume", event).await.unwrap();
    let maru_lambda::Answer::Value(answer) = answer else { panic!("a stream") };
    assert_eq!(answer["statusCode"], 200, "{answer}");
    serde_json::from_str(answer["body"].as_str().unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn many_viewers_at_once_are_all_counted() {
    let maru = with_one().await;
    let viewers: Vec<String> = (0..50).map(|number| format!("usr_{}", number % 25)).collect();
    futures::future::join_all(viewers.iter().map(|viewer| view(&maru, viewer, "res_1"))).await;
    assert_eq!(view(&maru, "usr_0", "res_1").await["views"], 25);
}

#[tokio::test]
async fn refuses_whoever_sends_a_bad_token_and_unknown_parameters() {
    let maru = setup().start().await;
    maru.get(PATH, "not.a.token").await.expect_problem(401, "unauthenticated");
    maru.get(&format!("{PATH}?verbose=1"), "").await.expect_problem(400, "invalid_query");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_whose_count_is_answered_by_nobody_counts_once() {
    let maru = with_one().await;
    let lost = Fault::new(FaultTarget::Database, FaultKind::LostAnswer, 1).of_operation("UpdateItem");
    maru.stack.parts().faults.push(lost);
    assert_eq!(view(&maru, "usr_a", "res_1").await["views"], 1);
    assert!(maru.stack.parts().faults.pending().is_empty());
    assert_eq!(view(&maru, "usr_b", "res_1").await["views"], 2);
}
