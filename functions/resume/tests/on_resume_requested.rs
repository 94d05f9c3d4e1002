//! Writing resumes: what they say, what they do not, and what a failure costs.

mod faults;
mod lies;
mod repositories;
mod resuming;
mod truths;

use maru_testing::Maru;
use reqwest::Method;
use serde_json::{Value, json};

use crate::github::{MINSEO, connect};
use crate::{OWNER, ask, happens, setup, table, token};

const ORDERS: &str = "minseo-kim/orders";
const TIDEWATCH: &str = "minseo-kim/tidewatch";
const SPEECH: &str = "sori-lab/speech-pipeline";

/// Asks for a resume of these repositories and waits until its job has ended; the job as its owner sees it.
async fn job_of(maru: &Maru, repositories: &[&str], more: &Value) -> Value {
    let link = request(maru, repositories, more).await;
    maru.settle().await;
    job(maru, &link).await
}

async fn request(maru: &Maru, repositories: &[&str], more: &Value) -> Value {
    let mut body = json!({ "repositories": repositories, "position": "BACKEND" });
    for (name, value) in more.as_object().into_iter().flatten() {
        body[name] = value.clone();
    }
    ask(maru, OWNER, Method::POST, "/resumes", &body).await.expect(202)
}

async fn job(maru: &Maru, link: &Value) -> Value {
    let path = format!("/jobs/{}", link["job"]["id"].as_str().unwrap());
    maru.get(&path, &token(maru, OWNER)).await.expect(200)
}

/// The resume that a job wrote.
async fn resume(maru: &Maru, job: &Value) -> Value {
    let path = format!("/resumes/{}", job["result"]["resumeId"].as_str().unwrap());
    maru.get(&path, &token(maru, OWNER)).await.expect(200)
}

/// How many uses of the day are taken.
async fn used(maru: &Maru) -> Value {
    maru.get("/credits", &token(maru, OWNER)).await.expect(200)["used"].clone()
}

/// A stack on which the owner has connected the built-in account.
async fn connected() -> Maru {
    let maru = setup().start().await;
    connect(&maru, MINSEO).await;
    maru
}

/// All statements of a document.
fn statements(document: &Value) -> Vec<Value> {
    let of_story = |story: &Value| story.as_object().map(|parts| parts.values().cloned().collect::<Vec<_>>());
    let of_project = |project: &Value| {
        let stories = ["star", "troubleshooting"].into_iter().filter_map(|name| of_story(&project[name]));
        let roles = project["roles"].as_array().unwrap().clone();
        stories.flatten().chain(roles).collect::<Vec<_>>()
    };
    let projects = document["projects"].as_array().unwrap().iter().flat_map(of_project);
    document["summary"].as_array().unwrap().iter().cloned().chain(projects).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resume_says_what_the_repositories_prove() {
    let maru = connected().await;
    let job = job_of(&maru, &[ORDERS, TIDEWATCH, SPEECH], &json!({ "language": "ko" })).await;
    assert_eq!(job["status"], "succeeded", "{job:#}");
    let resume = resume(&maru, &job).await;
    let document = &resume["document"];
    let names: Vec<&Value> = document["projects"].as_array().unwrap().iter().map(|it| &it["name"]).collect();
    assert_eq!(json!(names), json!(["orders", "tidewatch", "speech-pipeline"]));
    let orders = &document["projects"][0];
    assert_eq!((&orders["startDate"], &orders["endDate"]), (&json!("2024-03"), &json!("2024-08")));
    for skill in ["Java", "Spring Boot", "Kafka", "MySQL"] {
        assert!(orders["skills"].as_array().unwrap().contains(&json!(skill)), "{skill}: {orders:#}");
    }
    let statements = statements(document);
    assert!(statements.len() >= 6, "{document:#}");
    for statement in &statements {
        let evidence = statement["evidence"].as_array().unwrap();
        assert!(!evidence.is_empty(), "{statement:#}");
        for each in evidence {
            let url = each["url"].as_str().unwrap();
            assert!([ORDERS, TIDEWATCH, SPEECH].iter().any(|name| url.contains(name)), "{url}");
        }
        let text = statement["text"].as_str().unwrap();
        for colleague in ["쿠폰", "환불", "정산", "FastAPI", "DVC", "wav2vec2", "Windows"] {
            assert!(!text.contains(colleague), "{text}");
        }
    }
    assert_eq!(used(&maru).await, 1);
    assert_eq!((&job["usage"]["calls"], &job["result"]["offline"]), (&json!(4), &json!(true)));
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_template_decides_how_a_project_is_told() {
    for (template, parts) in [
        ("star", ["situation", "task", "action", "result"]),
        ("troubleshooting", ["problem", "hypothesis", "attempt", "result"]),
    ] {
        let maru = connected().await;
        let job = job_of(&maru, &[TIDEWATCH], &json!({ "template": template, "language": "en" })).await;
        let resume = resume(&maru, &job).await;
        let project = &resume["document"]["projects"][0];
        for part in parts {
            assert!(project[template][part]["text"].is_string(), "{template}: {project:#}");
        }
        assert!(!project["roles"].as_array().unwrap().is_empty(), "{project:#}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_person_is_who_the_profile_says() {
    let maru = connected().await;
    let profile = json!({
        "userId": OWNER, "revision": 1, "nickname": "마루",
        "profile": {
            "name": "김민서", "email": "minseo@example.com",
            "workExperiences": [{ "companyName": "소리랩", "role": "백엔드", "workType": "PERMANENT",
                "employmentStatus": "EMPLOYED", "startedAt": "2025-05" }],
        },
    });
    happens(&maru, "on_profile_changed_for_resume", "member.profile_changed", &profile).await;
    let job = job_of(&maru, &[TIDEWATCH], &json!({ "visibility": "PUBLIC" })).await;
    let resume = resume(&maru, &job).await;
    let document = &resume["document"];
    assert_eq!(
        (&document["basics"]["name"], &document["work"][0]["name"]),
        (&json!("김민서"), &json!("소리랩"))
    );
    let card = table::card(&maru, resume["id"].as_str().unwrap()).await["card"].clone();
    assert_eq!((&card["ownerNickname"], &card["position"]), (&json!("마루"), &json!("BACKEND")), "{card:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_github_account_the_job_fails_and_gives_its_credit_back() {
    let maru = setup().start().await;
    table::put_listing(&maru, OWNER, &[ORDERS]).await;
    let job = job_of(&maru, &[ORDERS], &json!({})).await;
    assert_eq!(
        (&job["status"], &job["error"]["code"]),
        (&json!("failed"), &json!("github_not_connected")),
        "{job:#}"
    );
    assert_eq!(used(&maru).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_or_finished_job_is_done_with() {
    let maru = connected().await;
    let job = job_of(&maru, &[TIDEWATCH], &json!({})).await;
    for id in [job["id"].as_str().unwrap(), "job_unknown"] {
        let body = json!({
            "id": id, "type": "jobs.job_requested", "version": 1, "occurredAt": "2026-01-16T00:00:00Z",
            "data": { "jobId": id },
        });
        let record =
            json!({ "messageId": "m", "body": body.to_string(), "eventSource": "aws:sqs", "attributes": {} });
        let event = json!({ "Records": [record] });
        let Ok(maru_lambda::Answer::Value(answer)) = maru.stack.invoke("on_resume_requested", event).await
        else {
            panic!("no answer");
        };
        assert_eq!(answer, json!({ "batchItemFailures": [] }));
    }
    assert_eq!(maru.stack.parts().bedrock.calls().len(), 2);
}
