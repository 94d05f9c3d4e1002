//! Asking for feedback.

use std::collections::BTreeSet;

use futures::future::join_all;
use maru_testing::{Answer, Maru};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{OTHER, OWNER, SHOP, ask, expect_only_members, questions, saved, setup};

/// The path of the feedback on an interview, and the ids of its questions.
pub async fn answerable(maru: &Maru) -> (String, Vec<String>) {
    let interview = saved(maru, SHOP).await;
    let path = format!("/interviews/{}/feedback", interview["id"].as_str().unwrap());
    let ids = questions(&interview).iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect();
    (path, ids)
}

/// These answers to these questions.
pub fn answers(given: &[(&str, &str)]) -> Value {
    let answer = |(id, answer): &(&str, &str)| json!({ "questionId": id, "answer": answer });
    json!({ "answers": given.iter().map(answer).collect::<Vec<_>>() })
}

async fn post(maru: &Maru, path: &str, body: &Value) -> Answer {
    ask(maru, OWNER, Method::POST, path, body).await
}

#[tokio::test(flavor = "multi_thread")]
async fn feedback_is_a_job_and_ten_equal_clicks_are_one() {
    let maru = setup().start().await;
    let (path, ids) = answerable(&maru).await;
    let body = answers(&[(&ids[0], "조회가 많아서 캐시를 두었습니다.")]);
    let answers = join_all((0..10).map(|_| post(&maru, &path, &body))).await;
    let links: Vec<Value> = answers.into_iter().map(|answer| answer.expect(202)["job"].clone()).collect();
    let ids: BTreeSet<&str> = links.iter().map(|link| link["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 1);
    assert_eq!(json!([links[0]["kind"]]), json!(["interview.feedback"]));
    assert!(links[0]["resultUrl"].as_str().unwrap().starts_with("/interviews/int_"), "{links:#?}");
    maru.settle().await;
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_answer_is_refused_where_it_is_wrong() {
    let maru = setup().start().await;
    let (path, ids) = answerable(&maru).await;
    let long = "가".repeat(4_001);
    for (body, pointer) in [
        (answers(&[]), "/answers"),
        (answers(&[(&ids[0], "가"), (&ids[0], "나")]), "/answers"),
        (answers(&[(&ids[0], &long)]), "/answers/0/answer"),
        (answers(&[(&ids[0], "가"), ("", "나")]), "/answers/1/questionId"),
    ] {
        let answer = post(&maru, &path, &body).await;
        assert_eq!(answer.json["errors"][0]["pointer"], pointer, "{answer:#?}");
        answer.expect_problem(400, "invalid_body");
    }
    let unknown = post(&maru, &path, &answers(&[(&ids[0], "가"), ("qst_none_1", "나")])).await;
    assert_eq!(unknown.json["errors"][0]["pointer"], "/answers/1/questionId", "{unknown:#?}");
    unknown.expect_problem(400, "unknown_question");
    post(&maru, &path, &answers(&[(&ids[0], &"가".repeat(4_000))])).await.expect(202);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_members_interview_is_not_found() {
    let maru = setup().start().await;
    let (path, ids) = answerable(&maru).await;
    let body = answers(&[(&ids[0], "가")]);
    ask(&maru, OTHER, Method::POST, &path, &body).await.expect_problem(404, "not_found");
    post(&maru, "/interviews/int_none/feedback", &body).await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn refuses_whoever_is_not_signed_in() {
    expect_only_members(&setup().start().await, Method::POST, "/interviews/int_1/feedback").await;
}
