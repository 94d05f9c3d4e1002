//! `GET /jobs/{jobId}`.

use maru_auth::Role;
use maru_jobs::{Failure, Progress, Status};
use serde_json::json;

use crate::{OWNER, jobs_of, new_job, setup, start, take};

#[tokio::test]
async fn the_owner_follows_a_job_from_the_queue_to_its_result() {
    let maru = setup().frozen().start().await;
    let (jobs, token) = (jobs_of(&maru), maru.token(OWNER, Role::User));
    let id = start(&jobs, new_job(Some(OWNER), "a")).await.id;
    let path = format!("/jobs/{id}");
    let queued = maru.get(&path, &token).await.expect(200);
    let expected = json!({
        "id": id,
        "kind": "consulting.report",
        "status": "queued",
        "progress": { "done": 0, "total": 3, "label": "기다리는 중" },
        "result": null,
        "error": null,
        "usage": { "inputTokens": 0, "outputTokens": 0, "calls": 0 },
        "createdAt": "2026-01-15T15:10:00Z",
        "updatedAt": "2026-01-15T15:10:00Z",
    });
    assert_eq!(queued, expected);

    let lease = take(&jobs, &id).await;
    maru.stack.clock().advance(std::time::Duration::from_secs(5));
    lease.report(&Progress { done: 2, total: 3, label: "쓰는 중".to_owned() }).await.unwrap();
    let booking = lease.book(120, 40, 1).unwrap();
    lease.table().transact(vec![booking]).await.unwrap().unwrap();
    let running = maru.get(&path, &token).await.expect(200);
    assert_eq!(running["status"], "running");
    assert_eq!(running["progress"], json!({ "done": 2, "total": 3, "label": "쓰는 중" }));
    assert_eq!(running["usage"], json!({ "inputTokens": 120, "outputTokens": 40, "calls": 1 }));
    assert_eq!(running["updatedAt"], "2026-01-15T15:10:05Z");

    lease.succeed(Status::PartlySucceeded, &json!({ "reportId": "rpt_1" }), Vec::new()).await.unwrap();
    let ended = maru.get(&path, &token).await.expect(200);
    assert_eq!((&ended["status"], &ended["error"]), (&json!("partly_succeeded"), &json!(null)));
    assert_eq!(ended["result"], json!({ "reportId": "rpt_1" }));
}

#[tokio::test]
async fn a_failed_job_says_why() {
    let maru = setup().start().await;
    let jobs = jobs_of(&maru);
    let id = start(&jobs, new_job(Some(OWNER), "a")).await.id;
    let failure =
        Failure { code: "model_timed_out".to_owned(), detail: "The model did not answer.".to_owned() };
    take(&jobs, &id).await.fail(&failure).await.unwrap();
    let job = maru.get(&format!("/jobs/{id}"), &maru.token(OWNER, Role::User)).await.expect(200);
    assert_eq!((&job["status"], &job["result"]), (&json!("failed"), &json!(null)));
    assert_eq!(job["error"], json!({ "code": "model_timed_out", "detail": "The model did not answer." }));
}

#[tokio::test]
async fn a_guest_reads_the_job_with_the_token_of_its_stream_url() {
    let maru = setup().start().await;
    let jobs = jobs_of(&maru);
    let guest = start(&jobs, new_job(None, "a")).await;
    let path = format!("/jobs/{}?token={}", guest.id, guest.stream_token);
    assert_eq!(maru.get(&path, "").await.expect(200)["status"], "queued");
    let result = json!({ "questions": [] });
    take(&jobs, &guest.id).await.succeed(Status::Succeeded, &result, Vec::new()).await.unwrap();
    let ended = maru.get(&path, "").await.expect(200);
    assert_eq!((&ended["status"], &ended["result"]), (&json!("succeeded"), &result));
    // Whoever signed in meanwhile is still the guest who asked.
    maru.get(&path, &maru.token(OWNER, Role::User)).await.expect(200);
}

#[tokio::test]
async fn refuses_whoever_does_not_own_the_job() {
    let maru = setup().start().await;
    let jobs = jobs_of(&maru);
    let id = start(&jobs, new_job(Some(OWNER), "a")).await.id;
    maru.get(&format!("/jobs/{id}"), "").await.expect_problem(404, "not_found");
    maru.get(&format!("/jobs/{id}"), "not.a.token").await.expect_problem(401, "unauthenticated");
    let (other, owner) = (maru.token("usr_other", Role::User), maru.token(OWNER, Role::User));
    maru.get(&format!("/jobs/{id}"), &other).await.expect_problem(404, "not_found");
    maru.get(&format!("/jobs/{id}"), &maru.admin()).await.expect_problem(404, "not_found");
    maru.get("/jobs/job_unknown", &owner).await.expect_problem(404, "not_found");
    maru.get(&format!("/jobs/{}", "x".repeat(101)), &owner).await.expect_problem(404, "not_found");
    maru.get(&format!("/jobs/{id}?verbose=1"), &owner).await.expect_problem(400, "invalid_query");
}

#[tokio::test]
async fn refuses_whoever_has_not_the_token_of_a_guests_job_and_a_token_opens_no_members() {
    let maru = setup().start().await;
    let jobs = jobs_of(&maru);
    let guest = start(&jobs, new_job(None, "a")).await;
    let other = start(&jobs, new_job(None, "b")).await;
    let members = start(&jobs, new_job(Some(OWNER), "c")).await;
    let token = &guest.stream_token;
    for path in [
        format!("/jobs/{}", guest.id),
        format!("/jobs/{}?token=", guest.id),
        format!("/jobs/{}?token={}", guest.id, other.stream_token),
        format!("/jobs/{}?token={}", guest.id, &token[..token.len() - 1]),
        format!("/jobs/{}?token={}", members.id, members.stream_token),
        format!("/jobs/job_unknown?token={token}"),
    ] {
        maru.get(&path, "").await.expect_problem(404, "not_found");
        maru.get(&path, &maru.token("usr_other", Role::User)).await.expect_problem(404, "not_found");
    }
}
