//! The functions of the domain, a module each, through a local stack.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test panics where it cannot go on")]

mod create_interview;
mod create_interview_feedback;
mod delete_interview;
mod delete_interview_question;
mod get_interview;
mod list_interviews;
mod on_feedback_requested;
mod on_interview_generated;
mod on_interview_requested;
mod on_member_deleted_for_interview;

use std::time::Duration;

use maru_auth::Role;
use maru_testing::watcher::{Event, complete_events, watch};
use maru_testing::{Answer, Maru, Setup};
use reqwest::Method;
use serde_json::{Value, json};

/// The member whose interviews these are, and another one.
const OWNER: &str = "usr_owner";
const OTHER: &str = "usr_other";

/// What resumes say: each with enough sentences for three questions.
const SHOP: &str = "Redis 캐시를 두어 상품 조회 지연을 120ms에서 35ms로 줄였습니다. Kafka로 주문 이벤트를 \
                    비동기로 처리했습니다. 장애 때 재시도와 멱등 키로 중복 결제를 막았습니다.";
const BATCH: &str = "Spring Batch로 정산을 새벽마다 돌렸습니다. 실패한 묶음만 다시 돌리도록 체크포인트를 \
                     두었습니다. Grafana로 배치 시간을 지켜보고 경보를 걸었습니다.";
const ENGLISH: &str = "Built a feature flag service in Go that serves 2,000 requests per second. Moved the session \
                       store from MySQL to DynamoDB without downtime. Wrote load tests with k6 and found a leak.";

/// The functions of this domain, and those that show jobs, on a clock that stands still.
fn setup() -> Setup {
    Setup::new(vec![interview::FUNCTIONS, jobs::FUNCTIONS]).frozen()
}

/// The same without workers: what is asked for stays as it is.
fn without_workers() -> Setup {
    let others = interview::FUNCTIONS.iter().filter(|function| !function.name().starts_with("on_"));
    let others = others.map(std::slice::from_ref).chain([jobs::FUNCTIONS]);
    Setup::new(others.collect()).frozen()
}

/// A member's access token; a guest's is empty.
fn token(maru: &Maru, member: &str) -> String {
    if member.is_empty() { String::new() } else { maru.token(member, Role::User) }
}

/// A request for questions about these projects.
fn about(contents: &[&str]) -> Value {
    let section = |content: &&str| json!({ "category": "PROJECT", "content": content });
    let sections: Vec<Value> = contents.iter().map(section).collect();
    json!({ "job": "BACKEND", "career": "JUNIOR", "language": "ko", "sections": sections })
}

/// A request of a member, or of a guest if the name is empty, with a body unless it is null.
async fn ask(maru: &Maru, member: &str, method: Method, path: &str, body: &Value) -> Answer {
    let mut request = maru.request(method, path, &token(maru, member));
    if !body.is_null() {
        request = request.json(body);
    }
    Answer::read(request.send().await.unwrap()).await
}

async fn post(maru: &Maru, member: &str, body: &Value) -> Answer {
    ask(maru, member, Method::POST, "/interviews", body).await
}

/// The link to a job that was started or joined.
async fn started(maru: &Maru, member: &str, body: &Value) -> Value {
    post(maru, member, body).await.expect(202)["job"].clone()
}

/// A job as whoever it belongs to sees it: a guest by the token of its link, a member by their own.
async fn job_of(maru: &Maru, link: &Value) -> Value {
    let path = format!("/jobs/{}", link["id"].as_str().unwrap());
    if link["resultUrl"] == path {
        let token = link["streamUrl"].as_str().unwrap().split_once("token=").unwrap().1;
        return maru.get(&format!("{path}?token={token}"), "").await.expect(200);
    }
    let owners = maru.get(&path, &token(maru, OWNER)).await;
    if owners.status == 200 { owners.json } else { maru.get(&path, &token(maru, OTHER)).await.expect(200) }
}

/// Starts a job, waits until nothing is at work any more, and gives it as it is then.
async fn ended(maru: &Maru, member: &str, body: &Value) -> Value {
    let link = started(maru, member, body).await;
    maru.settle().await;
    let mut job = job_of(maru, &link).await;
    job["streamUrl"] = link["streamUrl"].clone();
    job
}

/// The whole log of a job that has ended.
async fn log_of(maru: &Maru, link: &Value) -> Vec<Event> {
    let events = complete_events(&watch(maru.client.get(link["streamUrl"].as_str().unwrap())).await);
    assert!(events.iter().zip(1..).all(|(event, number)| event.id == number), "{events:#?}");
    events
}

/// The questions of a log, in the order in which they were shown.
fn shown(log: &[Event]) -> Vec<Value> {
    log.iter().filter(|event| event.kind == "item").map(|event| event.data["question"].clone()).collect()
}

/// The questions of a result or an interview, section by section.
fn questions(result: &Value) -> Vec<Value> {
    let sections = result["sections"].as_array().unwrap_or_else(|| panic!("{result:#}"));
    sections.iter().flat_map(|section| section["questions"].as_array().unwrap().clone()).collect()
}

/// An interview in the owner's history, as its owner sees it.
async fn saved(maru: &Maru, content: &str) -> Value {
    let job = ended(maru, OWNER, &about(&[content])).await;
    assert_eq!(job["status"], "succeeded", "{job:#}");
    let id = job["result"]["interviewId"].as_str().unwrap().to_owned();
    maru.stack.clock().advance(Duration::from_secs(5));
    seen(maru, &id).await.expect(200)
}

/// An interview as the owner sees it.
async fn seen(maru: &Maru, id: &str) -> Answer {
    maru.get(&format!("/interviews/{id}"), &token(maru, OWNER)).await
}

/// Checks that nobody without an account may call, whatever is wrong with the rest of the request.
async fn expect_only_members(maru: &Maru, method: Method, path: &str) {
    for token in ["", "not.a.token"] {
        let request =
            maru.request(method.clone(), &format!("{path}?unknown=1"), token).json(&json!({ "x": 1 }));
        Answer::read(request.send().await.unwrap()).await.expect_problem(401, "unauthenticated");
    }
}

/// Lets the owner close the account, as far as this domain hears of it.
async fn leaves(maru: &Maru) -> Result<(), String> {
    let data = json!({ "userId": OWNER, "deletedAt": "2026-01-15T15:10:00Z" });
    let detail = json!({
        "id": "evt_1", "type": "member.deleted", "version": 1, "occurredAt": "2026-01-15T15:10:00Z", "data": data,
    });
    let event = json!({ "detail-type": "member.deleted", "source": "maru.member", "detail": detail });
    let done = maru.stack.invoke("on_member_deleted_for_interview", event).await;
    done.map(|_| ()).map_err(|error| format!("{error:?}"))
}
