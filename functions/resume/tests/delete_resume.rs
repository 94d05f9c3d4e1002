use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    OWNER, RESUME, ask, ask_if, expect_not_found_by_another, expect_only_members, patch, table, tag, token,
    with_resume,
};

const PATH: &str = "/resumes/res_1";

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_resume_is_gone_from_every_answer_and_then_from_the_table() {
    let maru = with_resume().await;
    patch(&maru, &json!({ "visibility": "PUBLIC", "template": "star" })).await;
    let deleted = ask(&maru, OWNER, Method::DELETE, PATH, &Value::Null).await;
    assert_eq!(deleted.status, 204);
    assert_eq!(table::card(&maru, RESUME).await["card"], Value::Null);
    for path in [PATH, "/resumes/res_1/versions", "/resumes/res_1/json", "/resumes/res_1/pdf"] {
        maru.get(path, &token(&maru, OWNER)).await.expect_problem(404, "not_found");
    }
    ask(&maru, OWNER, Method::POST, "/resumes/res_1/versions/1/restore", &Value::Null)
        .await
        .expect_problem(404, "not_found");
    ask(&maru, OWNER, Method::DELETE, PATH, &Value::Null).await.expect_problem(404, "not_found");
    maru.settle().await;
    assert_eq!(table::items(&maru, &format!("RESUME#{OWNER}#{RESUME}")).await, [] as [Value; 0]);
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test]
async fn only_the_resume_that_if_match_names_is_deleted() {
    let maru = with_resume().await;
    let seen = tag(&maru).await;
    patch(&maru, &json!({ "title": "새 제목" })).await;
    let delete = async |tag: &str| ask_if(&maru, OWNER, Method::DELETE, PATH, &Value::Null, Some(tag)).await;
    delete(&seen).await.expect_problem(412, "stale");
    assert_eq!(crate::seen(&maru).await["title"], "새 제목");
    assert_eq!(delete(&tag(&maru).await).await.status, 204);
    maru.get(PATH, &token(&maru, OWNER)).await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn refuses_whoever_is_not_the_owner() {
    let maru = with_resume().await;
    expect_only_members(&maru, Method::DELETE, PATH).await;
    expect_not_found_by_another(&maru, Method::DELETE, PATH, &Value::Null).await;
    maru.get(PATH, &token(&maru, OWNER)).await.expect(200);
}
