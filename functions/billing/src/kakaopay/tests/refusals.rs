//! KakaoPay's no, in both of its shapes, and what only looks like one.

use serde_json::{Value, json};

use super::server::{Service, answer};
use super::{REFUND, SALE, TID, sid};
use crate::kakaopay::{KakaoPayError, Outcome, Refusal};

fn refusals(code: i32) -> [Value; 2] {
    let extras = json!({"method_result_code": "USER_LOCKED", "method_result_message": "…"});
    [
        json!({"error_code": code, "error_message": "approval failure!", "extras": extras}),
        json!({"code": code, "msg": "approval failure!", "extras": extras}),
    ]
}

fn refused<T: std::fmt::Debug>(outcome: Outcome<T>) -> Refusal {
    match outcome {
        Outcome::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn both_shapes_refuse_every_call_that_moves_money_once() {
    for body in refusals(-780) {
        let service = Service::answering(400, &body).await;
        let kakaopay = service.kakaopay();
        let given = [
            refused(kakaopay.approve(&SALE, TID, "pg-1").await),
            refused(kakaopay.charge(&SALE, &sid()).await),
            refused(kakaopay.cancel(&REFUND).await),
        ];
        let expected = Refusal { status: 400, code: -780, reason: Some("USER_LOCKED".to_owned()) };
        assert!(given.iter().all(|refusal| *refusal == expected), "{given:?}");
        assert_eq!(service.seen().len(), 3);
    }
}

#[tokio::test]
async fn both_shapes_refuse_a_question_and_it_is_not_asked_again() {
    for body in refusals(-721) {
        let service = Service::answering(404, &body).await;
        let error = service.kakaopay().order(TID).await.unwrap_err();
        assert!(
            matches!(&error, KakaoPayError::Refused(Refusal { status: 404, code: -721, .. })),
            "{error:?}"
        );
        assert_eq!(service.seen().len(), 1);
    }
}

#[tokio::test]
async fn every_documented_code_comes_through_as_it_is() {
    let codes = [
        -701, -702, -703, -704, -705, -706, -707, -708, -710, -721, -722, -723, -730, -731, -733, -750, -751,
        -752, -753, -780, -781, -782, -783, -784, -785, -797, -798, -799, -1, -999,
    ];
    let service =
        Service::start(move |number| answer(400, json!({"error_code": codes[number]}).to_string())).await;
    let kakaopay = service.kakaopay();
    for code in codes {
        assert_eq!(
            refused(kakaopay.charge(&SALE, &sid()).await),
            Refusal { status: 400, code, reason: None }
        );
    }
}

#[tokio::test]
async fn a_refusal_without_a_code_is_none() {
    let answers = [
        (400, "<html>Bad Request</html>"),
        (400, ""),
        (400, "{}"),
        (400, r#"{"error_code":"-780"}"#),
        (401, r#"{"message":"unauthorized"}"#),
        (403, "Forbidden"),
        (404, "null"),
        (408, ""),
        (429, "Too many requests"),
        (302, r#"{"error_code":-780}"#),
        (500, r#"{"error_code":-780}"#),
        (503, r#"{"code":-780,"msg":"x"}"#),
    ]
    .map(|(status, body)| (status, body.to_owned()));
    let service = Service::answering_each(&answers).await;
    let kakaopay = service.kakaopay();
    for answer in &answers {
        let outcome = kakaopay.charge(&SALE, &sid()).await;
        assert!(matches!(outcome, Outcome::Lost(_)), "{outcome:?} for {answer:?}");
    }
    assert_eq!(service.seen().len(), answers.len());
}

#[tokio::test]
async fn a_sid_that_has_ended_or_is_unknown_needs_no_end() {
    let codes = [(-750, true), (-751, true), (-731, false), (-753, false)];
    let answers = codes.map(|(code, _)| (400, json!({"error_code": code}).to_string()));
    let kakaopay = Service::answering_each(&answers).await.kakaopay();
    for (code, is_ended) in codes {
        let ended = kakaopay.inactivate(&sid()).await;
        assert_eq!(ended.is_ok(), is_ended, "{code}: {ended:?}");
    }
}
