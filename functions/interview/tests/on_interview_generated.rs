//! Saving what was generated, beside the answer.

use std::time::Duration;

use maru_stack::crash::{CrashPlan, Moment};
use maru_testing::{Answer, Maru};
use serde_json::{Value, json};

use crate::{OWNER, SHOP, about, ended, leaves, questions, seen, setup, token};

async fn listed(maru: &Maru) -> Vec<Value> {
    let page = maru.get("/interviews", &token(maru, OWNER)).await.expect(200);
    page["items"].as_array().unwrap().clone()
}

/// Lets the function die at one of its next calls.
fn die(maru: &Maru, operation: Option<&str>, at_call: u32, moment: Moment) {
    let function = "on_interview_generated".to_owned();
    let operation = operation.map(str::to_owned);
    maru.stack.parts().crashes.arm(CrashPlan { function, at_call, operation, moment });
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_failing_keeps_no_question_from_the_user_and_the_save_comes_later_once() {
    let maru = setup().start().await;
    // Dies before it can save, again and again.
    die(&maru, None, 2, Moment::Before);
    let job = ended(&maru, OWNER, &about(&[SHOP])).await;
    assert_eq!((job["status"].as_str(), questions(&job["result"]).len()), (Some("succeeded"), 3));
    for _ in 0..3 {
        assert!(maru.stack.parts().crashes.hit());
        assert_eq!(listed(&maru).await, [] as [Value; 0]);
        die(&maru, None, 2, Moment::Before);
        maru.stack.clock().advance(Duration::from_secs(361));
        maru.settle().await;
    }
    maru.stack.parts().crashes.disarm();
    maru.stack.clock().advance(Duration::from_secs(361));
    maru.settle().await;
    assert_eq!(listed(&maru).await.len(), 1);
    assert_eq!(maru.stack.parts().bedrock.calls().len(), 1, "nothing was asked again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_comes_twice_saves_once_and_brings_nothing_back() {
    let maru = setup().start().await;
    // Saved, and then the answer of the database is lost: the message comes again.
    die(&maru, Some("TransactWriteItems"), 1, Moment::After);
    let job = ended(&maru, OWNER, &about(&[SHOP])).await;
    assert!(maru.stack.parts().crashes.hit());
    let id = job["result"]["interviewId"].as_str().unwrap();
    let path = format!("/interviews/{id}/questions/{}", questions(&job["result"])[0]["id"].as_str().unwrap());
    crate::ask(&maru, OWNER, reqwest::Method::DELETE, &path, &Value::Null).await.expect(204);
    maru.stack.clock().advance(Duration::from_secs(361));
    maru.settle().await;
    assert_eq!(questions(&seen(&maru, id).await.expect(200)).len(), 2, "a deleted question stays deleted");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_saved_for_a_member_who_left_meanwhile() {
    let maru = setup().start().await;
    die(&maru, None, 1, Moment::Before);
    let job = ended(&maru, OWNER, &about(&[SHOP])).await;
    assert_eq!(json!([job["status"], maru.stack.parts().crashes.hit()]), json!(["succeeded", true]));
    leaves(&maru).await.unwrap();
    maru.stack.clock().advance(Duration::from_secs(361));
    maru.settle().await;
    assert_eq!(listed(&maru).await, [] as [Value; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_interview_does_not_come_back_with_its_message() {
    let maru = setup().start().await;
    die(&maru, Some("TransactWriteItems"), 1, Moment::After);
    let job = ended(&maru, OWNER, &about(&[SHOP])).await;
    assert!(maru.stack.parts().crashes.hit());
    let path = format!("/interviews/{}", job["result"]["interviewId"].as_str().unwrap());
    crate::ask(&maru, OWNER, reqwest::Method::DELETE, &path, &Value::Null).await.expect(204);
    maru.stack.clock().advance(Duration::from_secs(361));
    maru.settle().await;
    assert_eq!(listed(&maru).await, [] as [Value; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn feedback_on_questions_that_are_about_to_be_saved_is_to_be_asked_for_again() {
    let maru = setup().start().await;
    die(&maru, None, 1, Moment::Before);
    let job = ended(&maru, OWNER, &about(&[SHOP])).await;
    let id = job["result"]["interviewId"].as_str().unwrap();
    let path = format!("/interviews/{id}/feedback");
    let answer =
        json!([{ "questionId": questions(&job["result"])[0]["id"], "answer": "캐시를 두었습니다." }]);
    let send = |member: &'static str| {
        let request = maru.request(reqwest::Method::POST, &path, &token(&maru, member));
        request.header("idempotency-key", "once").json(&json!({ "answers": answer })).send()
    };
    let early = Answer::read(send(OWNER).await.unwrap()).await;
    assert_eq!(early.headers["retry-after"], "1", "{early:#?}");
    early.expect_problem(503, "not_saved_yet");
    Answer::read(send(crate::OTHER).await.unwrap()).await.expect_problem(404, "not_found");
    maru.stack.clock().advance(Duration::from_secs(361));
    maru.settle().await;
    Answer::read(send(OWNER).await.unwrap()).await.expect(202);
}
