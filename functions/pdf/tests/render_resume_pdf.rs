use aws_sdk_s3::Client;
use aws_sdk_s3::operation::get_object::GetObjectOutput;
use maru_lambda::Answer;
use maru_testing::{Maru, Setup};
use serde_json::{Value, json};

const KEY: &str = "pdf/res_01K9Z4A1B2C3D4E5F6G7H8J9KA/6b86b273ff34fce1.pdf";

async fn start() -> Maru {
    Setup::new(vec![pdf::FUNCTIONS]).start().await
}

fn korean() -> Value {
    serde_json::from_str(include_str!("resumes/korean.json")).unwrap()
}

fn order(key: &str, document: &Value) -> Value {
    json!({ "key": key, "document": document, "template": "star", "fileName": "김마루_resume.pdf" })
}

/// What the function answers, or the message of what it fails with.
async fn print(maru: &Maru, order: Value) -> Result<Value, String> {
    match maru.stack.invoke("render_resume_pdf", json!({ "data": order })).await {
        Ok(Answer::Value(answer)) => Ok(answer),
        Ok(Answer::Stream(_)) => panic!("it streams"),
        Err(error) => Err(error.chain()),
    }
}

async fn file(maru: &Maru, key: &str) -> Option<GetObjectOutput> {
    let buckets = &maru.stack.parts().template.buckets;
    let bucket = buckets.iter().find(|bucket| bucket.logical_id == "DocumentsBucket").unwrap();
    let configuration =
        aws_sdk_s3::config::Builder::from(&maru.stack.sdk_config()).force_path_style(true).build();
    Client::from_conf(configuration).get_object().bucket(&bucket.name).key(key).send().await.ok()
}

#[tokio::test]
async fn keeps_the_file_and_says_how_long_it_is() {
    let maru = start().await;
    let answer = print(&maru, order(KEY, &korean())).await.unwrap();
    let kept = file(&maru, KEY).await.unwrap();
    assert_eq!(kept.content_type(), Some("application/pdf"));
    assert!(kept.content_disposition().unwrap().ends_with("''%EA%B9%80%EB%A7%88%EB%A3%A8%5Fresume%2Epdf"));
    let bytes = kept.body.collect().await.unwrap().into_bytes();
    assert!(bytes.starts_with(b"%PDF-1.7"));
    let expected = json!({ "status": "stored", "key": KEY, "pages": 2, "bytes": bytes.len(), "replaced": 0 });
    assert_eq!(answer, expected);
}

#[tokio::test]
async fn a_file_that_is_there_stays_as_it_is() {
    let maru = start().await;
    let first = print(&maru, order(KEY, &korean())).await.unwrap();
    let before = file(&maru, KEY).await.unwrap();
    assert_eq!(print(&maru, order(KEY, &korean())).await.unwrap(), first);
    let mut other = korean();
    other["basics"]["name"] = json!("다른 사람");
    print(&maru, order(KEY, &other)).await.unwrap();
    let after = file(&maru, KEY).await.unwrap();
    assert_eq!((after.e_tag(), after.last_modified()), (before.e_tag(), before.last_modified()));
}

#[tokio::test]
async fn many_at_once_agree() {
    let maru = start().await;
    let document = korean();
    let answers = futures::future::join_all((0..10).map(|_| print(&maru, order(KEY, &document)))).await;
    assert!(answers.iter().all(|answer| answer.is_ok() && *answer == answers[0]), "{answers:?}");
    assert!(file(&maru, KEY).await.is_some());
}

#[tokio::test]
async fn a_resume_that_is_too_long_is_refused_without_a_file() {
    let maru = start().await;
    let mut document = korean();
    let role = json!({ "text": "a\n".repeat(450) + "a", "evidence": [] });
    document["projects"][0]["roles"] = json!([role, role, role, role]);
    let answer = print(&maru, order(KEY, &document)).await.unwrap();
    assert_eq!(answer, json!({ "status": "tooLong", "mostPages": 20 }));
    assert!(file(&maru, KEY).await.is_none());
}

#[tokio::test]
async fn a_key_of_somebody_elses_files_is_refused() {
    let maru = start().await;
    for key in ["images/usr_1/a.pdf", "pdf/../a.pdf", "pdf/a"] {
        assert!(print(&maru, order(key, &korean())).await.unwrap_err().contains("the key"));
    }
}

#[tokio::test]
async fn a_document_outside_its_bounds_is_refused() {
    let maru = start().await;
    let mut document = korean();
    document["summary"][0]["text"] = json!("x".repeat(2_001));
    assert!(print(&maru, order(KEY, &document)).await.unwrap_err().contains("summary[0].text"));
    document["summary"][0]["text"] = json!(1);
    assert!(print(&maru, order(KEY, &document)).await.is_err());
    assert!(file(&maru, KEY).await.is_none());
}
