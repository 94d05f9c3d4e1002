//! Who may watch, and what is refused.

use maru_auth::Role;
use maru_testing::Answer;
use reqwest::StatusCode;

use super::{ended, running};
use crate::{OWNER, jobs_of, new_job, setup, start, take};
use maru_testing::watcher::{complete_events, request, watch};

#[tokio::test]
async fn a_guest_watches_with_the_token_of_the_stream_url() {
    let maru = setup().start().await;
    let jobs = jobs_of(&maru);
    let job = start(&jobs, new_job(None, "a")).await;
    let failure = maru_jobs::Failure { code: "x".to_owned(), detail: "y".to_owned() };
    take(&jobs, &job.id).await.fail(&failure).await.unwrap();
    let link = serde_json::to_value(job.link(maru.stack.url())).unwrap();
    let events = complete_events(&watch(maru.client.get(link["job"]["streamUrl"].as_str().unwrap())).await);
    assert_eq!(events.iter().map(|event| event.kind.as_str()).collect::<Vec<_>>(), ["error"]);
}

#[tokio::test]
async fn refuses_whoever_has_neither_the_job_nor_its_token() {
    let maru = setup().start().await;
    let jobs = jobs_of(&maru);
    let job = start(&jobs, new_job(None, "a")).await;
    let other = start(&jobs, new_job(None, "b")).await;
    let (member, id) = (maru.token("usr_other", Role::User), ended(&jobs, "c").await);
    let token = &job.stream_token;
    for path in [
        format!("/jobs/{}/events", job.id),
        format!("/jobs/{}/events?token=", job.id),
        format!("/jobs/{}/events?token={}", job.id, other.stream_token),
        format!("/jobs/{}/events?token={}", job.id, &token[..token.len() - 1]),
        format!("/jobs/{id}/events"),
        format!("/jobs/{id}/events?token={token}"),
        format!("/jobs/job_unknown/events?token={token}"),
    ] {
        maru.get(&path, "").await.expect_problem(404, "not_found");
        maru.get(&path, &member).await.expect_problem(404, "not_found");
    }
    maru.get(&format!("/jobs/{id}/events"), "not.a.token").await.expect_problem(401, "unauthenticated");
}

#[tokio::test]
async fn refuses_a_place_in_the_log_that_is_no_number() {
    let maru = setup().start().await;
    let id = ended(&jobs_of(&maru), "a").await;
    let owner = maru.token(OWNER, Role::User);
    for query in ["after=x", "after=-1", "after=1.5", "from=1"] {
        maru.get(&format!("/jobs/{id}/events?{query}"), &owner).await.expect_problem(400, "invalid_query");
    }
    for last in ["x", "-1", "1 2", "99999999999999999999"] {
        let answer = request(&maru, &id, &owner).header("last-event-id", last).send().await.unwrap();
        Answer::read(answer).await.expect_problem(400, "invalid_last_event_id");
    }
}

#[tokio::test]
async fn says_that_nothing_will_come_any_more() {
    let maru = setup().start().await;
    let id = ended(&jobs_of(&maru), "a").await;
    let owner = maru.token(OWNER, Role::User);
    for last in ["6", "7"] {
        let answer = request(&maru, &id, &owner).header("last-event-id", last).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::NO_CONTENT);
        assert_eq!(answer.text().await.unwrap(), "");
    }
}

#[tokio::test]
async fn nothing_between_keeps_the_stream_or_sends_its_token_on() {
    let maru = setup().start().await;
    let lease = running(&jobs_of(&maru), "a").await;
    let answer = request(&maru, &lease.job().id, &maru.token(OWNER, Role::User)).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    assert_eq!(answer.headers()["referrer-policy"], "no-referrer");
}
