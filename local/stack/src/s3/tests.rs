//! S3 through the unmodified SDK.

use aws_sdk_s3::{Client, error::ProvideErrorMetadata, presigning::PresigningConfig, primitives::ByteStream};

use crate::aws::testing::{self, BUCKET, Endpoint, objects_client};

async fn start() -> (Endpoint, Client) {
    let endpoint = testing::start().await;
    let client = objects_client(&endpoint.operator());
    (endpoint, client)
}

async fn put(client: &Client, key: &str, body: impl Into<ByteStream>) {
    client.put_object().bucket(BUCKET).key(key).body(body.into()).send().await.unwrap();
}

async fn get(client: &Client, key: &str) -> Vec<u8> {
    let answer = client.get_object().bucket(BUCKET).key(key).send().await.unwrap();
    answer.body.collect().await.unwrap().to_vec()
}

#[tokio::test]
async fn an_object_comes_back_as_it_was_and_the_newest_replaces_the_one_before() {
    let (_endpoint, client) = start().await;
    put(&client, "day=2026-01-01/강의 1.ndjson", b"first, and longer".to_vec()).await;
    put(&client, "day=2026-01-01/강의 1.ndjson", b"second".to_vec()).await;
    assert_eq!(get(&client, "day=2026-01-01/강의 1.ndjson").await, b"second");
}

#[tokio::test]
async fn an_empty_object_is_an_object() {
    let (_endpoint, client) = start().await;
    put(&client, "empty", Vec::new()).await;
    assert_eq!(get(&client, "empty").await, b"");
}

#[tokio::test]
async fn a_range_gives_its_bytes_and_the_whole_length() {
    let (_endpoint, client) = start().await;
    put(&client, "k", b"0123456789".to_vec()).await;
    let answer = client.get_object().bucket(BUCKET).key("k").range("bytes=2-4").send().await.unwrap();
    assert_eq!(answer.content_range(), Some("bytes 2-4/10"));
    assert_eq!(answer.body.collect().await.unwrap().to_vec(), b"234");
}

#[tokio::test]
async fn the_head_tells_length_and_type() {
    let (_endpoint, client) = start().await;
    let put = client.put_object().bucket(BUCKET).key("k").content_type("text/csv").metadata("rows", "3");
    put.body(ByteStream::from_static(b"abc")).send().await.unwrap();
    let head = client.head_object().bucket(BUCKET).key("k").send().await.unwrap();
    assert_eq!((head.content_length(), head.content_type()), (Some(3), Some("text/csv")));
    assert_eq!(head.metadata().unwrap()["rows"], "3");
}

#[tokio::test]
async fn a_list_gives_the_keys_of_a_prefix_in_order_page_by_page() {
    let (_endpoint, client) = start().await;
    for key in ["runs/2/b", "runs/2/a", "runs/10/a", "other", "runs/2/c"] {
        put(&client, key, b"x".to_vec()).await;
    }
    let mut pages =
        client.list_objects_v2().bucket(BUCKET).prefix("runs/2/").max_keys(2).into_paginator().send();
    let mut keys = Vec::new();
    while let Some(page) = pages.next().await {
        keys.extend(page.unwrap().contents().iter().map(|object| object.key().unwrap().to_owned()));
    }
    assert_eq!(keys, ["runs/2/a", "runs/2/b", "runs/2/c"]);
}

#[tokio::test]
async fn a_deleted_object_is_gone_and_deleting_it_again_is_no_error() {
    let (_endpoint, client) = start().await;
    put(&client, "k", b"x".to_vec()).await;
    client.delete_object().bucket(BUCKET).key("k").send().await.unwrap();
    client.delete_object().bucket(BUCKET).key("k").send().await.unwrap();
    let error = client.get_object().bucket(BUCKET).key("k").send().await.unwrap_err().into_service_error();
    assert!(error.is_no_such_key(), "{error:?}");
    let error = client.head_object().bucket(BUCKET).key("k").send().await.unwrap_err().into_service_error();
    assert!(error.is_not_found(), "{error:?}");
}

#[tokio::test]
async fn a_missing_bucket_is_named_as_such() {
    let (_endpoint, client) = start().await;
    let error = client.list_objects_v2().bucket("nowhere").send().await.unwrap_err().into_service_error();
    assert!(error.is_no_such_bucket(), "{error:?}");
}

#[tokio::test]
async fn twenty_megabytes_come_back_as_they_were() {
    let (_endpoint, client) = start().await;
    let bytes: Vec<u8> =
        (0..20_000_000_u32).map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    put(&client, "big", bytes.clone()).await;
    assert!(get(&client, "big").await == bytes);
}

#[tokio::test]
async fn an_object_is_made_only_if_it_is_not_there() {
    let (_endpoint, client) = start().await;
    let make = || {
        let put = client.put_object().bucket(BUCKET).key("k").if_none_match("*");
        put.body(ByteStream::from_static(b"x")).send()
    };
    make().await.unwrap();
    let error = make().await.unwrap_err().into_service_error();
    assert_eq!(error.code(), Some("PreconditionFailed"));
}

#[tokio::test]
async fn a_presigned_address_opens_one_object_to_anybody() {
    let (_endpoint, client) = start().await;
    put(&client, "k", b"x".to_vec()).await;
    let minute = PresigningConfig::expires_in(std::time::Duration::from_secs(60)).unwrap();
    let address = client.get_object().bucket(BUCKET).key("k").presigned(minute).await.unwrap();
    let body = reqwest::get(address.uri()).await.unwrap().text().await.unwrap();
    assert_eq!(body, "x");
    let other = address.uri().replace("/k?", "/other?");
    assert_eq!(reqwest::get(other).await.unwrap().status().as_u16(), 403);
}
