use serde_json::{Value, json};

use crate::aws::testing;

async fn call(operation: &str, body: Value) -> (u16, Value) {
    let endpoint = testing::start().await;
    let request = reqwest::Client::new()
        .post(endpoint.url())
        .header("x-amz-target", format!("AmazonSSM.{operation}"))
        .body(body.to_string());
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    (status, response.json().await.unwrap())
}

#[tokio::test]
async fn a_parameter_is_read_by_its_name() {
    let (status, body) = call("GetParameter", json!({ "Name": "/maru/plain" })).await;
    assert_eq!(status, 200);
    assert_eq!(body["Parameter"]["Value"], "open");
    assert_eq!(body["Parameter"]["ARN"], "arn:aws:ssm:ap-northeast-2:000000000000:parameter/maru/plain");
}

#[tokio::test]
async fn a_secret_is_readable_only_decrypted() {
    let (_, body) = call("GetParameter", json!({ "Name": "/maru/secret", "WithDecryption": true })).await;
    assert_eq!(
        (&body["Parameter"]["Value"], &body["Parameter"]["Type"]),
        (&json!("hidden"), &json!("SecureString"))
    );
    let (_, body) = call("GetParameter", json!({ "Name": "/maru/secret" })).await;
    assert_ne!(body["Parameter"]["Value"], "hidden");
}

#[tokio::test]
async fn an_unknown_parameter_is_not_found() {
    let (status, body) = call("GetParameter", json!({ "Name": "/maru/other", "WithDecryption": true })).await;
    assert_eq!((status, &body["__type"]), (400, &json!("com.amazonaws.ssm#ParameterNotFound")));
}

#[tokio::test]
async fn several_parameters_are_told_from_unknown_ones() {
    let (_, body) = call("GetParameters", json!({ "Names": ["/maru/plain", "/maru/other"] })).await;
    assert_eq!(body["Parameters"][0]["Name"], "/maru/plain");
    assert_eq!(body["InvalidParameters"], json!(["/maru/other"]));
}
