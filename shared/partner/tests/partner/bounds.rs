//! Answers that are too large or of another shape than was agreed.

use axum::body::Body;
use axum::response::IntoResponse;
use maru_partner::PartnerError;

use crate::server::{LARGEST_BODY, RETRY, Service, answer};

#[tokio::test]
async fn the_largest_body_is_taken_and_one_byte_more_is_not() {
    let service = Service::start(|number| "x".repeat(LARGEST_BODY + number).into_response()).await;
    let partner = service.partner();
    assert_eq!(partner.get(["x"]).send(&RETRY).await.unwrap().body.len(), LARGEST_BODY);
    let error = partner.get(["x"]).send(&RETRY).await.unwrap_err();
    assert!(matches!(error, PartnerError::TooLarge { most: LARGEST_BODY, .. }), "{error:?}");
    assert_eq!(service.seen().len(), 2);
}

#[tokio::test]
async fn an_endless_body_without_a_length_is_broken_off() {
    let service = Service::start(|_| {
        let endless = async_stream::stream! { loop { yield Ok::<_, std::io::Error>("0123456789") } };
        Body::from_stream(endless).into_response()
    })
    .await;
    let error = service.partner().get(["x"]).send(&RETRY).await.unwrap_err();
    assert!(matches!(error, PartnerError::TooLarge { .. }), "{error:?}");
}

#[tokio::test]
async fn json_of_another_shape_is_a_broken_contract() {
    let service = Service::start(|_| answer(200, r#"{"id": "one"}"#)).await;
    let given = service.partner().get(["x"]).send(&RETRY).await.unwrap();
    assert!(given.json::<serde_json::Value>().is_ok());
    let error = given.json::<Vec<u8>>().unwrap_err();
    assert!(matches!(error, PartnerError::Content { .. }), "{error:?}");
    assert_eq!(error.partner(), "the partner");
}
