//! Reading an interview.

use reqwest::Method;
use serde_json::json;

use crate::{OTHER, SHOP, ask, ended, expect_only_members, saved, seen, setup};

#[tokio::test(flavor = "multi_thread")]
async fn an_interview_has_its_questions_with_what_they_are_about() {
    let maru = setup().start().await;
    let interview = saved(&maru, SHOP).await;
    assert_eq!(
        json!([interview["job"], interview["career"], interview["language"], interview["questionCount"]]),
        json!(["BACKEND", "JUNIOR", "ko", 3])
    );
    let questions = crate::questions(&interview);
    assert_eq!(questions.len(), 3);
    for question in questions {
        assert!(question["id"].as_str().unwrap().starts_with("qst_"), "{question:#}");
        assert!(SHOP.contains(question["about"].as_str().unwrap()), "{question:#}");
        assert_eq!(question["feedback"], json!(null));
    }
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_members_interview_and_one_that_is_not_there_are_not_found() {
    let maru = setup().start().await;
    let id = saved(&maru, SHOP).await["id"].as_str().unwrap().to_owned();
    ask(&maru, OTHER, Method::GET, &format!("/interviews/{id}"), &json!(null))
        .await
        .expect_problem(404, "not_found");
    seen(&maru, "int_none").await.expect_problem(404, "not_found");
    seen(&maru, &"x".repeat(101)).await.expect_problem(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_guest_is_in_any_history() {
    let maru = setup().start().await;
    let job = ended(&maru, "", &crate::about(&[SHOP])).await;
    assert_eq!(json!([job["status"], job["result"]["interviewId"]]), json!(["succeeded", null]));
    let list = maru.get("/interviews", &crate::token(&maru, crate::OWNER)).await.expect(200);
    assert_eq!(list["items"], json!([]));
}

#[tokio::test]
async fn refuses_whoever_is_not_signed_in() {
    expect_only_members(&setup().start().await, Method::GET, "/interviews/int_1").await;
}
