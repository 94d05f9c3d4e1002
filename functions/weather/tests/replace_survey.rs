//! Answering the survey.

use reqwest::Method;
use serde_json::json;

use crate::{OTHER, OWNER, answer, expect_only_members, plain, setup, token};

#[tokio::test(flavor = "multi_thread")]
async fn answers_are_kept_and_replaced_for_their_member_alone() {
    let maru = setup().start().await;
    let kept = answer(&maru, OWNER, &plain()).await.expect(200);
    assert_eq!(kept, json!({ "answers": plain(), "updatedAt": "2026-01-15T15:10:00Z" }));
    let mut others = plain();
    others["sweating"] = json!("MUCH");
    answer(&maru, OWNER, &others).await.expect(200);
    let read = maru.get("/weather/survey", &token(&maru, OWNER)).await.expect(200);
    assert_eq!(read["answers"], others);
    maru.get("/weather/survey", &token(&maru, OTHER)).await.expect_problem(404, "not_found");
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_missing_unknown_or_none_of_the_choices_changes_nothing() {
    let maru = setup().start().await;
    answer(&maru, OWNER, &plain()).await.expect(200);
    let mut missing = plain();
    missing.as_object_mut().unwrap().remove("heat");
    let mut unknown = plain();
    unknown["humid"] = json!("NORMAL");
    let mut other = plain();
    other["wetLimit"] = json!("HAIL");
    for answers in [missing, unknown, other, json!([]), json!(null)] {
        assert_eq!(answer(&maru, OWNER, &answers).await.status, 400, "{answers}");
    }
    let read = maru.get("/weather/survey", &token(&maru, OWNER)).await.expect(200);
    assert_eq!(read["answers"], plain());
}

#[tokio::test]
async fn refuses_whoever_is_not_signed_in() {
    expect_only_members(&setup().start().await, Method::PUT, "/weather/survey").await;
}
