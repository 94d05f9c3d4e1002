//! What comes back: read as documented, with what may be added or left out, and nothing that it does not say.

use serde_json::{Value, json};

use super::server::Service;
use super::{REFUND, RETURN_URLS, SALE, TID, cancellation, order, payment, sid, sid_state, with, without};
use crate::kakaopay::{
    Cancellation, KakaoPayError, Order, OrderStatus, Outcome, Payment, Ready, SidState, SidStatus,
};

/// The outcomes of charges that are answered with these, one after another.
async fn charged(answers: &[Value]) -> Vec<Outcome<Payment>> {
    let answers: Vec<_> = answers.iter().map(|answer| (200, answer.to_string())).collect();
    let kakaopay = Service::answering_each(&answers).await.kakaopay();
    let mut outcomes = Vec::new();
    for _ in answers {
        outcomes.push(kakaopay.charge(&SALE, &sid()).await);
    }
    outcomes
}

async fn paid(answers: &[Value]) -> Vec<Payment> {
    let payment = |outcome| match outcome {
        Outcome::Approved(payment) => payment,
        other => panic!("{other:?}"),
    };
    charged(answers).await.into_iter().map(payment).collect()
}

async fn found(answer: &Value) -> Order {
    Service::answering(200, answer).await.kakaopay().order(TID).await.unwrap()
}

async fn state(answer: &Value) -> Result<SidState, KakaoPayError> {
    Service::answering(200, answer).await.kakaopay().sid_state(&sid()).await
}

#[tokio::test]
async fn a_payment_is_read_with_its_key_its_won_and_its_moment() {
    let payment = paid(&[payment()]).await.remove(0);
    let Payment { tid, sid: key, order_id, member_id, amount, approved_at } = payment;
    assert_eq!(
        (tid.as_str(), order_id.as_str(), member_id.as_str(), amount),
        (TID, "ord-1", "usr-1", 19_900)
    );
    assert_eq!(key, Some(sid()));
    assert_eq!(approved_at.to_string(), "2026-11-21T01:01:00Z");
}

#[tokio::test]
async fn what_may_be_absent_or_null_or_new_makes_no_difference() {
    let answers = [
        payment(),
        without(without(payment(), "card_info"), "payload"),
        with(payment(), "/card_info", Value::Null),
        with(payment(), "/sequential_payment_methods", json!([{"any": "thing"}])),
        with(payment(), "/payment_method_type", json!("PIGEON")),
    ];
    let payments = paid(&answers).await;
    assert!(payments.iter().all(|payment| *payment == payments[0]), "{payments:?}");
    for payment in paid(&[without(payment(), "sid"), with(payment(), "/sid", Value::Null)]).await {
        assert_eq!(payment, Payment { sid: None, ..payments[0].clone() });
    }
}

#[tokio::test]
async fn a_success_that_does_not_say_what_was_paid_for_leaves_the_charge_unknown() {
    let wrong = [
        with(payment(), "/amount/total", json!(19_900.5)),
        with(payment(), "/amount/total", json!(19_900.0)),
        with(payment(), "/amount/total", json!("19900")),
        with(payment(), "/amount/total", json!(9_223_372_036_854_775_808_u64)),
        with(payment(), "/amount/total", json!(9_900)),
        with(payment(), "/amount", json!(19_900)),
        with(payment(), "/partner_order_id", json!("ord-2")),
        with(payment(), "/partner_user_id", json!("usr-2")),
        with(payment(), "/approved_at", json!("2026-11-21")),
        with(payment(), "/approved_at", Value::Null),
        without(payment(), "tid"),
        without(payment(), "amount"),
        json!({"error_code": -780, "error_message": "approval failure!"}),
        json!({}),
        json!([]),
        Value::Null,
    ];
    for (outcome, answer) in charged(&wrong).await.iter().zip(&wrong) {
        assert!(matches!(outcome, Outcome::Lost(_)), "{outcome:?} for {answer}");
    }
}

#[tokio::test]
async fn an_approval_of_another_payment_leaves_this_one_unknown() {
    let service = Service::answering(200, &payment()).await;
    assert!(matches!(service.kakaopay().approve(&SALE, TID, "pg").await, Outcome::Approved(_)));
    assert!(matches!(service.kakaopay().approve(&SALE, "T2", "pg").await, Outcome::Lost(_)));
}

#[tokio::test]
async fn a_refund_is_read_and_one_of_something_else_is_not_taken_for_it() {
    let refund =
        async |answer: Value| Service::answering(200, &answer).await.kakaopay().cancel(&REFUND).await;
    let Outcome::Approved(given) = refund(cancellation()).await else { panic!("not approved") };
    let Cancellation { tid, amount, amount_in_all, left, canceled_at } = given;
    assert_eq!((tid.as_str(), amount, amount_in_all, left), (TID, 3_000, 3_000, 16_900));
    assert_eq!(canceled_at.to_string(), "2026-11-22T00:00:00Z");
    for other in [
        with(cancellation(), "/tid", json!("T2")),
        with(cancellation(), "/approved_cancel_amount/total", json!(19_900)),
        without(cancellation(), "canceled_at"),
    ] {
        assert!(matches!(refund(other.clone()).await, Outcome::Lost(_)), "{other}");
    }
}

#[tokio::test]
async fn what_is_ready_has_a_page_for_each_kind_of_browser() {
    let answer = json!({
        "tid": TID, "next_redirect_app_url": "https://pay.example/aInfo", "tms_result": false,
        "next_redirect_mobile_url": "https://pay.example/mInfo", "next_redirect_pc_url": "https://pay.example/info",
        "android_app_scheme": "kakaotalk://a", "ios_app_scheme": "kakaotalk://i", "created_at": "2026-11-21T10:00:00",
    });
    let ready = Service::answering(200, &answer).await.kakaopay().ready(&SALE, &RETURN_URLS).await.unwrap();
    let (page, mobile_page) = ("https://pay.example/info".to_owned(), "https://pay.example/mInfo".to_owned());
    assert_eq!(ready, Ready { tid: TID.to_owned(), page, mobile_page });
}

#[tokio::test]
async fn an_order_that_was_paid_says_when_and_what_was_given_back() {
    let Order { status, order_id, member_id, amount, canceled, approved_at, canceled_at, .. } =
        found(&order()).await;
    assert_eq!((order_id.as_str(), member_id.as_str(), amount, canceled), ("ord-1", "usr-1", 19_900, 0));
    assert_eq!(approved_at.unwrap().to_string(), "2026-11-21T01:01:00Z");
    assert!(status.was_paid() && canceled_at.is_none());
    let refunded = with(order(), "/canceled_amount/total", json!(19_900));
    let refunded = found(&with(refunded, "/status", json!("CANCEL_PAYMENT"))).await;
    assert_eq!((refunded.status, refunded.canceled), (OrderStatus::CancelPayment, 19_900));
}

#[tokio::test]
async fn an_order_that_was_not_paid_has_no_moment() {
    let waiting = without(without(order(), "approved_at"), "canceled_amount");
    for waiting in
        [waiting, with(with(order(), "/approved_at", Value::Null), "/canceled_amount", Value::Null)]
    {
        let waiting = found(&with(waiting, "/status", json!("READY"))).await;
        assert_eq!((waiting.approved_at, waiting.canceled), (None, 0));
        assert!(!waiting.status.was_paid());
    }
}

#[tokio::test]
async fn every_status_is_known_and_an_unknown_one_is_kept_as_it_came() {
    let paid = ["SUCCESS_PAYMENT", "PART_CANCEL_PAYMENT", "CANCEL_PAYMENT"];
    let open =
        ["READY", "SEND_TMS", "OPEN_PAYMENT", "SELECT_METHOD", "ARS_WAITING", "AUTH_PASSWORD", "ISSUED_SID"];
    let failed = ["FAIL_AUTH_PASSWORD", "QUIT_PAYMENT", "FAIL_PAYMENT"];
    for text in paid.into_iter().chain(open).chain(failed) {
        let status: OrderStatus = serde_json::from_value(json!(text)).unwrap();
        assert!(!matches!(status, OrderStatus::Other(_)), "{text}");
        assert_eq!(status.was_paid(), paid.contains(&text), "{text}");
    }
    let unknown = found(&with(order(), "/status", json!("TELEPORTED"))).await.status;
    assert_eq!(unknown, OrderStatus::Other("TELEPORTED".to_owned()));
    assert!(!unknown.was_paid());
}

#[tokio::test]
async fn a_sid_says_whether_it_is_good_and_when_it_was_last_charged() {
    let active = state(&sid_state()).await.unwrap();
    assert_eq!(active.status, SidStatus::Active);
    assert_eq!(active.last_approved_at.unwrap().to_string(), "2026-11-21T01:01:00Z");
    let ended = with(sid_state(), "/status", json!("INACTIVE"));
    let ended = with(ended, "/inactivated_at", json!("2026-11-22T10:00:00"));
    assert_eq!(state(&ended).await.unwrap().status, SidStatus::Inactive);
    let asleep = state(&with(sid_state(), "/status", json!("ASLEEP"))).await.unwrap();
    assert_eq!(asleep.status, SidStatus::Other("ASLEEP".to_owned()));
    for never in
        [without(sid_state(), "last_approved_at"), with(sid_state(), "/last_approved_at", Value::Null)]
    {
        assert_eq!(state(&never).await.unwrap().last_approved_at, None);
    }
}

#[tokio::test]
async fn a_moment_that_cannot_be_read_is_no_answer_and_not_no_charge() {
    for text in ["", "2026-11-21", "yesterday"] {
        let error = state(&with(sid_state(), "/last_approved_at", json!(text))).await.unwrap_err();
        assert!(matches!(error, KakaoPayError::Unavailable(_)), "{error:?}");
    }
    let other = state(&with(sid_state(), "/sid", json!("S2"))).await.unwrap_err();
    assert!(matches!(other, KakaoPayError::Unavailable(_)), "{other:?}");
}

#[tokio::test]
async fn a_sid_is_not_shown() {
    let unreadable = with(payment(), "/approved_at", json!("never"));
    let shown = format!("{:?} {:?}", charged(&[payment(), unreadable]).await, state(&sid_state()).await);
    assert!(!shown.contains(sid().as_str()), "{shown}");
}
