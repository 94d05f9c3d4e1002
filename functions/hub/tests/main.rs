//! The functions of the domain, a module each, through a local stack together with those of `notification`.
//! Resumes are published here as the domain that owns them would.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test panics where it cannot go on")]

mod create_comment;
mod cron_follow_up_activity;
mod delete_comment;
mod get_hub_resume;
mod like_resume;
mod list_comments;
mod list_hub_resumes;
mod on_activity_recorded;
mod on_member_deleted_for_hub;
mod on_profile_changed_for_hub;
mod on_resume_deleted_for_hub;
mod on_resume_published;
mod on_resume_withdrawn;
mod publishing;
mod unlike_resume;
mod update_comment;

use std::time::Duration;

use maru_auth::Role;
use maru_testing::{Answer, Maru, Setup};
use publishing::{Resume, publish};
use reqwest::Method;
use serde_json::{Value, json};

/// The member whose resumes most of these are.
const OWNER: &str = "usr_owner";

/// The functions of this domain and of the one that keeps notifications, on a clock that stands still.
fn setup() -> Setup {
    Setup::new(vec![hub::FUNCTIONS, notification::FUNCTIONS]).frozen()
}

/// A stack with one public resume, `res_1`.
async fn with_one() -> Maru {
    let maru = setup().start().await;
    publish(&maru, &Resume::new("res_1", OWNER)).await;
    maru
}

/// A member's access token.
fn token(maru: &Maru, member: &str) -> String {
    maru.token(member, Role::User)
}

/// A request without a body.
async fn ask(maru: &Maru, method: Method, path: &str, token: &str) -> Answer {
    Answer::read(maru.request(method, path, token).send().await.unwrap()).await
}

/// A member likes a resume.
async fn like(maru: &Maru, member: &str, resume: &str) -> Answer {
    ask(maru, Method::PUT, &format!("/hub/resumes/{resume}/like"), &token(maru, member)).await
}

/// A member likes a resume no more.
async fn unlike(maru: &Maru, member: &str, resume: &str) -> Answer {
    ask(maru, Method::DELETE, &format!("/hub/resumes/{resume}/like"), &token(maru, member)).await
}

/// A member comments on a resume; gives the comment.
async fn comment(maru: &Maru, member: &str, resume: &str, content: &str) -> Value {
    let path = format!("/hub/resumes/{resume}/comments");
    maru.post(&path, &token(maru, member), &json!({ "content": content })).await.expect(201)
}

/// A member views a resume; gives it.
async fn view(maru: &Maru, member: &str, resume: &str) -> Value {
    maru.get(&format!("/hub/resumes/{resume}"), &token(maru, member)).await.expect(200)
}

/// The ids of a page of a list.
fn ids(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().unwrap();
    items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

/// The ids of a list, page by page.
async fn pages(maru: &Maru, path: &str, token: &str, limit: usize) -> Vec<String> {
    let (mut found, mut cursor) = (Vec::new(), String::new());
    let separator = if path.contains('?') { '&' } else { '?' };
    loop {
        let page = maru.get(&format!("{path}{separator}limit={limit}{cursor}"), token).await.expect(200);
        found.extend(ids(&page));
        let Some(next) = page["nextCursor"].as_str() else { return found };
        assert_eq!(ids(&page).len(), limit);
        cursor = format!("&cursor={next}");
    }
}

/// Lets what follows from what members did be done.
async fn followed_up(maru: &Maru) {
    maru.stack.clock().advance(Duration::from_secs(2));
    maru.settle().await;
}

/// Sends an event of the bus to a function.
async fn happens(maru: &Maru, function: &str, kind: &str, data: &Value) {
    let detail = json!({
        "id": format!("evt_{kind}"), "type": kind, "version": 1, "occurredAt": "2026-01-15T15:10:00Z", "data": data,
    });
    let event = json!({ "detail-type": kind, "source": "maru.test", "detail": detail });
    if let Err(error) = maru.stack.invoke(function, event).await {
        panic!("{function} fails: {error:?}");
    }
}

/// A member has a nickname.
async fn is_called(maru: &Maru, member: &str, revision: i64, nickname: &str) {
    let data = json!({ "userId": member, "revision": revision, "nickname": nickname, "profile": {} });
    happens(maru, "on_profile_changed_for_hub", "member.profile_changed", &data).await;
}

/// A member closed the account.
async fn leaves(maru: &Maru, member: &str) {
    let data = json!({ "userId": member, "deletedAt": "2026-01-15T15:10:00Z" });
    happens(maru, "on_member_deleted_for_hub", "member.deleted", &data).await;
}

/// Checks that only members may call, whatever is wrong with the rest of the request.
async fn expect_only_members(maru: &Maru, method: Method, path: &str) {
    for token in ["", "not.a.token"] {
        let request = maru.request(method.clone(), &format!("{path}?unknown=1"), token);
        let answer = request.json(&json!({ "x": 1 })).send().await.unwrap();
        Answer::read(answer).await.expect_problem(401, "unauthenticated");
    }
}

/// What a member was told, the newest first.
async fn told(maru: &Maru, member: &str) -> Vec<Value> {
    let page = maru.get("/notifications", &token(maru, member)).await.expect(200);
    page["items"].as_array().unwrap().clone()
}
