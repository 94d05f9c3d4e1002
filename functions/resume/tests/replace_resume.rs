use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    OWNER, ask, ask_if, document, expect_not_found_by_another, expect_only_members, patch, seen, table, tag,
    with_resume,
};

const PATH: &str = "/resumes/res_1";

fn titled(summary: &str) -> Value {
    let mut changed = document();
    changed["summary"] = json!([{ "text": summary, "evidence": [] }]);
    json!({ "document": changed })
}

#[tokio::test]
async fn a_replacement_is_a_new_version_under_a_new_tag() {
    let maru = with_resume().await;
    let answer = ask_if(&maru, OWNER, Method::PUT, PATH, &titled("새 소개"), Some(&tag(&maru).await)).await;
    assert_eq!(answer.headers["etag"], "\"2\"");
    let replaced = answer.expect(200);
    assert_eq!((&replaced["version"], &replaced["document"]), (&json!(2), &titled("새 소개")["document"]));
    assert_eq!(seen(&maru).await, replaced);
}

#[tokio::test]
async fn a_stale_tag_is_412_and_a_missing_one_428() {
    let maru = with_resume().await;
    let old = tag(&maru).await;
    ask_if(&maru, OWNER, Method::PUT, PATH, &titled("하나"), Some(&old)).await.expect(200);
    ask_if(&maru, OWNER, Method::PUT, PATH, &titled("둘"), Some(&old)).await.expect_problem(412, "stale");
    ask_if(&maru, OWNER, Method::PUT, PATH, &titled("둘"), Some("W/\"2\""))
        .await
        .expect_problem(412, "stale");
    ask(&maru, OWNER, Method::PUT, PATH, &titled("둘")).await.expect_problem(428, "precondition_required");
    assert_eq!(seen(&maru).await["document"], titled("하나")["document"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_replace_the_same_state_at_once_one_does() {
    let maru = with_resume().await;
    let old = tag(&maru).await;
    let put = |number: usize| {
        let (maru, old) = (&maru, &old);
        async move { ask_if(maru, OWNER, Method::PUT, PATH, &titled(&format!("{number}번")), Some(old)).await }
    };
    let answers = join_all((0..10).map(put)).await;
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| matches!(status, 200 | 412)), "{statuses:?}");
    assert_eq!(seen(&maru).await["version"], 2);
}

#[tokio::test]
async fn the_same_document_again_is_no_version() {
    let maru = with_resume().await;
    let answer = ask_if(&maru, OWNER, Method::PUT, PATH, &json!({ "document": document() }), Some("*")).await;
    assert_eq!(answer.expect(200)["version"], 1);
}

#[tokio::test]
async fn evidence_cannot_be_written_by_hand() {
    let maru = with_resume().await;
    let mut forged = document();
    forged["summary"][0]["text"] = json!("팀 800명을 이끌었다.");
    forged["projects"][0]["roles"].as_array_mut().unwrap().reverse();
    forged["projects"][0]["roles"][0]["evidence"][0]["url"] = json!("https://evil.example");
    let body = json!({ "document": forged });
    let kept =
        ask_if(&maru, OWNER, Method::PUT, PATH, &body, Some("*")).await.expect(200)["document"].clone();
    assert_eq!(kept["summary"][0]["evidence"], json!([]));
    assert_eq!(kept["projects"][0]["roles"][0]["evidence"], json!([]));
    // A statement that only moved keeps what proves it.
    assert_eq!(kept["projects"][0]["roles"][1], document()["projects"][0]["roles"][0]);
}

#[tokio::test]
async fn a_document_outside_its_bounds_is_refused_with_the_place() {
    let maru = with_resume().await;
    for place in ["/projects/0/roles/1/text", "/projects/0/url", "/projects/0/skills/0", "/basics/email"] {
        let mut wrong = document();
        *wrong.pointer_mut(place).unwrap() = json!(" \n");
        let answer = ask_if(&maru, OWNER, Method::PUT, PATH, &json!({ "document": wrong }), Some("*")).await;
        assert_eq!(answer.json["errors"][0]["pointer"], format!("/document{place}"));
        answer.expect_problem(400, "invalid_body");
    }
    let mut long = document();
    let statement = json!({ "text": "가".repeat(2_000), "evidence": [] });
    long["projects"] = json!(vec![json!({ "name": "p", "roles": vec![statement; 8] }); 5]);
    let answer = ask_if(&maru, OWNER, Method::PUT, PATH, &json!({ "document": long }), Some("*")).await;
    answer.expect_problem(413, "document_too_long");
}

#[tokio::test]
async fn what_is_public_changes_with_it() {
    let maru = with_resume().await;
    patch(&maru, &json!({ "visibility": "PUBLIC" })).await;
    ask_if(&maru, OWNER, Method::PUT, PATH, &titled("새 소개"), Some("*")).await.expect(200);
    assert_eq!(table::public_document(&maru, "res_1").await["summary"][0]["text"], "새 소개");
}

#[tokio::test]
async fn refuses_whoever_is_not_the_owner() {
    let maru = with_resume().await;
    expect_only_members(&maru, Method::PUT, PATH).await;
    expect_not_found_by_another(&maru, Method::PUT, PATH, &titled("남의 글")).await;
    assert_eq!(seen(&maru).await["version"], 1);
}
