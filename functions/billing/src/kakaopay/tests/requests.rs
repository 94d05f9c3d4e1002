//! What goes out: every call's address, header and body, letter by letter.

use serde_json::{Value, json};

use super::server::{Service, answer};
use super::{REFUND, RETURN_URLS, SALE, TID, sid};
use crate::kakaopay::KakaoPay;

/// What was sent by `call`, once; it is answered with a refusal.
async fn sent(call: impl AsyncFnOnce(KakaoPay)) -> (String, Value) {
    let service = Service::start(|_| answer(400, r#"{"error_code":-2}"#)).await;
    call(service.kakaopay()).await;
    let [seen] = &service.seen()[..] else { panic!("not one request: {:?}", service.seen()) };
    assert_eq!(seen.headers["authorization"], "SECRET_KEY the secret key");
    assert_eq!(seen.headers["content-type"], "application/json");
    (seen.target.clone(), serde_json::from_slice(&seen.body).unwrap())
}

#[tokio::test]
async fn ready_names_the_sale_and_where_to_return() {
    let (target, body) = sent(async |kakaopay| drop(kakaopay.ready(&SALE, &RETURN_URLS).await)).await;
    assert_eq!(target, "POST /online/v1/payment/ready");
    let expected = json!({
        "cid": "TCSUBSCRIP", "partner_order_id": "ord-1", "partner_user_id": "usr-1",
        "item_name": "Maru PRO 1개월", "quantity": 1, "total_amount": 19_900, "tax_free_amount": 0,
        "approval_url": "https://api.example/approve?state=a", "cancel_url": "https://api.example/cancel?state=c",
        "fail_url": "https://api.example/fail?state=f",
    });
    assert_eq!(body, expected);
}

#[tokio::test]
async fn approve_names_the_payment_and_the_amount_that_it_must_have() {
    let (target, body) = sent(async |kakaopay| drop(kakaopay.approve(&SALE, TID, "pg-1").await)).await;
    assert_eq!(target, "POST /online/v1/payment/approve");
    let expected = json!({
        "cid": "TCSUBSCRIP", "tid": "T0000000000000000001", "partner_order_id": "ord-1",
        "partner_user_id": "usr-1", "pg_token": "pg-1", "total_amount": 19_900,
    });
    assert_eq!(body, expected);
}

#[tokio::test]
async fn a_charge_names_the_sid_and_the_sale() {
    let (target, body) = sent(async |kakaopay| drop(kakaopay.charge(&SALE, &sid()).await)).await;
    assert_eq!(target, "POST /online/v1/payment/subscription");
    let expected = json!({
        "cid": "TCSUBSCRIP", "sid": "S0000000000000000001", "partner_order_id": "ord-1",
        "partner_user_id": "usr-1", "item_name": "Maru PRO 1개월", "quantity": 1, "total_amount": 19_900,
        "tax_free_amount": 0,
    });
    assert_eq!(body, expected);
}

#[tokio::test]
async fn a_refund_says_how_much_must_be_left() {
    let (target, body) = sent(async |kakaopay| drop(kakaopay.cancel(&REFUND).await)).await;
    assert_eq!(target, "POST /online/v1/payment/cancel");
    let expected = json!({
        "cid": "TCSUBSCRIP", "tid": "T0000000000000000001", "cancel_amount": 3_000,
        "cancel_tax_free_amount": 0, "cancel_available_amount": 19_900,
    });
    assert_eq!(body, expected);
}

#[tokio::test]
async fn questions_name_what_they_are_about_and_nothing_else() {
    let (target, body) = sent(async |kakaopay| drop(kakaopay.order(TID).await)).await;
    assert_eq!(target, "POST /online/v1/payment/order");
    assert_eq!(body, json!({"cid": "TCSUBSCRIP", "tid": "T0000000000000000001"}));
    let of_sid = json!({"cid": "TCSUBSCRIP", "sid": "S0000000000000000001"});
    let (target, body) = sent(async |kakaopay| drop(kakaopay.sid_state(&sid()).await)).await;
    assert_eq!(target, "POST /online/v1/payment/manage/subscription/status");
    assert_eq!(body, of_sid);
    let (target, body) = sent(async |kakaopay| drop(kakaopay.inactivate(&sid()).await)).await;
    assert_eq!(target, "POST /online/v1/payment/manage/subscription/inactive");
    assert_eq!(body, of_sid);
}

#[tokio::test]
async fn a_base_url_with_a_path_and_a_slash_keeps_its_path() {
    let service = Service::start(|_| answer(400, r#"{"error_code":-2}"#)).await;
    drop(service.kakaopay_at(&format!("{}/sandbox/", service.url())).order(TID).await);
    assert_eq!(service.seen()[0].target, "POST /sandbox/online/v1/payment/order");
}
