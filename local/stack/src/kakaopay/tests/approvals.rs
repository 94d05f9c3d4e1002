//! What a person has paid becomes the merchant's.

use super::*;

#[tokio::test]
async fn an_approval_moves_the_money_and_gives_a_billing_key() {
    let service = Service::start().await;
    let paid = service.paid("u-1", "good", json!({})).await;
    service.clock.advance(Duration::from_secs(60));
    let answer =
        service.done("approve", &changed(paid, json!({ "total_amount": PRICE, "payload": "p" }))).await;
    let amount =
        json!({ "total": PRICE, "tax_free": 0, "vat": 1_809, "point": 0, "discount": 0, "green_deposit": 0 });
    assert_eq!(answer["amount"], amount);
    for (field, value) in [
        ("cid", json!("TCSUBSCRIP")),
        ("partner_order_id", json!("ord-1")),
        ("partner_user_id", json!("u-1")),
        ("payment_method_type", json!("CARD")),
        ("item_name", json!("마루 PRO")),
        ("quantity", json!(1)),
        ("payload", json!("p")),
        ("created_at", json!("2026-11-21T10:00:00")),
        ("approved_at", json!("2026-11-21T10:01:00")),
    ] {
        assert_eq!(answer[field], value, "{field}");
    }
    for (field, letter) in [("aid", 'A'), ("tid", 'T'), ("sid", 'S')] {
        let number = answer[field].as_str().unwrap();
        assert!(number.len() == 20 && number.starts_with(letter), "{field}: {number}");
    }
    assert!(answer["card_info"].is_object());
    assert_eq!(service.order_status(&answer["tid"]).await, "SUCCESS_PAYMENT");
    assert_eq!(service.total().await, PRICE);
}

#[tokio::test]
async fn a_single_payment_gives_no_billing_key_and_money_has_no_card() {
    let service = Service::start().await;
    let changes = json!({ "cid": "TC0ONETIME", "payment_method_type": "MONEY" });
    let answer = service.approved("u-1", "good", changes).await;
    assert_eq!((answer.get("sid"), answer.get("card_info")), (None, None));
    assert_eq!(service.total().await, PRICE);
}

#[tokio::test]
async fn nothing_to_pay_gives_a_billing_key_and_moves_no_money() {
    let service = Service::start().await;
    let answer = service.approved("u-1", "good", json!({ "total_amount": 0 })).await;
    assert_eq!(service.order_status(&answer["tid"]).await, "ISSUED_SID");
    assert_eq!(service.books().await, json!({ "movements": [], "total": 0 }));
    let key = service.key_status(answer["sid"].as_str().unwrap()).await;
    assert_eq!((&key["status"], key.get("last_approved_at")), (&json!("ACTIVE"), None));
}

#[tokio::test]
async fn only_what_the_person_paid_is_approved_and_only_once() {
    let service = Service::start().await;
    let other = service.paid("u-1", "good", json!({})).await;
    let paid = service.paid("u-1", "good", json!({})).await;
    for (changes, code) in [
        (json!({ "tid": "T0000000000000000000" }), -721),
        (json!({ "cid": "TC0ONETIME" }), -721),
        (json!({ "partner_order_id": "ord-9" }), -706),
        (json!({ "partner_user_id": "u-9" }), -707),
        (json!({ "pg_token": "x" }), -708),
        (json!({ "pg_token": other["pg_token"] }), -708),
        (json!({ "total_amount": PRICE - 1 }), -722),
        (json!({ "payload": "x".repeat(201) }), -2),
    ] {
        assert_eq!(
            service.refused("approve", &changed(paid.clone(), changes.clone())).await,
            code,
            "{changes}"
        );
    }
    assert_eq!(service.total().await, 0);
    service.done("approve", &paid).await;
    assert_eq!(service.refused("approve", &paid).await, -702);
    assert_eq!(service.total().await, PRICE);
}

#[tokio::test]
async fn what_is_not_paid_cannot_be_approved() {
    let service = Service::start().await;
    for (action, code) in [(None, -701), (Some("cancel"), -784), (Some("fail"), -784)] {
        let ready = service.ready("u-1", json!({})).await;
        if let Some(action) = action {
            service.choose(&ready, &format!("action={action}")).await;
        }
        let approve = json!({ "cid": "TCSUBSCRIP", "tid": ready["tid"], "partner_order_id": "ord-1",
            "partner_user_id": "u-1", "pg_token": "x" });
        assert_eq!(service.refused("approve", &approve).await, code, "{action:?}");
    }
}

#[tokio::test]
async fn the_merchant_has_fifteen_minutes_from_the_beginning() {
    let service = Service::start().await;
    let (first, second) =
        (service.paid("u-1", "good", json!({})).await, service.paid("u-2", "good", json!({})).await);
    service.clock.advance(Duration::from_secs(15 * 60 - 1));
    service.done("approve", &first).await;
    service.clock.advance(Duration::from_secs(1));
    assert_eq!(service.refused("approve", &second).await, -723);
    assert_eq!(service.refused("approve", &first).await, -702);
    assert_eq!(service.total().await, PRICE);
}

#[tokio::test]
async fn a_card_that_fails_ends_the_payment_without_money() {
    let service = Service::start().await;
    for (card, code) in [("declined", -780), ("over_limit", -797)] {
        let paid = service.paid("u-1", card, json!({})).await;
        let (_, answer) = service.call("approve", &paid).await;
        assert_eq!(answer["error_code"], code);
        assert_eq!(answer["extras"]["method_result_code"].is_string(), card == "declined");
        assert_eq!(service.order_status(&paid["tid"]).await, "FAIL_PAYMENT");
        assert_eq!(service.refused("approve", &paid).await, -784);
    }
    assert_eq!(service.total().await, 0);
}
