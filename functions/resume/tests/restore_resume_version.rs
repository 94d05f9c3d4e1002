use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_testing::Answer;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    OWNER, RESUME, ask, ask_if, expect_not_found_by_another, expect_only_members, patch, table, with_resume,
};

const PATH: &str = "/resumes/res_1/versions/1/restore";

/// The JSON text of a version's document as it is stored.
async fn stored(maru: &maru_testing::Maru, version: u64) -> String {
    let items = table::items(maru, &format!("RESUME#{OWNER}#{RESUME}")).await;
    let key = format!("DOCUMENT#{version:010}");
    let item = items.into_iter().find(|item| item["sk"] == key.as_str());
    item.unwrap()["document"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_restored_version_is_the_earlier_one_byte_for_byte() {
    let maru = with_resume().await;
    patch(&maru, &json!({ "template": "star", "visibility": "PUBLIC" })).await;
    let restored = ask(&maru, OWNER, Method::POST, PATH, &Value::Null).await.expect(200);
    assert_eq!(json!([restored["version"], restored["template"]]), json!([3, "basic"]));
    assert_eq!(stored(&maru, 3).await, stored(&maru, 1).await);
    // What its owner decided about it stays, and everybody sees the restored one.
    assert_eq!(restored["visibility"], "PUBLIC");
    assert_eq!(table::public_document(&maru, RESUME).await["template"], "basic");
}

#[tokio::test]
async fn a_version_that_is_not_there_is_not_found() {
    let maru = with_resume().await;
    for version in ["2", "0", "-1", "x", "99999999999999999999"] {
        let path = format!("/resumes/res_1/versions/{version}/restore");
        ask(&maru, OWNER, Method::POST, &path, &Value::Null).await.expect_problem(404, "not_found");
    }
}

#[tokio::test]
async fn the_version_that_stands_is_not_made_again() {
    let maru = with_resume().await;
    patch(&maru, &json!({ "template": "star" })).await;
    patch(&maru, &json!({ "template": "basic" })).await;
    let tag = crate::tag(&maru).await;
    for version in [1, 3] {
        let path = format!("/resumes/res_1/versions/{version}/restore");
        let answer = ask(&maru, OWNER, Method::POST, &path, &Value::Null).await;
        assert_eq!(answer.headers["etag"], tag.as_str());
        assert_eq!(answer.expect(200)["version"], 3);
    }
    let versions = maru.get("/resumes/res_1/versions", &crate::token(&maru, OWNER)).await.expect(200);
    assert_eq!(versions["items"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn one_key_restores_once_and_a_stale_tag_not_at_all() {
    let maru = with_resume().await;
    patch(&maru, &json!({ "template": "star" })).await;
    let once = || {
        maru.request(Method::POST, PATH, &crate::token(&maru, OWNER)).header("idempotency-key", "k1").send()
    };
    for _ in 0..2 {
        assert_eq!(once().await.unwrap().json::<Value>().await.unwrap()["version"], 3);
    }
    ask_if(&maru, OWNER, Method::POST, PATH, &Value::Null, Some("\"1\"")).await.expect_problem(412, "stale");
}

#[tokio::test]
async fn refuses_whoever_is_not_the_owner() {
    let maru = with_resume().await;
    expect_only_members(&maru, Method::POST, PATH).await;
    expect_not_found_by_another(&maru, Method::POST, PATH, &Value::Null).await;
}

#[tokio::test]
async fn a_restoration_that_was_not_answered_is_answered_to_the_repetition() {
    for tag in [None, Some("\"2\"")] {
        let maru = with_resume().await;
        patch(&maru, &json!({ "template": "star" })).await;
        let once = async || {
            let mut request = maru.request(Method::POST, PATH, &crate::token(&maru, OWNER));
            if let Some(tag) = tag {
                request = request.header("if-match", tag);
            }
            Answer::read(request.header("idempotency-key", "k1").send().await.unwrap()).await
        };
        let lost = Fault::new(FaultTarget::Database, FaultKind::LostAnswer, 20);
        maru.stack.parts().faults.push(lost.of_operation("TransactWriteItems"));
        once().await.expect_problem(503, "unavailable");
        maru.stack.parts().faults.clear();
        let restored = once().await.expect(200);
        assert_eq!(json!([restored["version"], restored["template"]]), json!([3, "basic"]), "{tag:?}");
        ask_if(&maru, OWNER, Method::POST, PATH, &Value::Null, Some("\"2\""))
            .await
            .expect_problem(412, "stale");
    }
}
