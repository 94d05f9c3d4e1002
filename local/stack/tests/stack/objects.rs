//! Objects, as a page of another origin puts them.

use std::time::Duration;

use aws_sdk_s3::Client;
use aws_sdk_s3::config::Builder;
use aws_sdk_s3::presigning::PresigningConfig;
use reqwest::{Method, StatusCode};

use crate::start;

#[tokio::test]
async fn a_page_of_an_allowed_origin_puts_a_picture_and_another_is_not_told_that_it_may() {
    let (stack, _) = start().await;
    let client = Client::from_conf(Builder::from(&stack.sdk_config()).force_path_style(true).build());
    let minute = PresigningConfig::expires_in(Duration::from_secs(60)).unwrap();
    let put = client.put_object().bucket("pictures").key("a.png").content_type("image/png");
    let address = put.presigned(minute).await.unwrap().uri().to_owned();
    let page = reqwest::Client::new();
    let preflight = |origin: &str| {
        let request = page.request(Method::OPTIONS, &address).header("origin", origin);
        request.header("access-control-request-method", "PUT").send()
    };
    let allowed = preflight("https://app.test").await.unwrap();
    assert_eq!(allowed.headers()["access-control-allow-methods"], "PUT");
    assert_eq!(allowed.headers()["access-control-allow-headers"], "content-type");
    let other = preflight("https://evil.test").await.unwrap();
    assert!(!other.headers().contains_key("access-control-allow-origin"));

    let put = page.put(&address).header("origin", "https://app.test").header("content-type", "image/png");
    let answer = put.body("not really a picture").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["access-control-allow-origin"], "https://app.test");
}
