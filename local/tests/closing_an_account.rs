//! A whole life with Maru, through all domains together, and what is left of it when the account is closed: nothing
//! but the records that it was erased, and ids that lead nowhere.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test panics where it cannot go on")]

use std::time::Duration;

use maru_auth::Role;
use maru_testing::{Answer, Browser, Maru, Setup};
use reqwest::Method;
use serde_json::{Value, json};

/// The domains that keep something of a member, by the table of each.
const KEEPERS: [&str; 8] = [
    "BillingTable",
    "ConsultingTable",
    "HubTable",
    "IdentityTable",
    "InterviewTable",
    "JobsTable",
    "NotificationTable",
    "ResumeTable",
];

/// Words that only this member's data have.
const NICKNAME: &str = "가온별빛";
const NAME: &str = "홍단비";
const EMAIL: &str = "danbi.hong@example.com";
const REQUIREMENTS: &str = "등대지기처럼 담백하게";
const INSTRUCTION: &str = "조약돌처럼 짧게";
const COMMENT: &str = "제 이력서에 남기는 달무리 메모";
const CONTENT: &str =
    "물수제비 팀에서 결제를 맡았습니다. 재시도를 세 번으로 줄였습니다. 경보를 직접 걸었습니다.";
const ANSWER: &str = "윤슬처럼 맑은 로그를 남기려고 그렇게 했습니다.";

async fn everything() -> Maru {
    let domains = vec![
        billing::FUNCTIONS,
        consulting::FUNCTIONS,
        hub::FUNCTIONS,
        identity::FUNCTIONS,
        interview::FUNCTIONS,
        jobs::FUNCTIONS,
        notification::FUNCTIONS,
        pdf::FUNCTIONS,
        resume::FUNCTIONS,
    ];
    Setup::new(domains).start().await
}

async fn ask(maru: &Maru, method: Method, path: &str, token: &str, body: Option<&Value>) -> Answer {
    let mut request = maru.request(method, path, token);
    if let Some(body) = body {
        request = request.json(body);
    }
    Answer::read(request.send().await.unwrap()).await
}

fn text(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_else(|| panic!("{field} of {value:#}")).to_owned()
}

/// Signs in with GitHub; gives an access token that is a lecturer's as well, and the member's id.
async fn sign_in(maru: &Maru) -> (String, String) {
    let mut browser = Browser::new(maru);
    let code = browser.sign_in("github", "minseo-kim").await;
    let tokens = browser.post("/auth/token", &json!({ "code": code })).await.expect(200);
    let member = text(&maru.get("/me", &text(&tokens, "accessToken")).await.expect(200), "id");
    let token = maru.stack.tokens().issue(&member, &[Role::User, Role::Lecturer]).unwrap();
    (token, member)
}

/// Waits for a job; gives its result.
async fn done(maru: &Maru, accepted: Value, token: &str) -> Value {
    let path = format!("/jobs/{}", text(&accepted["job"], "id"));
    maru.settle().await;
    let job = maru.get(&path, token).await.expect(200);
    assert_eq!(job["status"], "succeeded", "{job:#}");
    job["result"].clone()
}

/// A resume that is written, edited, printed and published; gives its id.
async fn write_a_resume(maru: &Maru, token: &str) -> String {
    let wanted = json!({
        "repositories": ["minseo-kim/tidewatch"], "position": "BACKEND", "language": "ko", "template": "basic",
        "visibility": "PUBLIC", "requirements": REQUIREMENTS,
    });
    let accepted = maru.post("/resumes", token, &wanted).await.expect(202);
    let resume = text(&done(maru, accepted, token).await, "resumeId");
    let path = format!("/resumes/{resume}");
    let document = maru.get(&path, token).await.expect(200)["document"].clone();
    let sentence = text(&document["projects"][0]["roles"][0], "text");
    let edit = json!({
        "pointer": "/projects/0/roles/0/text", "start": 0, "end": sentence.encode_utf16().count(),
        "selectedText": sentence, "instruction": INSTRUCTION,
    });
    let accepted = maru.post(&format!("{path}/edits"), token, &edit).await.expect(202);
    done(maru, accepted, token).await;
    let print = maru.request(Method::GET, &format!("{path}/pdf"), token).header("accept", "application/json");
    Answer::read(print.send().await.unwrap()).await.expect(200);
    resume
}

/// An interview about a piece of a resume, with an answer that is graded.
async fn practise(maru: &Maru, token: &str) {
    let wanted = json!({
        "job": "BACKEND", "career": "NEW", "language": "ko",
        "sections": [{ "category": "CAREER", "content": CONTENT }],
    });
    let accepted = maru.post("/interviews", token, &wanted).await.expect(202);
    let interview = done(maru, accepted, token).await;
    let question = text(&interview["sections"][0]["questions"][0], "id");
    let path = format!("/interviews/{}/feedback", text(&interview, "interviewId"));
    let answers = json!({ "answers": [{ "questionId": question, "answer": ANSWER }] });
    let accepted = maru.post(&path, token, &answers).await.expect(202);
    done(maru, accepted, token).await;
}

/// Pays for PRO on KakaoPay's page.
async fn buy_pro(maru: &Maru, token: &str) {
    let checkout = maru.post("/billing/checkout", token, &json!({ "plan": "PRO" })).await.expect(201);
    let back = maru.kakaopay().pay(&text(&checkout, "redirectUrl"), "good").await;
    let page = maru.kakaopay().arrive(&back).await;
    assert!(page.ends_with("/plan?payment=paid"), "{page}");
}

/// All items of all tables: the table, the partition, and the whole item as text.
async fn tables(maru: &Maru) -> Vec<(String, String, String)> {
    let client = aws_sdk_dynamodb::Client::new(&maru.stack.sdk_config());
    let mut found = Vec::new();
    for table in &maru.stack.parts().template.tables {
        let mut pages = client.scan().table_name(&table.name).into_paginator().items().send();
        while let Some(item) = pages.next().await {
            let item = item.unwrap();
            let key = item["pk"].as_s().unwrap().clone();
            found.push((table.logical_id.clone(), key, format!("{item:?}")));
        }
    }
    found
}

async fn objects(maru: &Maru) -> Vec<String> {
    let configuration =
        aws_sdk_s3::config::Builder::from(&maru.stack.sdk_config()).force_path_style(true).build();
    let client = aws_sdk_s3::Client::from_conf(configuration);
    let mut keys = Vec::new();
    for bucket in &maru.stack.parts().template.buckets {
        let list = client.list_objects_v2().bucket(&bucket.name).send().await.unwrap();
        keys.extend(list.contents().iter().filter_map(|object| object.key().map(str::to_owned)));
    }
    keys
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_account_leaves_nothing_but_the_records_that_it_was_erased() {
    let maru = everything().await;
    let (token, member) = sign_in(&maru).await;
    let profile = json!({ "nickname": NICKNAME, "name": NAME, "email": EMAIL });
    ask(&maru, Method::PATCH, "/me", &token, Some(&profile)).await.expect(200);
    maru.settle().await;
    buy_pro(&maru, &token).await;
    let resume = write_a_resume(&maru, &token).await;
    practise(&maru, &token).await;
    maru.post(&format!("/hub/resumes/{resume}/comments"), &token, &json!({ "content": COMMENT }))
        .await
        .expect(201);
    let other = maru.token("usr_other", Role::User);
    ask(&maru, Method::PUT, &format!("/hub/resumes/{resume}/like"), &other, None).await.expect(200);
    maru.settle().await;
    maru.stack.clock().advance(Duration::from_secs(2));
    maru.settle().await;
    let told = maru.get("/notifications", &token).await.expect(200);
    assert_eq!(told["items"].as_array().unwrap().len(), 2, "of the payment and of the resume: {told:#}");

    let words = [NICKNAME, NAME, EMAIL, REQUIREMENTS, INSTRUCTION, COMMENT, "물수제비", "윤슬", "minseo-kim"];
    let before = tables(&maru).await;
    for word in words {
        assert!(before.iter().any(|(_, _, item)| item.contains(word)), "{word} was never stored");
    }
    assert!(objects(&maru).await.iter().any(|key| key.contains(&resume)), "the print");

    assert_eq!(ask(&maru, Method::DELETE, "/me", &token, None).await.status, 204);
    maru.settle().await;
    maru.stack.clock().advance(Duration::from_secs(2));
    maru.settle().await;

    let after = tables(&maru).await;
    for word in words {
        let left: Vec<_> = after.iter().filter(|(_, _, item)| item.contains(word)).collect();
        assert!(left.is_empty(), "{word} is left in {left:#?}");
    }
    assert!(!objects(&maru).await.iter().any(|key| key.contains(&resume) || key.contains(&member)));
    let record = format!("ERASURE#{member}");
    for keeper in KEEPERS {
        let records = after.iter().filter(|(table, key, _)| table == keeper && *key == record);
        let records: Vec<_> = records.collect();
        assert!(records.iter().any(|(_, _, item)| item.contains("erasedAt")), "{keeper}: {records:#?}");
    }
    let keys = maru.kakaopay().keys(&member).await;
    assert_eq!(keys[0]["status"], "INACTIVE", "nothing can be charged any more: {keys:#}");
    ask(&maru, Method::GET, &format!("/hub/resumes/{resume}"), &other, None)
        .await
        .expect_problem(404, "not_found");
}
