//! Deleting an interview.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{OTHER, OWNER, SHOP, about, ask, ended, expect_only_members, questions, saved, seen, setup};

async fn delete(maru: &maru_testing::Maru, member: &str, id: &str) -> maru_testing::Answer {
    ask(maru, member, Method::DELETE, &format!("/interviews/{id}"), &Value::Null).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_interview_is_gone_and_its_questions_may_come_again() {
    let maru = setup().start().await;
    let interview = saved(&maru, SHOP).await;
    let id = interview["id"].as_str().unwrap();
    delete(&maru, OTHER, id).await.expect_problem(404, "not_found");
    delete(&maru, OWNER, id).await.expect(204);
    seen(&maru, id).await.expect_problem(404, "not_found");
    delete(&maru, OWNER, id).await.expect_problem(404, "not_found");
    let list = maru.get("/interviews", &crate::token(&maru, OWNER)).await.expect(200);
    assert_eq!(list["items"], json!([]));

    let texts = |interview: &Value| -> Vec<Value> {
        questions(interview).iter().map(|question| question["question"].clone()).collect()
    };
    let again = ended(&maru, OWNER, &about(&[SHOP])).await;
    assert_eq!(texts(&again["result"]), texts(&interview));
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test]
async fn refuses_whoever_is_not_signed_in() {
    expect_only_members(&setup().start().await, Method::DELETE, "/interviews/int_1").await;
}
