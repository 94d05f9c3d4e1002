use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    OWNER, RESUME, ask, ask_if, document, expect_not_found_by_another, expect_only_members, happens, patch,
    printer, table, token, with_resume,
};

const PATH: &str = "/resumes/res_1/pdf";

/// Where the answer leads, without following it.
async fn location(maru: &maru_testing::Maru, query: &str) -> String {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let request = client.get(format!("{}{PATH}{query}", maru.stack.url())).bearer_auth(token(maru, OWNER));
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 302, "{}", answer.text().await.unwrap());
    answer.headers()["location"].to_str().unwrap().to_owned()
}

fn key(location: &str) -> &str {
    location.split('?').next().unwrap()
}

#[tokio::test]
async fn the_answer_leads_to_a_file_that_anybody_can_fetch_for_a_while() {
    let maru = with_resume().await;
    let location = location(&maru, "").await;
    assert!(key(&location).contains("/pdf/res_1/"), "{location}");
    let file = maru.client.get(&location).send().await.unwrap();
    assert_eq!(file.status(), 200);
    let disposition = file.headers()["content-disposition"].to_str().unwrap().to_owned();
    assert!(
        disposition.ends_with("filename*=UTF-8''%EA%B9%80%EB%A7%88%EB%A3%A8%5Fresume%2Epdf"),
        "{disposition}"
    );
    let printed: Value = file.json().await.unwrap();
    assert_eq!(json!([printed["template"], printed["fileName"]]), json!(["basic", "김마루_resume.pdf"]));
    assert_eq!(printed["document"], document());
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test]
async fn a_page_is_told_the_address_instead() {
    let maru = with_resume().await;
    // As `fetch` is told to ask, and as axios does.
    for accept in ["application/json", "application/json, text/plain, */*"] {
        let request = maru.request(Method::GET, PATH, &token(&maru, OWNER)).header("accept", accept);
        let told: Value = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(key(told["url"].as_str().unwrap()), key(&location(&maru, "").await));
        assert_eq!(maru.client.get(told["url"].as_str().unwrap()).send().await.unwrap().status(), 200);
    }
}

#[tokio::test]
async fn the_same_is_printed_once_and_a_change_anew() {
    let maru = with_resume().await;
    let printed = async |query: &str| {
        let file = maru.client.get(location(&maru, query).await).send().await.unwrap();
        file.json::<Value>().await.unwrap()["number"].clone()
    };
    let first = printed("").await;
    assert_eq!(printed("?template=basic").await, first);
    let star = printed("?template=star").await;
    assert_ne!(star, first);
    patch(&maru, &json!({ "title": "제목은 찍히지 않는다" })).await;
    assert_eq!(printed("").await, first);
    patch(&maru, &json!({ "position": "GAME" })).await;
    assert_ne!(printed("").await, first);
}

#[tokio::test]
async fn a_resume_that_takes_too_many_pages_is_told_so() {
    let maru = with_resume().await;
    let mut long = document();
    long["basics"]["name"] = json!("긴이력");
    ask_if(&maru, OWNER, Method::PUT, "/resumes/res_1", &json!({ "document": long }), Some("*"))
        .await
        .expect(200);
    maru.get(PATH, &token(&maru, OWNER)).await.expect_problem(422, "too_many_pages");
}

/// The files that are kept of all resumes.
async fn kept(maru: &maru_testing::Maru) -> usize {
    let configuration =
        aws_sdk_s3::config::Builder::from(&maru.stack.sdk_config()).force_path_style(true).build();
    let buckets = &maru.stack.parts().template.buckets;
    let bucket = buckets.iter().find(|bucket| bucket.logical_id == "DocumentsBucket").unwrap();
    let list = aws_sdk_s3::Client::from_conf(configuration).list_objects_v2().bucket(&bucket.name);
    list.send().await.unwrap().contents().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resume_that_is_deleted_while_it_is_printed_leaves_no_file() {
    let maru = with_resume().await;
    let mut slow = document();
    slow["basics"]["name"] = json!("느린이력");
    table::put_resume(&maru, OWNER, RESUME, &slow).await;
    let token = token(&maru, OWNER);
    let deletion = async {
        printer::BEGUN.notified().await;
        assert_eq!(ask(&maru, OWNER, Method::DELETE, "/resumes/res_1", &Value::Null).await.status, 204);
        // Whoever hears of it looks for files before there is one.
        let told = json!({ "resumeId": RESUME, "ownerId": OWNER, "version": 2 });
        happens(&maru, "on_resume_deleted", "resume.deleted", &told).await;
        assert_eq!(kept(&maru).await, 0);
        printer::GO_ON.notify_one();
    };
    let (answer, ()) = tokio::join!(maru.get(PATH, &token), deletion);
    answer.expect_problem(404, "not_found");
    maru.settle().await;
    assert_eq!(kept(&maru).await, 0);
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test]
async fn refuses_whoever_is_not_the_owner() {
    let maru = with_resume().await;
    expect_only_members(&maru, Method::GET, PATH).await;
    expect_not_found_by_another(&maru, Method::GET, PATH, &Value::Null).await;
    maru.get(&format!("{PATH}?template=fancy"), &token(&maru, OWNER))
        .await
        .expect_problem(400, "invalid_query");
}
