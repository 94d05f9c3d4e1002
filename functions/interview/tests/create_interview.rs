//! Asking for questions: what can be asked for, how often, and once for equal requests.

mod guests;

use std::collections::BTreeSet;
use std::time::Duration;

use futures::future::join_all;
use maru_stack::crash::{CrashPlan, Moment};
use maru_testing::Answer;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    BATCH, ENGLISH, OTHER, OWNER, SHOP, about, ended, job_of, leaves, post, setup, started, token,
    without_workers,
};

/// The id of the job that an answer names.
fn id_of(answer: Answer) -> String {
    answer.expect(202)["job"]["id"].as_str().unwrap().to_owned()
}

/// Checks that the answer says to come again in so many seconds.
#[track_caller]
fn expect_wait(answer: Answer, seconds: &str) {
    assert_eq!(answer.headers["retry-after"], seconds, "{answer:#?}");
    let limit = answer.headers["ratelimit"].to_str().unwrap();
    assert!(limit.ends_with(&format!("r=0;t={seconds}")), "{limit}");
    answer.expect_problem(429, "too_many_requests");
}

#[tokio::test]
async fn an_interview_is_a_job_that_can_be_watched_by_members_and_guests() {
    let maru = without_workers().start().await;
    let members = started(&maru, OWNER, &about(&[SHOP])).await;
    assert_eq!(json!([members["kind"], members["status"]]), json!(["interview.generate", "queued"]));
    assert!(members["resultUrl"].as_str().unwrap().starts_with("/interviews/int_"), "{members}");
    let guests = started(&maru, "", &about(&[SHOP])).await;
    assert_eq!(guests["resultUrl"], format!("/jobs/{}", guests["id"].as_str().unwrap()));
    for link in [members, guests] {
        assert!(link["streamUrl"].as_str().unwrap().contains("/events?token="), "{link}");
        assert_eq!(job_of(&maru, &link).await["status"], "queued");
    }
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_equal_clicks_at_once_are_one_job_and_one_call() {
    let maru = setup().start().await;
    for asker in [OWNER, ""] {
        // However it was pasted: the same text is the same request.
        let spellings = [about(&[SHOP]), about(&[&format!("  {SHOP}\r\n")])];
        let answers = join_all((0..10).map(|number| post(&maru, asker, &spellings[number % 2]))).await;
        let jobs: BTreeSet<String> = answers.into_iter().map(id_of).collect();
        assert_eq!(jobs.len(), 1, "{asker}");
    }
    maru.settle().await;
    assert_eq!(maru.stack.parts().bedrock.calls().len(), 2, "one for the member, one for the guest");
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_different_requests_at_once_are_one_job_and_the_others_are_told_when() {
    let maru = without_workers().start().await;
    let bodies: Vec<Value> = (0..10).map(|number| about(&[&format!("{number}번째 글. {SHOP}")])).collect();
    let answers = join_all(bodies.iter().map(|body| post(&maru, OWNER, body))).await;
    let (accepted, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 202);
    assert_eq!(accepted.len(), 1);
    refused.into_iter().for_each(|answer| expect_wait(answer, "5"));
    // Nobody waits for somebody else.
    post(&maru, OTHER, &bodies[0]).await.expect(202);
}

#[tokio::test]
async fn the_time_to_wait_is_true() {
    let maru = without_workers().start().await;
    post(&maru, OWNER, &about(&[SHOP])).await.expect(202);
    for (passes, seconds) in [(0, "5"), (999, "5"), (1, "4"), (3_999, "1")] {
        maru.stack.clock().advance(Duration::from_millis(passes));
        expect_wait(post(&maru, OWNER, &about(&[BATCH])).await, seconds);
    }
    // One second after it was told to wait for one second.
    maru.stack.clock().advance(Duration::from_secs(1));
    post(&maru, OWNER, &about(&[BATCH])).await.expect(202);
    // A refusal has put nothing off.
    expect_wait(post(&maru, OWNER, &about(&[SHOP, BATCH])).await, "5");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_request_joins_the_first_for_five_seconds_even_if_that_has_ended() {
    let maru = setup().start().await;
    let first = ended(&maru, OWNER, &about(&[SHOP])).await;
    assert_eq!(first["status"], "succeeded", "{first:#}");
    maru.stack.clock().advance(Duration::from_millis(4_999));
    assert_eq!(started(&maru, OWNER, &about(&[SHOP])).await["id"], first["id"]);
    maru.stack.clock().advance(Duration::from_millis(1));
    assert_ne!(started(&maru, OWNER, &about(&[SHOP])).await["id"], first["id"], "asked for again");
}

#[tokio::test]
async fn the_same_request_joins_a_job_that_is_at_work_however_long_that_takes() {
    let maru = without_workers().start().await;
    let first = started(&maru, OWNER, &about(&[SHOP])).await;
    maru.stack.clock().advance(Duration::from_secs(20));
    assert_eq!(started(&maru, OWNER, &about(&[SHOP])).await["id"], first["id"]);
    // Joining is no request of its own, for which others would have to wait.
    post(&maru, OWNER, &about(&[BATCH])).await.expect(202);
}

#[tokio::test]
async fn what_is_no_request_is_refused_where_it_is_wrong_and_starts_nothing() {
    let maru = without_workers().start().await;
    let one = about(&[SHOP]);
    let with = |field: &str, value: Value| {
        let mut body = one.clone();
        body[field] = value;
        body
    };
    let section = |content: &str| json!([{ "category": "PROJECT", "content": content }]);
    for (body, pointer) in [
        (with("sections", section(&"가".repeat(4_001))), "/sections/0/content"),
        (with("sections", section("")), "/sections/0/content"),
        (with("sections", section(" \n\t\u{200b}\u{3000} ")), "/sections/0/content"),
        (with("sections", json!([])), "/sections"),
        (about(&[SHOP, BATCH, ENGLISH, "네 번째 글입니다."]), "/sections"),
        (about(&[SHOP, SHOP]), "/sections"),
    ] {
        let answer = post(&maru, OWNER, &body).await;
        assert_eq!(answer.json["errors"][0]["pointer"], pointer, "{answer:#?}");
        answer.expect_problem(400, "invalid_body");
    }
    for body in [
        with("job", json!("CHEF")),
        with("career", json!("1~3")),
        with("language", json!("jp")),
        with("prompt", json!("x")),
        json!([]),
    ] {
        post(&maru, OWNER, &body).await.expect_problem(400, "invalid_body");
    }
    // Nothing was started, so nobody has to wait.
    post(&maru, OWNER, &one).await.expect(202);
}

#[tokio::test]
async fn a_file_in_base64_and_signs_without_words_are_no_text() {
    let maru = without_workers().start().await;
    let blob =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    for content in [&blob.repeat(20), "😀😀😀 🎉🎉", "....... !!! 1234 5678", "----\n====\n****"] {
        let answer = post(&maru, OWNER, &about(&[SHOP, content])).await;
        assert_eq!(answer.json["errors"][0]["pointer"], "/sections/1/content", "{answer:#?}");
        answer.expect_problem(400, "content_not_text");
    }
    for content in [&"가".repeat(4_000), "결제를 만들었습니다 🚀🚀🚀", ENGLISH] {
        post(&maru, OWNER, &about(&[content])).await.expect(202);
        maru.stack.clock().advance(Duration::from_secs(5));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_whose_answer_was_lost_is_answered_with_the_job_that_it_started() {
    let maru = without_workers().start().await;
    let send = || {
        let request = maru.request(Method::POST, "/interviews", &token(&maru, OWNER));
        request.header("idempotency-key", "once").json(&about(&[SHOP])).send()
    };
    let (function, operation, moment) =
        ("create_interview".to_owned(), Some("TransactWriteItems".to_owned()), Moment::After);
    maru.stack.parts().crashes.arm(CrashPlan { function, at_call: 1, operation, moment });
    let lost = Answer::read(send().await.unwrap()).await;
    assert!(lost.status >= 500 && maru.stack.parts().crashes.hit(), "{lost:#?}");
    // Behind the lease of the request that died, and behind the pause.
    maru.stack.clock().advance(Duration::from_secs(31));
    let first = id_of(Answer::read(send().await.unwrap()).await);
    assert_eq!(id_of(Answer::read(send().await.unwrap()).await), first);
    assert_eq!(id_of(post(&maru, OWNER, &about(&[SHOP])).await), first, "the only job there is");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_left_can_start_nothing_with_an_old_token() {
    let maru = setup().start().await;
    leaves(&maru).await.unwrap();
    post(&maru, OWNER, &about(&[SHOP])).await.expect_problem(401, "unauthenticated");
}

#[tokio::test]
async fn refuses_whoever_has_a_token_that_is_none() {
    let maru = without_workers().start().await;
    // Its sender believes to be signed in, and would look for the interview in vain.
    for token in ["not.a.token", "Bearer"] {
        let request = maru.request(Method::POST, "/interviews", token).json(&about(&[SHOP]));
        Answer::read(request.send().await.unwrap()).await.expect_problem(401, "unauthenticated");
    }
}
