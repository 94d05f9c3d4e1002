//! `PATCH /me`.

mod nicknames;
mod pictures;

use futures::future::join_all;
use maru_testing::Answer;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{expect_only_members, member, patch, start, table};

fn work(begin: &str, end: Option<&str>) -> Value {
    json!({
        "companyName": "마루", "departmentName": "플랫폼", "role": "백엔드", "workType": "PERMANENT",
        "employmentStatus": if end.is_some() { "LEFT" } else { "EMPLOYED" }, "startedAt": begin, "endedAt": end,
    })
}

#[tokio::test]
async fn changes_what_is_named_and_leaves_the_rest() {
    let maru = start().await;
    let token = member(&maru, "maru_1", "마루").await;
    let education = json!({
        "schoolType": "UNIVERSITY", "schoolName": "마루대", "major": "컴퓨터공학", "graduationStatus": "GRADUATED",
        "startedAt": "2016-03", "endedAt": "2020-02",
    });
    let certificate =
        json!({ "name": "정보처리기사", "grade": null, "date": "2020-06", "organization": "큐넷" });
    let profile = json!({
        "name": "홍길동", "email": "gildong@example.com", "phone": "010-1234-5678", "position": "BACKEND",
        "workExperiences": [work("2020-03", Some("2022-02")), work("2022-03", None)],
        "educations": [education], "certificates": [certificate],
        "links": [{ "title": "블로그", "url": "https://blog.example.com" }],
    });
    crate::advance(&maru, 60);
    let me = patch(&maru, &token, &profile).await.expect(200);
    for (field, value) in profile.as_object().unwrap() {
        assert_eq!(me[field], *value, "{field}");
    }
    assert_eq!((&me["revision"], &me["updatedAt"]), (&json!(2), &json!("2026-01-15T15:11:00Z")));
    let me = patch(&maru, &token, &json!({ "phone": null, "links": [] })).await.expect(200);
    assert_eq!((&me["phone"], &me["links"], &me["name"]), (&json!(null), &json!([]), &json!("홍길동")));
    assert_eq!(me["workExperiences"].as_array().unwrap().len(), 2);
    assert_eq!(maru.get("/me", &token).await.expect(200), me);
}

#[tokio::test]
async fn each_change_is_announced_with_the_whole_profile_and_no_change_is_not() {
    let maru = start().await;
    crate::without_bus(&maru);
    let token = member(&maru, "maru_1", "마루").await;
    patch(&maru, &token, &json!({ "name": "홍길동" })).await.expect(200);
    patch(&maru, &token, &json!({ "name": "홍길동" })).await.expect(200);
    patch(&maru, &token, &json!({})).await.expect(200);
    let mut events = table::waiting(&maru, "member.profile_changed").await;
    events.sort_by_key(|event| event["data"]["revision"].as_i64());
    assert_eq!(events.len(), 2, "{events:#?}");
    let (first, second) = (&events[0]["data"], &events[1]["data"]);
    assert_eq!((&first["revision"], &first["profile"]["name"]), (&json!(1), &json!(null)));
    assert_eq!((&second["revision"], &second["profile"]["name"]), (&json!(2), &json!("홍길동")));
    assert_eq!((&second["nickname"], &second["profile"]["links"]), (&json!("마루"), &json!([])));
    assert_ne!(events[0]["id"], events[1]["id"]);
}

#[tokio::test]
async fn changes_of_different_fields_at_once_are_all_kept() {
    let maru = start().await;
    let token = member(&maru, "maru_1", "마루").await;
    let patches = [
        json!({ "name": "홍길동" }),
        json!({ "email": "a@example.com" }),
        json!({ "phone": "0212345678" }),
        json!({ "position": "AI" }),
    ];
    for answer in join_all(patches.iter().map(|body| patch(&maru, &token, body))).await {
        answer.expect(200);
    }
    let me = maru.get("/me", &token).await.expect(200);
    assert_eq!((&me["name"], &me["email"]), (&json!("홍길동"), &json!("a@example.com")));
    assert_eq!((&me["phone"], &me["position"]), (&json!("0212345678"), &json!("AI")));
    assert_eq!(me["revision"], 5);
}

#[tokio::test]
async fn a_change_of_an_older_revision_is_refused() {
    let maru = start().await;
    let token = member(&maru, "maru_1", "마루").await;
    let ask = async |tag: &str, name: &str| {
        let request = maru.request(Method::PATCH, "/me", &token).header("if-match", tag);
        Answer::read(request.json(&json!({ "name": name })).send().await.unwrap()).await
    };
    let first = ask("\"1\"", "하나").await;
    assert_eq!(first.headers["etag"], "\"2\"");
    ask("\"1\"", "둘").await.expect_problem(412, "stale");
    ask("*", "셋").await.expect(200);
    ask("\"9\", \"3\"", "넷").await.expect(200);
}

#[tokio::test]
async fn what_breaks_a_rule_is_refused_with_its_place() {
    let maru = start().await;
    let token = member(&maru, "maru_1", "마루").await;
    let link = json!({ "title": "t", "url": "https://a.kr" });
    let cases = [
        (json!({ "name": "가".repeat(51) }), "/name"),
        (json!({ "name": "a\nb" }), "/name"),
        (json!({ "name": "\u{3164}\u{200b}" }), "/name"),
        (json!({ "links": [{ "title": "\u{202e}gpj", "url": "https://a.kr" }] }), "/links/0/title"),
        (json!({ "email": "no address" }), "/email"),
        (json!({ "phone": "12" }), "/phone"),
        (json!({ "position": "CHEF" }), "/position"),
        (json!({ "nickname": null }), "/nickname"),
        (json!({ "imageId": "../../etc" }), "/imageId"),
        (json!({ "imageUrl": "https://evil.example/x.png" }), ""),
        (json!({ "revision": 7 }), ""),
        (json!({ "roles": ["ADMIN"] }), ""),
        (json!({ "links": vec![link; 11] }), "/links"),
        (json!({ "links": [{ "title": "t", "url": "javascript:alert(1)" }] }), "/links/0/url"),
        (json!({ "workExperiences": [work("2022-13", None)] }), "/workExperiences/0/startedAt"),
        (json!({ "workExperiences": [work("2022-03", Some("2022-02"))] }), "/workExperiences"),
        (json!({ "workExperiences": [{ "companyName": "x" }] }), "/workExperiences/0"),
    ];
    for (body, pointer) in cases {
        let answer = patch(&maru, &token, &body).await;
        let found = answer.json["errors"][0]["pointer"].as_str().unwrap_or("none").to_owned();
        answer.expect_problem(400, "invalid_body");
        if !pointer.is_empty() {
            assert_eq!(found, pointer, "{body}");
        }
    }
    assert_eq!(maru.get("/me", &token).await.expect(200)["revision"], 1);
}

#[tokio::test]
async fn refuses_whoever_is_no_member() {
    let maru = start().await;
    expect_only_members(&maru, Method::PATCH, "/me").await;
}
