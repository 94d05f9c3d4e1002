//! A pause that one call is asked for and all keep.

use std::time::{Duration, Instant};

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maru_partner::{Failure, PartnerError, Silence};

use crate::server::{RETRY, Service, answer};

fn limited(seconds: &'static str) -> Response {
    (StatusCode::TOO_MANY_REQUESTS, [("retry-after", seconds)]).into_response()
}

async fn until_silent(silence: &Silence) {
    while silence.left().is_none() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

#[tokio::test]
async fn what_one_call_is_asked_for_all_wait_for_and_then_all_are_answered() {
    let service = Service::start(|number| if number == 0 { limited("1") } else { answer(200, "") }).await;
    let (partner, silence) = (service.partner(), Silence::default());
    let call = || partner.get(["x"]).sharing(&silence).send(&RETRY);
    let others = async {
        until_silent(&silence).await;
        let begun = Instant::now();
        let answered = tokio::join!(call(), call());
        (begun.elapsed(), answered)
    };
    let (first, (waited, (second, third))) = tokio::join!(call(), others);
    for answered in [first, second, third] {
        assert_eq!(answered.unwrap().status.as_u16(), 200);
    }
    assert!(waited >= Duration::from_millis(500), "{waited:?}");
    assert_eq!(service.seen().len(), 4);
}

#[tokio::test]
async fn a_repeated_call_keeps_what_another_was_asked_for_in_its_own_pause() {
    let service = Service::start(|number| if number == 1 { limited("60") } else { answer(500, "") }).await;
    let (partner, silence) = (service.partner(), Silence::default());
    let retry = RETRY.first_pause(Duration::from_millis(600));
    let call = || partner.get(["x"]).sharing(&silence).send(&retry);
    let other = async {
        while service.seen().is_empty() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        call().await
    };
    let (first, other) = tokio::join!(call(), other);
    let told = |error: PartnerError| (error.retry_after().unwrap().as_secs(), error);
    assert!(matches!(told(other.unwrap_err()), (60, PartnerError::Unavailable { attempts: 1, .. })));
    let silent = told(first.unwrap_err());
    assert!(
        matches!(&silent, (58..=60, PartnerError::Unavailable { attempts: 1, last: Failure::Silent(_), .. })),
        "{silent:?}"
    );
    assert_eq!(service.seen().len(), 2);
}

#[tokio::test]
async fn calls_that_share_nothing_do_not_wait_for_each_other() {
    let service = Service::start(|number| if number == 0 { limited("60") } else { answer(200, "") }).await;
    let partner = service.partner();
    partner.get(["x"]).sharing(&Silence::default()).send(&RETRY).await.unwrap_err();
    partner.get(["x"]).sharing(&Silence::default()).send(&RETRY).await.unwrap();
    assert_eq!(service.seen().len(), 2);
}
