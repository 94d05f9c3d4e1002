//! `POST /hub/resumes/{resumeId}/comments`.

use std::time::Duration;

use futures::future::join_all;
use maru_stack::crash::{CrashPlan, Moment};
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_store::Key;
use maru_testing::{Answer, Maru};
use reqwest::Method;
use serde_json::{Value, json};

use crate::publishing::{hub_table, withdraw_quietly};
use crate::{comment, expect_only_members, followed_up, is_called, leaves, token, told, view, with_one};

const PATH: &str = "/hub/resumes/res_1/comments";

/// After which a request takes over from one that died.
const LEASE: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_is_there_at_once_counted_and_told_to_the_owner() {
    let maru = with_one().await;
    is_called(&maru, "usr_a", 1, "한결").await;
    let made = comment(&maru, "usr_a", "res_1", "결제 재시도가\n인상 깊어요 👍").await;
    assert!(made["id"].as_str().unwrap().starts_with("cmt_"));
    assert_eq!((&made["author"], &made["mine"]), (&json!({ "nickname": "한결" }), &json!(true)));
    assert_eq!(maru.get(PATH, &token(&maru, "usr_a")).await.expect(200)["items"], json!([made]));
    assert_eq!(view(&maru, "usr_b", "res_1").await["comments"], 1);
    comment(&maru, "usr_a", "res_1", "하나 더").await;
    comment(&maru, "usr_owner", "res_1", "고맙습니다").await;
    followed_up(&maru).await;
    let told = told(&maru, "usr_owner").await;
    let messages: Vec<&Value> = told.iter().map(|item| &item["message"]).collect();
    assert_eq!(
        messages, ["한결님이 ‘제목 res_1’ 이력서에 댓글을 남겼습니다."; 2],
        "each by itself, not one's own"
    );
}

/// The same comment, sent under an idempotency key.
async fn send(maru: &Maru, key: &str, content: &str) -> Answer {
    let request = maru.request(Method::POST, PATH, &token(maru, "usr_a")).header("idempotency-key", key);
    Answer::read(request.json(&json!({ "content": content })).send().await.unwrap()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_equal_requests_under_one_key_are_one_comment() {
    let maru = with_one().await;
    let answers = join_all((0..10).map(|_| send(&maru, "k1", "좋아요!"))).await;
    let first = answers[0].json.clone();
    for answer in answers {
        assert_eq!(answer.expect(201), first);
    }
    send(&maru, "k1", "다른 말").await.expect_problem(422, "idempotency_mismatch");
    send(&maru, "k2", "좋아요!").await.expect(201);
    assert_eq!(view(&maru, "usr_b", "res_1").await["comments"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_writes_ten_comments_a_minute() {
    let maru = with_one().await;
    let post = async || maru.post(PATH, &token(&maru, "usr_a"), &json!({ "content": "좋아요!" })).await;
    let statuses: Vec<u16> =
        join_all((0..20).map(|_| post())).await.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 10, "{statuses:?}");
    let refused = post().await;
    assert!(refused.headers.contains_key("retry-after") && refused.headers.contains_key("ratelimit-policy"));
    refused.expect_problem(429, "too_many_requests");
    comment(&maru, "usr_b", "res_1", "저는 아직요").await;
    maru.stack.clock().advance(Duration::from_secs(60));
    post().await.expect(201);
    assert_eq!(view(&maru, "usr_b", "res_1").await["comments"], 12);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_comment_is_refused() {
    let maru = with_one().await;
    let token = token(&maru, "usr_a");
    for content in ["", " \n", "a\u{7}b", &"가".repeat(1_001)] {
        maru.post(PATH, &token, &json!({ "content": content })).await.expect_problem(400, "invalid_body");
    }
    for body in [json!({}), json!({ "content": "a", "authorId": "usr_b" }), json!({ "content": 1 })] {
        maru.post(PATH, &token, &body).await.expect_problem(400, "invalid_body");
    }
    comment(&maru, "usr_a", "res_1", &"가".repeat(1_000)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_has_no_account_or_closed_it_and_what_is_not_public() {
    let maru = with_one().await;
    expect_only_members(&maru, Method::POST, PATH).await;
    let body = json!({ "content": "좋아요!" });
    leaves(&maru, "usr_a").await;
    maru.post(PATH, &token(&maru, "usr_a"), &body).await.expect_problem(401, "unauthenticated");
    withdraw_quietly(&maru, "res_1").await;
    maru.post(PATH, &token(&maru, "usr_b"), &body).await.expect_problem(404, "not_found");
}

/// Lets the next comment be written and its writer never hear of it: its answer is lost each time, or it dies.
async fn written_and_not_answered(maru: &Maru, dies: bool) {
    let parts = maru.stack.parts();
    let operation = "TransactWriteItems";
    if dies {
        let (function, moment) = ("create_comment".to_owned(), Moment::After);
        let operation = Some(operation.to_owned());
        parts.crashes.arm(CrashPlan { function, at_call: 1, operation, moment });
    } else {
        let lost = Fault::new(FaultTarget::Database, FaultKind::LostAnswer, 20);
        parts.faults.push(lost.of_operation(operation));
    }
    let unheard = send(maru, "k1", "좋아요!").await;
    assert!(unheard.status >= 500, "{unheard:#?}");
    parts.faults.clear();
    maru.stack.clock().advance(LEASE);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_that_was_not_answered_is_answered_to_the_repetition_and_not_written_again() {
    for dies in [false, true] {
        let maru = with_one().await;
        written_and_not_answered(&maru, dies).await;
        let repeated = send(&maru, "k1", "좋아요!").await.expect(201);
        assert_eq!(maru.get(PATH, &token(&maru, "usr_a")).await.expect(200)["items"], json!([repeated]));
        assert_eq!(view(&maru, "usr_b", "res_1").await["comments"], 1, "dies: {dies}");
        followed_up(&maru).await;
        let told = told(&maru, "usr_owner").await;
        assert_eq!((told.len(), &told[0]["count"]), (1, &json!(1)), "dies: {dies}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_that_was_not_answered_is_answered_even_when_the_resume_is_private_by_now() {
    let maru = with_one().await;
    written_and_not_answered(&maru, false).await;
    withdraw_quietly(&maru, "res_1").await;
    send(&maru, "k1", "좋아요!").await.expect(201);
    send(&maru, "k2", "좋아요!").await.expect_problem(404, "not_found");
}

/// The first is so slow that its successor is done before it.
#[tokio::test(flavor = "multi_thread")]
async fn two_who_write_the_comment_of_one_key_write_one() {
    let maru = with_one().await;
    let faults = &maru.stack.parts().faults;
    faults.push(Fault::new(FaultTarget::Database, FaultKind::Delay, 1).of_operation("TransactWriteItems"));
    let successor = async {
        while !faults.pending().is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        maru.stack.clock().advance(LEASE);
        send(&maru, "k1", "좋아요!").await
    };
    let (slow, successor) = tokio::join!(send(&maru, "k1", "좋아요!"), successor);
    assert_eq!(slow.expect(201), successor.expect(201));
    assert_eq!(view(&maru, "usr_b", "res_1").await["comments"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_of_three_hundred_comments_turns_at_midnight_in_seoul() {
    let maru = with_one().await;
    let day = Key::new("LIMIT#comments-day#usr_a", "1768489200");
    // 2026-01-15T15:00:00Z, ten minutes before the clock of these tests.
    let used = json!({ "used": 300, "expiresAt": 1_768_575_600 });
    hub_table(&maru).put_new(&day, &used).await.unwrap();
    let refused = send(&maru, "k1", "하나 더").await;
    assert_eq!(refused.headers["retry-after"], "85800");
    refused.expect_problem(429, "too_many_requests");
    maru.stack.clock().advance(Duration::from_secs(85_799));
    send(&maru, "k2", "하나 더").await.expect_problem(429, "too_many_requests");
    maru.stack.clock().advance(Duration::from_secs(1));
    send(&maru, "k3", "하나 더").await.expect(201);
}
