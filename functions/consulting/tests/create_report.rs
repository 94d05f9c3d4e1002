//! `POST /consulting/reports`.

mod once;
mod refusals;

use maru_testing::{Answer, Maru};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::night::setup;

/// A Maru with a published night, on a clock that stands still.
pub async fn published() -> Maru {
    let maru = setup().frozen().start().await;
    assert_eq!(maru.night().await["state"], "published");
    maru
}

/// Today's report of a lecturer, asked for and waited for.
pub async fn report(maru: &Maru, lecturer: &str) -> Value {
    let token = maru.lecturer(lecturer);
    drop(maru.post("/consulting/reports", &token, &json!({})).await.expect(202));
    maru.settle().await;
    maru.post("/consulting/reports", &token, &json!({})).await.expect(200)
}

fn request(maru: &Maru, lecturer: &str) -> RequestBuilder {
    maru.request(Method::POST, "/consulting/reports", &maru.lecturer(lecturer))
}

async fn answer(request: RequestBuilder) -> Answer {
    Answer::read(request.send().await.unwrap()).await
}

/// How many calls of a model there were.
fn model_calls(maru: &Maru) -> usize {
    maru.stack.parts().bedrock.calls().len()
}

#[tokio::test]
async fn the_answer_names_a_job_whose_log_and_result_can_be_fetched() {
    let maru = published().await;
    let lecturer = maru.lecturer("lecturer-a");
    let job = answer(request(&maru, "lecturer-a")).await.expect(202)["job"].clone();
    assert_eq!(json!([job["kind"], job["status"]]), json!(["consulting.report", "queued"]));
    maru.settle().await;

    let ended = maru.get(&format!("/jobs/{}", job["id"].as_str().unwrap()), &lecturer).await.expect(200);
    assert_eq!((&ended["status"], &ended["usage"]["calls"]), (&json!("succeeded"), &json!(3)));
    assert_eq!(ended["progress"]["done"], ended["progress"]["total"]);
    // The stream's URL holds its own permission: it is what a page opens as an EventSource.
    let stream =
        maru.client.get(job["streamUrl"].as_str().unwrap()).send().await.unwrap().text().await.unwrap();
    assert!(stream.contains("event: done\n"), "{stream}");
    let report = maru.get(job["resultUrl"].as_str().unwrap(), &lecturer).await.expect(200);
    assert_eq!(ended["result"]["reportId"], report["id"]);
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test]
async fn the_report_counts_its_sources_and_quotes_them_byte_for_byte() {
    let maru = published().await;
    let report = report(&maru, "lecturer-a").await;
    assert_eq!(json!([report["day"], report["countedUntil"]]), json!(["2026-01-16", "2026-01-15"]));
    assert_eq!(json!([report["reviews"]["count"], report["questions"]["count"]]), json!([12, 6]));
    assert_eq!(json!([report["reviews"]["sufficiency"], report["language"]]), json!(["enough", "ko"]));
    let mut quotes = 0;
    for section in ["reviewAnalysis", "qnaAnalysis", "overall"] {
        for list in ["strengths", "weaknesses", "improvements"] {
            for claim in report[section][list].as_array().unwrap() {
                let evidence = claim["evidence"].as_array().unwrap();
                let mut sources: Vec<&str> = evidence.iter().map(|one| one["id"].as_str().unwrap()).collect();
                sources.sort_unstable();
                sources.dedup();
                assert_eq!(claim["count"], sources.len(), "{claim:#}");
                for one in evidence {
                    let text = source(one["kind"].as_str().unwrap(), one["id"].as_str().unwrap());
                    let quote = one["quote"].as_str().unwrap();
                    assert!(!quote.is_empty() && text.contains(quote), "{quote:?} is not in {text:?}");
                    quotes += 1;
                }
            }
        }
    }
    assert!(quotes > 0, "{report:#}");
}

/// The text of a review or question of the small export.
fn source(kind: &str, id: &str) -> String {
    let number = &id[1..];
    match kind {
        "review" => format!("예제 {number}번이 실무에 바로 도움이 되었어요. 설명 속도는 조금 빨랐습니다."),
        _ => format!("질문 있습니다\n배포할 때 {number}번 오류가 납니다. 어떻게 하나요?"),
    }
}

#[tokio::test]
async fn without_reviews_and_questions_the_report_says_so_and_no_model_is_called() {
    let maru = published().await;
    let report = report(&maru, "lecturer-b").await;
    assert_eq!(
        json!([report["reviews"]["sufficiency"], report["questions"]["sufficiency"]]),
        json!(["none", "none"])
    );
    assert_eq!(
        json!([report["reviewAnalysis"], report["qnaAnalysis"], report["overall"]]),
        json!([null, null, null])
    );
    assert!(report["notice"].as_str().unwrap().contains("리뷰도 질문도 없어"), "{report:#}");
    assert_eq!((&report["modelId"], model_calls(&maru)), (&json!(null), 0));
}
