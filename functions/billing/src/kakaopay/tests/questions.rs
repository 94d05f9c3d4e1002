//! Calls that move no money: asked twice, except the one that would leave something behind.

use super::server::{SILENCE, Service, answer, half_of};
use super::{RETURN_URLS, SALE, TID, order, sid, sid_state};
use crate::kakaopay::{KakaoPayError, SidStatus};

#[tokio::test]
async fn a_question_that_fails_is_asked_once_more() {
    let service = Service::start(|number| match number {
        0 => answer(502, "<html>"),
        1 => answer(200, order().to_string()),
        2 => half_of(&sid_state()),
        _ => answer(200, sid_state().to_string()),
    })
    .await;
    let kakaopay = service.kakaopay();
    assert!(kakaopay.order(TID).await.unwrap().status.was_paid());
    assert_eq!(kakaopay.sid_state(&sid()).await.unwrap().status, SidStatus::Active);
    assert_eq!(service.seen().len(), 4);
}

#[tokio::test]
async fn a_question_that_fails_twice_is_not_answered() {
    let service = Service::start(|_| answer(500, r#"{"error_code":-780}"#)).await;
    let kakaopay = service.kakaopay();
    for error in [kakaopay.order(TID).await.unwrap_err(), kakaopay.inactivate(&sid()).await.unwrap_err()] {
        assert!(matches!(error, KakaoPayError::Unavailable(_)), "{error:?}");
    }
    assert_eq!(service.seen().len(), 4);
}

#[tokio::test]
async fn a_question_that_is_not_answered_in_time_is_given_up() {
    let service = Service::start(|_| SILENCE).await;
    let error = service.hasty_kakaopay().sid_state(&sid()).await.unwrap_err();
    assert!(matches!(error, KakaoPayError::Unavailable(_)), "{error:?}");
}

#[tokio::test]
async fn an_order_of_another_tid_is_no_answer() {
    let service = Service::answering(200, &order()).await;
    let error = service.kakaopay().order("T2").await.unwrap_err();
    assert!(matches!(error, KakaoPayError::Unavailable(_)), "{error:?}");
}

#[tokio::test]
async fn a_payment_is_made_ready_once() {
    let service = Service::start(|_| answer(500, "")).await;
    let error = service.kakaopay().ready(&SALE, &RETURN_URLS).await.unwrap_err();
    assert!(matches!(error, KakaoPayError::Unavailable(_)), "{error:?}");
    assert_eq!(service.seen().len(), 1);
}

#[tokio::test]
async fn a_sid_is_ended() {
    let mut answered = sid_state();
    answered["status"] = "INACTIVE".into();
    let service = Service::answering(200, &answered).await;
    service.kakaopay().inactivate(&sid()).await.unwrap();
    assert_eq!(service.seen().len(), 1);
}
