use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    OWNER, ask, ask_if, document, expect_not_found_by_another, expect_only_members, patch, seen, table,
    with_resume,
};

const PATH: &str = "/resumes/res_1";

#[tokio::test]
async fn what_is_given_changes_and_the_rest_stays() {
    let maru = with_resume().await;
    let patched = patch(&maru, &json!({ "title": "결제 이력서", "contactPublic": true })).await;
    assert_eq!(
        json!([patched["title"], patched["contactPublic"], patched["visibility"], patched["version"]]),
        json!(["결제 이력서", true, "PRIVATE", 1])
    );
    assert_eq!(patched["document"], document());
    assert_eq!(seen(&maru).await, patched);
}

#[tokio::test]
async fn position_and_template_are_the_documents_and_make_a_version() {
    let maru = with_resume().await;
    let patched = patch(&maru, &json!({ "template": "star", "position": "INFRA" })).await;
    assert_eq!(
        json!([patched["version"], patched["template"], patched["position"]]),
        json!([2, "star", "INFRA"])
    );
    assert_eq!(patched["document"]["template"], "star");
    assert_eq!(patch(&maru, &json!({ "template": "star" })).await["version"], 2);
}

#[tokio::test]
async fn a_public_resume_is_public_at_once_and_without_contact() {
    let maru = with_resume().await;
    assert_eq!(table::card(&maru, "res_1").await, Value::Null);
    patch(&maru, &json!({ "visibility": "PUBLIC" })).await;
    let card = table::card(&maru, "res_1").await["card"].clone();
    assert_eq!(
        json!([card["ownerId"], card["title"], card["position"], card["schoolTypes"], card["version"]]),
        json!([OWNER, "백엔드 이력서", "BACKEND", ["UNIVERSITY"], 2])
    );
    let shown = table::public_document(&maru, "res_1").await;
    assert_eq!(shown["projects"], document()["projects"]);
    assert!(shown["basics"].get("email").is_none() && shown["basics"].get("phone").is_none());

    patch(&maru, &json!({ "contactPublic": true })).await;
    assert_eq!(table::public_document(&maru, "res_1").await["basics"], document()["basics"]);
}

#[tokio::test]
async fn a_private_resume_is_gone_at_once() {
    let maru = with_resume().await;
    patch(&maru, &json!({ "visibility": "PUBLIC" })).await;
    patch(&maru, &json!({ "visibility": "PRIVATE" })).await;
    assert_eq!(table::card(&maru, "res_1").await["card"], Value::Null);
    assert_eq!(table::public_document(&maru, "res_1").await, Value::Null);
    // And comes back when its owner wants it.
    patch(&maru, &json!({ "visibility": "PUBLIC" })).await;
    assert_eq!(table::card(&maru, "res_1").await["card"]["version"], 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_changes_different_things_at_once_loses_nothing() {
    let maru = with_resume().await;
    let changes = [
        json!({ "title": "새 제목" }),
        json!({ "visibility": "PUBLIC" }),
        json!({ "contactPublic": true }),
        json!({ "template": "troubleshooting" }),
    ];
    let patch = |change: &Value| {
        let (maru, change) = (&maru, change.clone());
        async move { ask(maru, OWNER, Method::PATCH, PATH, &change).await.expect(200) }
    };
    join_all(changes.iter().map(patch)).await;
    let resume = seen(&maru).await;
    assert_eq!(
        json!([resume["title"], resume["visibility"], resume["contactPublic"], resume["template"]]),
        json!(["새 제목", "PUBLIC", true, "troubleshooting"])
    );
    let shown = table::public_document(&maru, "res_1").await;
    assert_eq!(shown, resume["document"]);
}

#[tokio::test]
async fn an_if_match_is_kept_and_wrong_fields_are_refused() {
    let maru = with_resume().await;
    let stale = ask_if(&maru, OWNER, Method::PATCH, PATH, &json!({ "title": "x" }), Some("\"9\"")).await;
    stale.expect_problem(412, "stale");
    for wrong in [
        json!({ "title": " " }),
        json!({ "title": "a\nb" }),
        json!({ "title": "\u{200b}" }),
        json!({ "title": "이력서\u{202e}" }),
        json!({ "visibility": "SECRET" }),
        json!({ "document": {} }),
    ] {
        ask(&maru, OWNER, Method::PATCH, PATH, &wrong).await.expect_problem(400, "invalid_body");
    }
    assert_eq!(seen(&maru).await["title"], "백엔드 이력서");
}

#[tokio::test]
async fn refuses_whoever_is_not_the_owner() {
    let maru = with_resume().await;
    expect_only_members(&maru, Method::PATCH, PATH).await;
    expect_not_found_by_another(&maru, Method::PATCH, PATH, &json!({ "visibility": "PUBLIC" })).await;
    assert_eq!(table::card(&maru, "res_1").await, Value::Null);
}
