//! Taking proposals: what changes, what does not, and what is refused.

use std::sync::Arc;

use futures::future::join_all;
use maru_testing::{Maru, Script};
use reqwest::Method;
use serde_json::{Value, json};

use crate::create_resume_edit::{edit, post};
use crate::{
    OWNER, RESUME, ask, ask_if, document, expect_not_found_by_another, expect_only_members, patch, seen,
    setup, table, token,
};

/// A stack with the owner's resume and a model that proposes these replacements, one after the other.
pub async fn editing(replacements: &[&str]) -> (Maru, Arc<Script>) {
    let answers: Vec<Value> = replacements.iter().map(|text| json!({ "replacement": text })).collect();
    let script = Script::of(&answers);
    let maru = setup().model(script.model().await).start().await;
    table::put_resume(&maru, OWNER, RESUME, &document()).await;
    (maru, script)
}

/// Asks for an edit and waits for its proposal; where it is.
pub async fn proposed(maru: &Maru) -> String {
    let job = post(maru, &edit("풀어서")).await.expect(202)["job"].clone();
    maru.settle().await;
    let ended =
        maru.get(&format!("/jobs/{}", job["id"].as_str().unwrap()), &token(maru, OWNER)).await.expect(200);
    assert_eq!(ended["status"], "succeeded", "{ended:#}");
    job["resultUrl"].as_str().unwrap().to_owned()
}

async fn apply(maru: &Maru, proposal: &str) -> maru_testing::Answer {
    ask(maru, OWNER, Method::POST, &format!("{proposal}/apply"), &Value::Null).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_proposed_stands_in_place_of_the_selection_and_all_else_is_as_it_was() {
    let (maru, _script) = editing(&["다시 시도하는 횟수를"]).await;
    let proposal = proposed(&maru).await;
    let applied = apply(&maru, &proposal).await.expect(200);
    let mut expected = document();
    expected["projects"][0]["roles"][1]["text"] = json!("다시 시도하는 횟수를 3회로 줄였다.");
    assert_eq!((&applied["document"], &applied["version"]), (&expected, &json!(2)));
    assert_eq!(seen(&maru).await, applied);
    let versions = maru.get("/resumes/res_1/versions", &token(&maru, OWNER)).await.expect(200);
    assert_eq!(versions["items"][0]["cause"]["kind"], "edited");
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_has_moved_is_409_and_stays() {
    let (maru, _script) = editing(&["다시 시도하는 횟수를"]).await;
    let proposal = proposed(&maru).await;
    let mut moved = document();
    moved["projects"][0]["roles"][1]["text"] = json!("그리고 재시도를 3회로 줄였다.");
    let body = json!({ "document": moved });
    ask_if(&maru, OWNER, Method::PUT, "/resumes/res_1", &body, Some("*")).await.expect(200);
    apply(&maru, &proposal).await.expect_problem(409, "selection_moved");
    // Also when the text is gone altogether.
    moved["projects"][0]["roles"] = json!([]);
    let body = json!({ "document": moved });
    ask_if(&maru, OWNER, Method::PUT, "/resumes/res_1", &body, Some("*")).await.expect(200);
    apply(&maru, &proposal).await.expect_problem(409, "selection_moved");
    assert_eq!(seen(&maru).await["version"], 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_change_of_the_document_does_not_stand_in_the_way() {
    let (maru, _script) = editing(&["다시 시도하는 횟수를"]).await;
    let proposal = proposed(&maru).await;
    patch(&maru, &json!({ "template": "star", "title": "새 제목" })).await;
    let applied = apply(&maru, &proposal).await.expect(200);
    assert_eq!(applied["document"]["projects"][0]["roles"][1]["text"], "다시 시도하는 횟수를 3회로 줄였다.");
    assert_eq!(applied["document"]["template"], "star");
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_clicks_at_once_apply_it_once() {
    let (maru, _script) = editing(&["다시 시도하는 횟수를"]).await;
    let proposal = proposed(&maru).await;
    for answer in join_all((0..10).map(|_| apply(&maru, &proposal))).await {
        assert_eq!(answer.expect(200)["version"], 2);
    }
    assert_eq!(apply(&maru, &proposal).await.expect(200)["version"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proposal_of_what_stands_there_makes_no_version() {
    let (maru, _script) = editing(&["재시도를"]).await;
    let proposal = proposed(&maru).await;
    let tag = crate::tag(&maru).await;
    for _ in 0..2 {
        let answer = apply(&maru, &proposal).await;
        assert_eq!(answer.headers["etag"], tag.as_str());
        assert_eq!(answer.expect(200)["version"], 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stale_tag_and_an_unknown_edit_are_refused() {
    let (maru, _script) = editing(&["다시 시도하는 횟수를"]).await;
    let path = format!("{}/apply", proposed(&maru).await);
    ask_if(&maru, OWNER, Method::POST, &path, &Value::Null, Some("\"9\"")).await.expect_problem(412, "stale");
    ask(&maru, OWNER, Method::POST, "/resumes/res_1/edits/edt_0/apply", &Value::Null)
        .await
        .expect_problem(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_is_not_the_owner() {
    let (maru, _script) = editing(&["다시 시도하는 횟수를"]).await;
    let path = format!("{}/apply", proposed(&maru).await);
    expect_only_members(&maru, Method::POST, &path).await;
    expect_not_found_by_another(&maru, Method::POST, &path, &Value::Null).await;
    assert_eq!(seen(&maru).await["version"], 1);
}
