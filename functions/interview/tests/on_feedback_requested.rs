//! Grading answers.

use std::time::Duration;

use maru_stack::bedrock::FaultKind;
use maru_stack::crash::{CrashPlan, Moment};
use maru_testing::{Maru, Said, Script};
use reqwest::Method;
use serde_json::{Value, json};

use crate::create_interview_feedback::{answerable, answers};
use crate::on_interview_requested::proposed;
use crate::{OWNER, SHOP, ask, job_of, log_of, questions, seen, setup};

const GOOD: &str = "조회가 쓰기보다 백 배 많았기 때문에 캐시를 두었습니다. 만료는 10분이었습니다.";

/// Has answers graded and gives the job when nothing is at work any more.
async fn graded(maru: &Maru, path: &str, body: &Value) -> Value {
    let link = ask(maru, OWNER, Method::POST, path, body).await.expect(202)["job"].clone();
    maru.settle().await;
    let mut job = job_of(maru, &link).await;
    job["streamUrl"] = link["streamUrl"].clone();
    job
}

/// The calls of a model for feedback so far.
fn calls(maru: &Maru) -> usize {
    let calls = maru.stack.parts().bedrock.calls();
    calls.iter().filter(|call| call.purpose.starts_with("interview.feedback")).count()
}

/// A stack whose model asks three questions and then gives these verdicts, each time the next, on every criterion.
async fn with_verdicts(verdicts: &[(bool, &str)]) -> (Maru, std::sync::Arc<Script>) {
    let asked = ["왜 Redis였나요?", "지연은 어떻게 쟀나요?", "캐시 만료는 몇 분이었나요?"];
    let verdicts: Vec<Value> =
        verdicts.iter().map(|(met, quote)| json!({ "met": met, "quote": quote })).collect();
    let given = std::sync::atomic::AtomicUsize::new(0);
    let script = Script::answering(move |request| {
        if !request.contains("judge_answer") {
            return Said::Whole(proposed(SHOP, &asked));
        }
        let place = given.fetch_add(1, std::sync::atomic::Ordering::Relaxed).min(verdicts.len() - 1);
        let verdict = &verdicts[place];
        Said::Whole(
            json!({ "relevance": verdict, "structure": verdict, "correctness": verdict, "tone": verdict }),
        )
    });
    (setup().model(script.model().await).start().await, script)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_answer_has_a_score_and_items_with_quotes_and_a_blank_one_costs_no_call() {
    let maru = setup().start().await;
    let (path, ids) = answerable(&maru).await;
    let body = answers(&[(&ids[0], GOOD), (&ids[1], " \n\u{200b}"), (&ids[2], "...😀")]);
    let job = graded(&maru, &path, &body).await;
    assert_eq!(json!([job["status"], job["usage"]["calls"]]), json!(["succeeded", 1]), "{job:#}");
    let feedback = &job["result"]["feedback"];
    let good = &feedback[0]["feedback"];
    assert_eq!(good["items"].as_array().unwrap().len(), 4, "{good:#}");
    for item in good["items"].as_array().unwrap() {
        assert!(GOOD.contains(item["quote"].as_str().unwrap()), "{item:#}");
    }
    let met = good["items"].as_array().unwrap().iter().filter(|item| item["met"] == true).count();
    assert_eq!(json!([good["score"], good["model"]]), json!([met * 25, "offline-extractive"]));
    for blank in [&feedback[1]["feedback"], &feedback[2]["feedback"]] {
        assert_eq!(json!([blank["score"], blank["model"]]), json!([0, null]));
        assert!(blank["items"].as_array().unwrap().iter().all(|item| item["met"] == false));
    }
    // Watchers saw each when it was graded, and the interview has it.
    let items: Vec<Value> =
        log_of(&maru, &job).await.into_iter().filter(|it| it.kind == "item").map(|it| it.data).collect();
    assert_eq!(items.len(), 3);
    let id = job["result"]["interviewId"].as_str().unwrap();
    let shown: Vec<Value> = questions(&seen(&maru, id).await.expect(200));
    let kept: Vec<&Value> = shown.iter().map(|question| &question["feedback"]).collect();
    assert_eq!(kept, [good, &feedback[1]["feedback"], &feedback[2]["feedback"]]);
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_answer_graded_five_times_has_the_same_items_and_one_call() {
    // A model that changes its mind each time.
    let (maru, _script) =
        with_verdicts(&[(true, "만료는 10분이었습니다."), (false, GOOD), (true, GOOD)]).await;
    let (path, ids) = answerable(&maru).await;
    let mut seen = Vec::new();
    for spelling in [GOOD, &format!(" {GOOD}\n"), GOOD, &GOOD.replace("분이", "\u{200b}분이"), GOOD] {
        let job = graded(&maru, &path, &answers(&[(&ids[0], spelling)])).await;
        seen.push(job["result"]["feedback"][0]["feedback"].clone());
    }
    assert!(seen.iter().all(|feedback| *feedback == seen[0]), "{seen:#?}");
    assert_eq!((seen[0]["score"].as_u64(), calls(&maru)), (Some(100), 1));
    // Another answer is graded anew: a no needs no quote, a yes with quotes of another text is no grade.
    let no = graded(&maru, &path, &answers(&[(&ids[0], "팀장님이 그러자고 하셨습니다.")])).await;
    let feedback = &no["result"]["feedback"][0]["feedback"];
    assert_eq!(json!([feedback["score"], feedback["items"][0]["quote"]]), json!([0, ""]), "{no:#}");
    let other = graded(&maru, &path, &answers(&[(&ids[0], "잘 기억나지 않습니다.")])).await;
    assert_eq!(other["error"]["code"], "model_answer_invalid", "{other:#}");
    assert_eq!(calls(&maru), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_telephone_number_in_an_answer_is_not_shown_to_the_model() {
    let answer = "제 번호 010-1234-5678로 시험했습니다.";
    let (maru, script) = with_verdicts(&[(true, "제 번호 [전화번호 1]로 시험했습니다.")]).await;
    let (path, ids) = answerable(&maru).await;
    let job = graded(&maru, &path, &answers(&[(&ids[0], answer)])).await;
    let asked = script.asked().pop().unwrap();
    assert!(asked.contains("[전화번호 1]") && !asked.contains("1234"), "{asked}");
    assert_eq!(job["result"]["feedback"][0]["feedback"]["items"][0]["quote"], answer, "{job:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_fails_leaves_the_others_and_all_that_fail_fail_the_job() {
    let maru = setup().start().await;
    let (path, ids) = answerable(&maru).await;
    maru.stack.parts().bedrock.push_fault_for(FaultKind::Throttle, 1, &ids[1]);
    let job =
        graded(&maru, &path, &answers(&[(&ids[0], GOOD), (&ids[1], "네 그렇습니다 하고 말했습니다.")])).await;
    assert_eq!(job["status"], "partly_succeeded", "{job:#}");
    let codes: Vec<&Value> =
        job["result"]["feedback"].as_array().unwrap().iter().map(|it| &it["error"]["code"]).collect();
    assert_eq!(json!(codes), json!([null, "model_throttled"]));
    maru.stack.parts().bedrock.push_fault(FaultKind::Throttle, 1);
    let job = graded(&maru, &path, &answers(&[(&ids[2], "측정은 k6로 했습니다.")])).await;
    assert_eq!(json!([job["status"], job["error"]["code"]]), json!(["failed", "model_throttled"]), "{job:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_dies_at_any_call_has_each_answer_graded_once() {
    let mut crashes = 0;
    for at_call in 1.. {
        let maru = setup().start().await;
        let (path, ids) = answerable(&maru).await;
        let function = "on_feedback_requested".to_owned();
        let moment = Moment::After;
        maru.stack.parts().crashes.arm(CrashPlan { function, at_call, operation: None, moment });
        let body = answers(&[(&ids[0], GOOD), (&ids[1], "")]);
        let link = ask(&maru, OWNER, Method::POST, &path, &body).await.expect(202)["job"].clone();
        maru.settle().await;
        if !maru.stack.parts().crashes.hit() {
            break;
        }
        crashes += 1;
        maru.stack.clock().advance(Duration::from_secs(3_601));
        maru.settle().await;
        let job = job_of(&maru, &link).await;
        assert_eq!(job["status"], "succeeded", "call {at_call}: {job:#}");
        let items = log_of(&maru, &link).await.into_iter().filter(|event| event.kind == "item").count();
        assert_eq!(items, 2, "call {at_call}");
    }
    assert!(crashes > 10, "the worker makes many calls: {crashes}");
}

#[tokio::test(flavor = "multi_thread")]
async fn feedback_on_a_question_that_is_deleted_meanwhile_brings_nothing_back() {
    let maru = setup().start().await;
    let (path, ids) = answerable(&maru).await;
    // The worker dies before it begins; meanwhile the question goes.
    let function = "on_feedback_requested".to_owned();
    let moment = Moment::Before;
    maru.stack.parts().crashes.arm(CrashPlan { function, at_call: 1, operation: None, moment });
    let body = answers(&[(&ids[0], GOOD), (&ids[1], GOOD)]);
    let link = ask(&maru, OWNER, Method::POST, &path, &body).await.expect(202)["job"].clone();
    maru.settle().await;
    let interview = path.trim_end_matches("/feedback");
    let question = format!("{interview}/questions/{}", ids[0]);
    ask(&maru, OWNER, Method::DELETE, &question, &Value::Null).await.expect(204);
    maru.stack.clock().advance(Duration::from_secs(3_601));
    maru.settle().await;
    let job = job_of(&maru, &link).await;
    assert_eq!(job["status"], "partly_succeeded", "{job:#}");
    assert_eq!(job["result"]["feedback"][0]["error"]["code"], "question_deleted");
    let left = maru.get(interview, &crate::token(&maru, OWNER)).await.expect(200);
    assert_eq!(questions(&left).len(), 2);
}
