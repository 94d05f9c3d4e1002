use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    OWNER, RESUME, document, expect_not_found_by_another, expect_only_members, seen, setup, tag, token,
    with_resume,
};

const PATH: &str = "/resumes/res_1";

#[tokio::test]
async fn the_owner_sees_the_document_and_its_entity_tag() {
    let maru = with_resume().await;
    let resume = seen(&maru).await;
    assert_eq!(resume["document"], document());
    assert_eq!(
        json!([
            resume["id"],
            resume["title"],
            resume["visibility"],
            resume["contactPublic"],
            resume["version"]
        ]),
        json!([RESUME, "백엔드 이력서", "PRIVATE", false, 1])
    );
    assert_eq!(tag(&maru).await, "\"1\"");
    assert!(!resume.to_string().contains("usr_"), "{resume}");
}

#[tokio::test]
async fn refuses_whoever_is_not_signed_in_and_shows_nothing_to_others() {
    let maru = with_resume().await;
    expect_only_members(&maru, Method::GET, PATH).await;
    expect_not_found_by_another(&maru, Method::GET, PATH, &Value::Null).await;
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let maru = setup().start().await;
    maru.get("/resumes/res_0", &token(&maru, OWNER)).await.expect_problem(404, "not_found");
}
