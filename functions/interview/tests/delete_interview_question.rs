//! Deleting one question.

use futures::future::join_all;
use reqwest::Method;
use serde_json::Value;

use crate::{OTHER, OWNER, SHOP, ask, expect_only_members, questions, saved, seen, setup};

async fn delete(maru: &maru_testing::Maru, member: &str, path: &str) -> maru_testing::Answer {
    ask(maru, member, Method::DELETE, path, &Value::Null).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_question_leaves_the_others() {
    let maru = setup().start().await;
    let interview = saved(&maru, SHOP).await;
    let id = interview["id"].as_str().unwrap();
    let all = questions(&interview);
    let path = |number: usize| format!("/interviews/{id}/questions/{}", all[number]["id"].as_str().unwrap());
    delete(&maru, OTHER, &path(1)).await.expect_problem(404, "not_found");
    delete(&maru, OWNER, &path(1)).await.expect(204);
    delete(&maru, OWNER, &path(1)).await.expect_problem(404, "not_found");
    let left = seen(&maru, id).await.expect(200);
    assert_eq!(questions(&left), [all[0].clone(), all[2].clone()]);
    assert_eq!(left["questionCount"], 2);
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_ten_delete_at_once_is_deleted_once() {
    let maru = setup().start().await;
    let interview = saved(&maru, SHOP).await;
    let id = interview["id"].as_str().unwrap();
    let path = format!("/interviews/{id}/questions/{}", questions(&interview)[0]["id"].as_str().unwrap());
    let answers = join_all((0..10).map(|_| delete(&maru, OWNER, &path))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 204).count(), 1);
    assert_eq!(seen(&maru, id).await.expect(200)["questionCount"], 2);
}

#[tokio::test]
async fn refuses_whoever_is_not_signed_in() {
    let maru = setup().start().await;
    expect_only_members(&maru, Method::DELETE, "/interviews/int_1/questions/qst_1").await;
}
