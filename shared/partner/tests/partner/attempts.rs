//! What is repeated, how often, and what is left of it.

use std::time::{Duration, Instant};

use axum::http::StatusCode;
use axum::response::IntoResponse;
use maru_partner::{Failure, PartnerError, Retry, Terms};

use crate::server::{RETRY, Service, answer, half, partner, partner_with, terms};

#[tokio::test]
async fn two_failures_and_a_cut_line_are_followed_by_the_answer() {
    let service = Service::start(|number| match number {
        0 => answer(500, "no"),
        1 => half(),
        _ => answer(200, "yes"),
    })
    .await;
    let given = service.partner().get(["x"]).send(&RETRY).await.unwrap();
    assert_eq!((given.status.as_u16(), &given.body[..]), (200, &b"yes"[..]));
    assert_eq!(service.seen().len(), 3);
}

#[tokio::test]
async fn a_partner_that_goes_on_failing_is_unavailable_with_its_last_answer() {
    let service = Service::start(|_| answer(503, "later")).await;
    let error = service.partner().get(["x"]).send(&RETRY).await.unwrap_err();
    let PartnerError::Unavailable { attempts: 3, last: Failure::Answered(last), .. } = &error else {
        panic!("{error:?}")
    };
    assert_eq!((last.status.as_u16(), &last.body[..]), (503, &b"later"[..]));
    assert_eq!(error.to_string(), "the partner failed 3 times");
    assert_eq!(service.seen().len(), 3);
}

#[tokio::test]
async fn a_pause_that_the_partner_asks_for_is_made() {
    let service = Service::start(|number| match number {
        0 => (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "1")]).into_response(),
        _ => answer(200, ""),
    })
    .await;
    let begun = Instant::now();
    service.partner().get(["x"]).send(&RETRY).await.unwrap();
    assert!(begun.elapsed() >= Duration::from_secs(1));
}

#[tokio::test]
async fn a_pause_longer_than_the_caller_waits_ends_the_call_and_is_told() {
    let service =
        Service::start(|_| (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "60")]).into_response()).await;
    let error = service.partner().get(["x"]).send(&RETRY).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(60)));
    assert_eq!(service.seen().len(), 1);
}

#[tokio::test]
async fn what_must_not_happen_twice_is_sent_once() {
    let service = Service::start(|_| half()).await;
    let error = service.partner().post(["x"]).form(&[("code", "1")]).send(&Retry::NEVER).await.unwrap_err();
    assert!(
        matches!(error, PartnerError::Unavailable { attempts: 1, last: Failure::Lost(_), .. }),
        "{error:?}"
    );
    assert_eq!(service.seen().len(), 1);
}

#[tokio::test]
async fn a_body_is_sent_again_with_its_call() {
    let service = Service::start(|number| answer(if number == 0 { 500 } else { 200 }, "")).await;
    service.partner().post(["x"]).json(&[1, 2]).send(&RETRY).await.unwrap();
    assert!(service.seen().iter().all(|seen| &seen.body[..] == b"[1,2]"));
}

#[tokio::test]
async fn a_refusal_is_an_answer_and_is_not_repeated() {
    let service = Service::start(|_| answer(404, "gone")).await;
    let given = service.partner().get(["x"]).send(&RETRY).await.unwrap();
    assert_eq!(given.status.as_u16(), 404);
    assert_eq!(service.seen().len(), 1);
}

#[tokio::test]
async fn the_caller_says_which_answers_are_worth_another_attempt() {
    let service = Service::start(|number| answer(if number == 0 { 202 } else { 500 }, "")).await;
    let retry = RETRY.when(|answer| answer.status == StatusCode::ACCEPTED);
    let given = service.partner().get(["x"]).send(&retry).await.unwrap();
    assert_eq!(given.status.as_u16(), 500);
    assert_eq!(service.seen().len(), 2);
}

#[tokio::test]
async fn a_partner_that_does_not_answer_is_given_up_in_time() {
    let service = Service::start(|_| answer(200, "")).await;
    let patience = Duration::from_millis(100);
    let begun = Instant::now();
    let partner = partner_with(&service.url, Terms { patience, ..terms() });
    let error = partner.get(["slow"]).send(&Retry::NEVER).await.unwrap_err();
    assert!(matches!(error, PartnerError::Unavailable { last: Failure::Lost(_), .. }), "{error:?}");
    assert!(begun.elapsed() >= patience);
}

#[tokio::test]
async fn a_partner_that_is_not_there_was_certainly_not_asked() {
    // A port that was free a moment ago.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = partner(&url).get(["x"]).send(&RETRY).await.unwrap_err();
    assert!(
        matches!(error, PartnerError::Unavailable { attempts: 3, last: Failure::Unreachable(_), .. }),
        "{error:?}"
    );
}
