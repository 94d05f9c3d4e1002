//! Asking for edits: what can be selected, and the credits that asking takes.

mod credits;

use std::collections::BTreeSet;

use futures::future::join_all;
use maru_testing::{Answer, Maru};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{OWNER, ask, expect_not_found_by_another, expect_only_members, with_resume, without_workers};

pub const PATH: &str = "/resumes/res_1/edits";

/// A body that asks for a change of `재시도를` in the second role.
pub fn edit(instruction: &str) -> Value {
    selection("/projects/0/roles/1/text", 0, 4, "재시도를", instruction)
}

fn selection(pointer: &str, start: usize, end: usize, text: &str, instruction: &str) -> Value {
    json!({ "pointer": pointer, "start": start, "end": end, "selectedText": text, "instruction": instruction })
}

/// A stack without workers, so that jobs stay queued.
pub async fn queueing() -> Maru {
    let maru = without_workers().start().await;
    crate::table::put_resume(&maru, OWNER, crate::RESUME, &crate::document()).await;
    maru
}

pub async fn post(maru: &Maru, body: &Value) -> Answer {
    ask(maru, OWNER, Method::POST, PATH, body).await
}

#[tokio::test]
async fn an_edit_is_a_job_that_can_be_watched() {
    let maru = with_resume().await;
    let job = post(&maru, &edit("더 짧게")).await.expect(202)["job"].clone();
    assert_eq!(json!([job["kind"], job["status"]]), json!(["resume.edit", "queued"]));
    assert!(job["resultUrl"].as_str().unwrap().starts_with("/resumes/res_1/edits/edt_"), "{job}");
}

#[tokio::test]
async fn offsets_count_utf16_code_units_as_browsers_do() {
    let maru = queueing().await;
    crate::table::put_pro(&maru, OWNER).await;
    // Behind an emoji of five units, a letter with a combining mark, and Hebrew.
    for (start, end, text) in
        [(14, 19, "👩‍💻"), (20, 21, "\""), (27, 29, "e\u{301}"), (31, 36, "עברית"), (36, 37, ".")]
    {
        post(&maru, &selection("/summary/0/text", start, end, text, "바꿔")).await.expect(202);
    }
}

#[tokio::test]
async fn what_cannot_be_selected_is_refused_without_a_credit() {
    let maru = queueing().await;
    let summary = "/summary/0/text";
    for (body, status, code) in [
        (selection(summary, 14, 16, "👩", "x"), 400, "invalid_selection"),
        (selection(summary, 15, 19, "x", "x"), 400, "invalid_selection"),
        (selection(summary, 27, 28, "e", "x"), 400, "invalid_selection"),
        (selection(summary, 3, 3, "x", "x"), 400, "invalid_selection"),
        (selection(summary, 3, 900, "x", "x"), 400, "invalid_selection"),
        (selection("/basics/name", 0, 1, "김", "x"), 400, "not_editable"),
        (selection("/summary/7/text", 0, 1, "결", "x"), 400, "not_editable"),
        (selection(summary, 0, 2, "주문", "x"), 409, "selection_moved"),
        (selection(summary, 0, 2, "결제", ""), 400, "invalid_body"),
        (selection(summary, 0, 2, "결제", "   "), 400, "invalid_body"),
        (selection(summary, 0, 2, "결제", "\u{3164}"), 400, "invalid_body"),
        (selection(summary, 0, 2, "결제", "더\u{0} 짧게"), 400, "invalid_body"),
        (selection(summary, 0, 2, "결제", &"x".repeat(501)), 400, "invalid_body"),
    ] {
        post(&maru, &body).await.expect_problem(status, code);
    }
    assert_eq!(credits::used(&maru).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_equal_requests_at_once_are_one_job_and_one_credit() {
    let maru = queueing().await;
    let wish = edit("더 짧게");
    let answers = join_all((0..10).map(|_| post(&maru, &wish))).await;
    let jobs: BTreeSet<String> = answers.into_iter().map(|answer| answer.expect(202).to_string()).collect();
    assert_eq!(jobs.len(), 1, "{jobs:#?}");
    assert_eq!(credits::used(&maru).await, 1);
}

#[tokio::test]
async fn an_equal_request_joins_even_when_no_credit_is_left() {
    let maru = queueing().await;
    let first = post(&maru, &edit("하나")).await.expect(202);
    for other in ["둘", "셋"] {
        post(&maru, &edit(other)).await.expect(202);
    }
    post(&maru, &edit("넷")).await.expect_problem(429, "credits_exhausted");
    assert_eq!(post(&maru, &edit("하나")).await.expect(202), first);
}

#[tokio::test]
async fn refuses_whoever_is_not_the_owner() {
    let maru = with_resume().await;
    expect_only_members(&maru, Method::POST, PATH).await;
    expect_not_found_by_another(&maru, Method::POST, PATH, &edit("바꿔")).await;
}
