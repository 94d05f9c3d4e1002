//! Charges by billing key.

use super::*;

#[tokio::test]
async fn a_charge_moves_money_under_a_number_of_its_own() {
    let service = Service::start().await;
    let first = service.approved("u-1", "good", json!({})).await;
    let sid = first["sid"].as_str().unwrap();
    service.clock.advance(Duration::from_secs(86_400));
    let answer = service.done("subscription", &charge("u-1", sid, json!({ "payload": "p" }))).await;
    assert_ne!(answer["tid"], first["tid"]);
    for (field, value) in [
        ("sid", json!(sid)),
        ("partner_order_id", json!("ord-2")),
        ("partner_user_id", json!("u-1")),
        ("payment_method_type", json!("CARD")),
        ("payload", json!("p")),
        ("approved_at", json!("2026-11-22T10:00:00")),
    ] {
        assert_eq!(answer[field], value, "{field}");
    }
    assert_eq!(answer["amount"]["vat"], 1_809);
    assert_eq!(service.order_status(&answer["tid"]).await, "SUCCESS_PAYMENT");
    assert_eq!(service.key_status(sid).await["last_approved_at"], "2026-11-22T10:00:00");
    assert_eq!(service.total().await, 2 * PRICE);
}

#[tokio::test]
async fn the_same_order_again_is_charged_again() {
    let service = Service::start().await;
    let sid = service.subscribed("u-1", "good").await;
    for _ in 0..2 {
        service.done("subscription", &charge("u-1", &sid, json!({}))).await;
    }
    assert_eq!(service.total().await, 3 * PRICE);
}

#[tokio::test]
async fn a_key_that_is_unknown_inactive_or_anothers_is_not_charged() {
    let service = Service::start().await;
    let (sid, ended) = (service.subscribed("u-1", "good").await, service.subscribed("u-2", "good").await);
    service.done("manage/subscription/inactive", &json!({ "cid": "TCSUBSCRIP", "sid": ended })).await;
    for (charge, code) in [
        (charge("u-1", "S0000000000000000000", json!({})), -750),
        (charge("u-2", &ended, json!({})), -751),
        (charge("u-2", &sid, json!({})), -753),
        (charge("u-1", &sid, json!({ "cid": "TC0ONETIME" })), -731),
        (charge("u-1", &sid, json!({ "total_amount": 0 })), -722),
        (charge("u-1", &sid, json!({ "total_amount": 19_900.5 })), -2),
        (charge("u-1", &sid, json!({ "partner_order_id": null })), -2),
        (charge("u-1", &sid, json!({ "quantity": null })), -2),
    ] {
        assert_eq!(service.refused("subscription", &charge).await, code, "{charge}");
    }
    assert_eq!(service.total().await, 2 * PRICE);
}

#[tokio::test]
async fn later_charges_go_as_the_card_of_the_first_payment_does() {
    let service = Service::start().await;
    for (card, code) in [("declined_later", -782), ("monthly_limit", -752), ("withdrawn", -751)] {
        let sid = service.subscribed(card, card).await;
        assert_eq!(service.refused("subscription", &charge(card, &sid, json!({}))).await, code, "{card}");
    }
    assert_eq!(service.total().await, 3 * PRICE);
}

#[tokio::test]
async fn what_was_charged_without_a_person_has_no_page() {
    let service = Service::start().await;
    let sid = service.subscribed("u-1", "good").await;
    let charged = service.done("subscription", &charge("u-1", &sid, json!({}))).await;
    let page = format!("{}/online-payment/{}/info", service.base, charged["tid"].as_str().unwrap());
    assert_eq!(service.client.get(page).send().await.unwrap().status(), 404);
}
