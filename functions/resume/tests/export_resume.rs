use reqwest::Method;
use serde_json::Value;

use crate::{OWNER, expect_not_found_by_another, expect_only_members, token, with_resume};

const PATH: &str = "/resumes/res_1/json";

#[tokio::test]
async fn a_resume_is_exported_as_json_resume() {
    let maru = with_resume().await;
    let answer = maru.get(PATH, &token(&maru, OWNER)).await;
    assert_eq!(answer.headers["content-disposition"], "attachment; filename=\"resume.json\"");
    let exported = answer.expect(200);
    assert!(exported["$schema"].as_str().unwrap().contains("/v1.0.0/schema.json"));
    assert_eq!(exported["basics"]["name"], "김마루");
    assert_eq!(exported["projects"][0]["highlights"][1], "재시도를 3회로 줄였다.");
    assert_eq!(exported["meta"]["lastModified"], "2026-01-10T00:00:00");
}

#[tokio::test]
async fn refuses_whoever_is_not_the_owner() {
    let maru = with_resume().await;
    expect_only_members(&maru, Method::GET, PATH).await;
    expect_not_found_by_another(&maru, Method::GET, PATH, &Value::Null).await;
}
