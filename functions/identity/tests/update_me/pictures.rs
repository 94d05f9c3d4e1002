//! Changing one's picture, several times at the same moment.

use std::time::Duration;

use futures::future::{join, join_all};
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_testing::{Answer, Maru};
use reqwest::Method;
use serde_json::{Value, json};

use crate::create_image_upload::{PNG, ask, upload};
use crate::{member, patch, start, text};

/// A patch that names an upload.
async fn naming_an_upload(maru: &Maru, token: &str) -> Value {
    let address = ask(maru, token, "image/png", PNG.len()).await.expect(201);
    assert_eq!(upload(maru, &address, PNG).await, 200);
    json!({ "imageId": address["imageId"] })
}

/// The address of the member's picture; empty if they have none.
async fn image_url(maru: &Maru, token: &str) -> String {
    maru.get("/me", token).await.expect(200)["imageUrl"].as_str().unwrap_or_default().to_owned()
}

async fn expect_the_picture(maru: &Maru, url: &str) {
    let answer = maru.client.get(url).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.bytes().await.unwrap().as_ref()), (200, PNG), "{url}");
}

/// How many pictures are kept, whoever has them.
async fn kept(maru: &Maru) -> usize {
    let configuration =
        aws_sdk_s3::config::Builder::from(&maru.stack.sdk_config()).force_path_style(true).build();
    let bucket =
        maru.stack.parts().template.buckets.iter().find(|bucket| bucket.logical_id == "ImagesBucket");
    let list = aws_sdk_s3::Client::from_conf(configuration).list_objects_v2().prefix("images/");
    list.bucket(&bucket.unwrap().name).send().await.unwrap().contents().len()
}

/// Makes the next calls of an operation wait, so that they all follow from what was there before.
fn delay(maru: &Maru, target: FaultTarget, operation: &str, times: u32) {
    let fault = Fault::new(target, FaultKind::Delay, times).of_operation(operation);
    maru.stack.parts().faults.push(fault.with_delay(Duration::from_millis(500)));
}

#[tokio::test]
async fn one_upload_that_is_named_many_times_at_once_becomes_one_picture() {
    let maru = start().await;
    let token = member(&maru, "maru_1", "마루").await;
    let body = naming_an_upload(&maru, &token).await;
    delay(&maru, FaultTarget::Database, "TransactWriteItems", 5);
    let answers = join_all((0..5).map(|_| patch(&maru, &token, &body))).await;
    let url = image_url(&maru, &token).await;
    for answer in answers {
        let me = answer.expect(200);
        assert_eq!((&me["imageUrl"], &me["revision"]), (&json!(url), &json!(2)));
    }
    expect_the_picture(&maru, &url).await;
    assert_eq!(kept(&maru).await, 1);
}

#[tokio::test]
async fn a_change_that_is_refused_as_stale_leaves_the_picture_of_the_one_that_was_not() {
    let maru = start().await;
    let token = member(&maru, "maru_1", "마루").await;
    let body = naming_an_upload(&maru, &token).await;
    let ask = async || {
        let request = maru.request(Method::PATCH, "/me", &token).header("if-match", "\"1\"");
        Answer::read(request.json(&body).send().await.unwrap()).await.status
    };
    delay(&maru, FaultTarget::Database, "TransactWriteItems", 2);
    let (one, other) = join(ask(), ask()).await;
    assert_eq!((one.min(other), one.max(other)), (200, 412));
    expect_the_picture(&maru, &image_url(&maru, &token).await).await;
    assert_eq!(kept(&maru).await, 1);
}

/// The file of the picture that was given up is deleted after the same upload became the picture again.
#[tokio::test]
async fn a_picture_that_is_given_up_and_taken_back_at_once_stays() {
    let maru = start().await;
    let token = member(&maru, "maru_1", "마루").await;
    let body = naming_an_upload(&maru, &token).await;
    let first = text(&patch(&maru, &token, &body).await.expect(200), "imageUrl");
    delay(&maru, FaultTarget::Objects, "DeleteObject", 1);
    let give_up = async { patch(&maru, &token, &json!({ "imageId": null })).await.expect(200) };
    let take_back = async {
        while image_url(&maru, &token).await == first {
            tokio::task::yield_now().await;
        }
        patch(&maru, &token, &body).await.expect(200)
    };
    let (_, me) = join(give_up, take_back).await;
    expect_the_picture(&maru, &text(&me, "imageUrl")).await;
    assert_eq!(kept(&maru).await, 1);
}
