//! The functions of the domain, a module each, through a local stack.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test panics where it cannot go on")]

mod apply_resume_edit;
mod create_resume;
mod create_resume_edit;
mod delete_resume;
mod export_resume;
mod get_credits;
mod get_resume;
mod get_resume_edit;
mod get_resume_pdf;
mod github;
mod list_github_repositories;
mod list_resume_versions;
mod list_resumes;
mod on_edit_requested;
mod on_github_connected;
mod on_member_deleted_for_resume;
mod on_plan_changed_for_resume;
mod on_profile_changed_for_resume;
mod on_resume_deleted;
mod on_resume_requested;
mod printer;
mod replace_resume;
mod restore_resume_version;
mod table;
mod update_resume;

use maru_auth::Role;
use maru_lambda::Function;
use maru_testing::{Answer, Maru, Setup};
use reqwest::Method;
use serde_json::{Value, json};

/// The member whose resumes these are, and another one.
const OWNER: &str = "usr_owner";
const OTHER: &str = "usr_other";

/// The resume that most tests begin with.
const RESUME: &str = "res_1";

/// The functions of this domain, and those that show jobs, on a clock that stands still.
fn setup() -> Setup {
    Setup::new(vec![resume::FUNCTIONS, jobs::FUNCTIONS, printer::FUNCTIONS]).frozen()
}

/// The same without workers: what is asked for stays as it is. Plans change all the same.
fn without_workers() -> Setup {
    let is_worker = |function: &&Function| {
        function.name().starts_with("on_") && function.name() != "on_plan_changed_for_resume"
    };
    let others = resume::FUNCTIONS.iter().filter(|function| !is_worker(function));
    let others = others.map(std::slice::from_ref).chain([jobs::FUNCTIONS]);
    Setup::new(others.collect()).frozen()
}

/// A stack with the owner's resume in it.
async fn with_resume() -> Maru {
    let maru = setup().start().await;
    table::put_resume(&maru, OWNER, RESUME, &document()).await;
    maru
}

/// A document whose texts are worth selecting from.
fn document() -> Value {
    let evidence = json!([{ "kind": "commit", "ref": "4f2a1c9b7e60", "url": "https://github.com/a/pay/commit/4f2a1c9b7e60" }]);
    let statement = |text: &str| json!({ "text": text, "evidence": evidence });
    json!({
        "basics": { "name": "김마루", "email": "maru@example.com", "phone": "01012345678" },
        "position": "BACKEND",
        "language": "ko",
        "template": "basic",
        "summary": [statement("결제 재시도를 만들었다. 👩‍💻 \"따옴표\"와 e\u{301}, עברית.")],
        "work": [],
        "education": [{
            "institution": "한국대학교", "schoolType": "UNIVERSITY", "graduationStatus": "GRADUATED",
            "startDate": "2019-03", "endDate": "2023-02",
        }],
        "certificates": [],
        "links": [],
        "skills": [{ "name": "Rust", "evidence": evidence }],
        "projects": [{
            "name": "pay", "url": "https://github.com/a/pay", "startDate": "2025-03", "endDate": "2025-10",
            "skills": ["Rust"], "roles": [statement("주문을 저장했다."), statement("재시도를 3회로 줄였다.")],
        }],
    })
}

/// A member's access token.
fn token(maru: &Maru, member: &str) -> String {
    maru.token(member, Role::User)
}

/// A request of a member, with a body unless it is null.
async fn ask(maru: &Maru, member: &str, method: Method, path: &str, body: &Value) -> Answer {
    ask_if(maru, member, method, path, body, None).await
}

/// The same with `If-Match`.
async fn ask_if(
    maru: &Maru,
    member: &str,
    method: Method,
    path: &str,
    body: &Value,
    if_match: Option<&str>,
) -> Answer {
    let mut request = maru.request(method, path, &token(maru, member));
    if !body.is_null() {
        request = request.json(body);
    }
    if let Some(tag) = if_match {
        request = request.header("if-match", tag);
    }
    Answer::read(request.send().await.unwrap()).await
}

/// The owner's resume as they see it.
async fn seen(maru: &Maru) -> Value {
    maru.get(&format!("/resumes/{RESUME}"), &token(maru, OWNER)).await.expect(200)
}

/// The entity tag of the owner's resume.
async fn tag(maru: &Maru) -> String {
    let answer = maru.get(&format!("/resumes/{RESUME}"), &token(maru, OWNER)).await;
    answer.headers["etag"].to_str().unwrap().to_owned()
}

/// Changes the resume's settings as its owner.
async fn patch(maru: &Maru, settings: &Value) -> Value {
    ask(maru, OWNER, Method::PATCH, &format!("/resumes/{RESUME}"), settings).await.expect(200)
}

/// Checks that nobody without an account may call, whatever is wrong with the rest of the request.
async fn expect_only_members(maru: &Maru, method: Method, path: &str) {
    for token in ["", "not.a.token"] {
        let request =
            maru.request(method.clone(), &format!("{path}?unknown=1"), token).json(&json!({ "x": 1 }));
        Answer::read(request.send().await.unwrap()).await.expect_problem(401, "unauthenticated");
    }
}

/// Checks that another member finds nothing at a place of the owner's.
async fn expect_not_found_by_another(maru: &Maru, method: Method, path: &str, body: &Value) {
    let answer = ask_if(maru, OTHER, method, path, body, Some("*")).await;
    answer.expect_problem(404, "not_found");
}

/// Sends an event of the bus to a function, which has to bear it.
async fn happens(maru: &Maru, function: &str, kind: &str, data: &Value) {
    if let Err(error) = invoke(maru, function, kind, data).await {
        panic!("{function} fails: {error}");
    }
}

/// Sends an event of the bus to a function.
async fn invoke(maru: &Maru, function: &str, kind: &str, data: &Value) -> Result<(), String> {
    invoke_at(maru, function, kind, data, "2026-01-15T15:10:00Z").await
}

/// The same with when it happened.
async fn invoke_at(maru: &Maru, function: &str, kind: &str, data: &Value, at: &str) -> Result<(), String> {
    let detail = json!({
        "id": format!("evt_{kind}_{at}"), "type": kind, "version": 1, "occurredAt": at, "data": data,
    });
    let event = json!({ "detail-type": kind, "source": "maru.test", "detail": detail });
    maru.stack.invoke(function, event).await.map(|_| ()).map_err(|error| format!("{error:?}"))
}
