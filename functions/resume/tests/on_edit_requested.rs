//! Proposing edits: what the model is asked, and what of its answers is refused.

mod facts;

use maru_testing::Maru;
use reqwest::Method;
use serde_json::{Value, json};

use crate::apply_resume_edit::editing;
use crate::create_resume_edit::{edit, post};
use crate::{OWNER, ask, ask_if, document, table, token, with_resume};

/// Asks for an edit and waits until its job has ended.
async fn job(maru: &Maru) -> Value {
    let job = post(maru, &edit("숫자를 넣어서")).await.expect(202)["job"]["id"].as_str().unwrap().to_owned();
    maru.settle().await;
    maru.get(&format!("/jobs/{job}"), &token(maru, OWNER)).await.expect(200)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_result_is_the_proposal_and_the_resume_stays() {
    let (maru, script) = editing(&["  다시 시도하는 횟수를\n"]).await;
    let ended = job(&maru).await;
    let result = &ended["result"];
    assert!(result["editId"].as_str().unwrap().starts_with("edt_"), "{ended:#}");
    assert_eq!(json!([result["before"], result["after"]]), json!(["재시도를", "다시 시도하는 횟수를"]));
    assert_eq!(crate::seen(&maru).await["version"], 1);
    assert_eq!(ended["usage"]["calls"], 1);
    assert_eq!(ended["progress"], json!({ "done": 1, "total": 1, "label": "바꿀 문장을 썼습니다" }));
    // The model is asked for the replacement alone, and what people write is fenced off.
    let asked = script.asked();
    assert!(
        asked[0].contains("kind=\\\"selection\\\"") && asked[0].contains("\"replacement\""),
        "{}",
        asked[0]
    );
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nothing_supports_is_sent_back_and_then_refused_with_the_credit() {
    for invented in ["재시도를 99%", "Kubernetes로 재시도를", "팀을 이끌어 재시도를"] {
        let (maru, script) = editing(&[invented]).await;
        let ended = job(&maru).await;
        assert_eq!(
            (&ended["status"], &ended["error"]["code"]),
            (&json!("failed"), &json!("edit_unsupported"))
        );
        assert_eq!(ended["usage"]["calls"], 2, "{invented}");
        assert!(script.asked()[1].contains("was refused"), "{}", script.asked()[1]);
        let credits = maru.get("/credits", &token(&maru, OWNER)).await.expect(200);
        assert_eq!(credits["used"], 0, "{invented}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_answer_that_is_supported_is_proposed() {
    let (maru, _script) = editing(&["재시도를 99%", "다시 시도하는 횟수를"]).await;
    assert_eq!(job(&maru).await["result"]["after"], "다시 시도하는 횟수를");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_is_refused() {
    // With the rest of the field the second one is longer than a statement may be.
    for broken in ["재\u{0}시도를", &"재시도".repeat(665)] {
        let (maru, _script) = editing(&[broken]).await;
        assert_eq!(job(&maru).await["error"]["code"], "edit_unsupported", "{broken:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_moves_before_the_edit_is_begun_costs_nothing() {
    let (maru, script) = editing(&["x"]).await;
    // The worker dies before it begins; meanwhile the owner writes something else there.
    let plan = maru_stack::crash::CrashPlan {
        function: "on_edit_requested".to_owned(),
        at_call: 1,
        operation: None,
        moment: maru_stack::crash::Moment::Before,
    };
    maru.stack.parts().crashes.arm(plan);
    let id = post(&maru, &edit("더 짧게")).await.expect(202)["job"]["id"].as_str().unwrap().to_owned();
    maru.settle().await;
    let mut moved = document();
    moved["projects"][0]["roles"][1]["text"] = json!("다른 글");
    let body = json!({ "document": moved });
    ask_if(&maru, OWNER, Method::PUT, "/resumes/res_1", &body, Some("*")).await.expect(200);
    maru.stack.clock().advance(std::time::Duration::from_secs(1_900));
    maru.settle().await;
    let ended = maru.get(&format!("/jobs/{id}"), &token(&maru, OWNER)).await.expect(200);
    assert_eq!(ended["error"]["code"], "selection_moved", "{ended:#}");
    assert!(script.asked().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_died_is_counted_even_when_the_text_moved_meanwhile() {
    let (maru, _script) = editing(&["x"]).await;
    maru.stack.parts().crashes.arm(maru_stack::crash::CrashPlan {
        function: "on_edit_requested".to_owned(),
        at_call: 1,
        operation: Some("ConverseStream".to_owned()),
        moment: maru_stack::crash::Moment::Before,
    });
    let id = post(&maru, &edit("더 짧게")).await.expect(202)["job"]["id"].as_str().unwrap().to_owned();
    maru.settle().await;
    assert!(maru.stack.parts().crashes.hit());
    let mut moved = document();
    moved["projects"][0]["roles"][1]["text"] = json!("다른 글");
    let body = json!({ "document": moved });
    ask_if(&maru, OWNER, Method::PUT, "/resumes/res_1", &body, Some("*")).await.expect(200);
    maru.stack.clock().advance(std::time::Duration::from_secs(1_900));
    maru.settle().await;
    let ended = maru.get(&format!("/jobs/{id}"), &token(&maru, OWNER)).await.expect(200);
    assert_eq!(
        json!([ended["error"]["code"], ended["usage"]["calls"]]),
        json!(["selection_moved", 1]),
        "{ended:#}"
    );
    let usage = table::usage(&maru, "resume.edit").await;
    assert_eq!(json!([usage["calls"], usage["unknownCalls"]]), json!([1, 1]), "{usage:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_offline_model_proposes_something_that_can_be_applied() {
    let maru = with_resume().await;
    let ended = job(&maru).await;
    assert_eq!(ended["status"], "succeeded", "{ended:#}");
    let path = format!("/resumes/res_1/edits/{}/apply", ended["result"]["editId"].as_str().unwrap());
    ask(&maru, OWNER, Method::POST, &path, &Value::Null).await.expect(200);
}
