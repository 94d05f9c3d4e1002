//! Money that goes back.

use super::*;

fn cancel(tid: &Value, amount: i64, changes: Value) -> Value {
    let fields =
        json!({ "cid": "TCSUBSCRIP", "tid": tid, "cancel_amount": amount, "cancel_tax_free_amount": 0 });
    changed(fields, changes)
}

fn parts(answer: &Value, name: &str) -> (i64, i64) {
    (answer[name]["total"].as_i64().unwrap(), answer[name]["vat"].as_i64().unwrap())
}

#[tokio::test]
async fn a_part_goes_back_then_the_rest_and_the_tax_leaves_nothing_over() {
    let service = Service::start().await;
    let tid = service.approved("u-1", "good", json!({ "total_amount": 9_900 })).await["tid"].clone();
    service.clock.advance(Duration::from_secs(3_600));
    let guard = json!({ "cancel_available_amount": 9_900, "payload": "p" });
    let first = service.done("cancel", &cancel(&tid, 3_000, guard)).await;
    assert_eq!((&first["status"], &first["payload"]), (&json!("PART_CANCEL_PAYMENT"), &json!("p")));
    assert_eq!(first["canceled_at"], "2026-11-21T11:00:00");
    for (name, expected) in [
        ("amount", (9_900, 900)),
        ("approved_cancel_amount", (3_000, 273)),
        ("canceled_amount", (3_000, 273)),
        ("cancel_available_amount", (6_900, 627)),
    ] {
        assert_eq!(parts(&first, name), expected, "{name}");
    }
    let second = service.done("cancel", &cancel(&tid, 6_900, json!({}))).await;
    assert_eq!(second["status"], "CANCEL_PAYMENT");
    assert_eq!(parts(&second, "canceled_amount"), (9_900, 900));
    assert_eq!(parts(&second, "cancel_available_amount"), (0, 0));
    assert_ne!(first["aid"], second["aid"]);
    assert_eq!(service.order_status(&tid).await, "CANCEL_PAYMENT");
    assert_eq!(service.total().await, 0);
}

#[tokio::test]
async fn no_more_goes_back_than_is_left_and_nothing_of_what_never_came() {
    let service = Service::start().await;
    let tid = service.approved("u-1", "good", json!({})).await["tid"].clone();
    service.done("cancel", &cancel(&tid, 900, json!({}))).await;
    let unpaid = service.ready("u-1", json!({})).await["tid"].clone();
    for (cancel, code) in [
        (cancel(&json!("T0000000000000000000"), 1, json!({})), -721),
        (cancel(&unpaid, 1, json!({})), -783),
        (cancel(&tid, PRICE - 899, json!({})), -710),
        (cancel(&tid, 1, json!({ "cancel_available_amount": PRICE })), -722),
        (cancel(&tid, 0, json!({})), -722),
        (cancel(&tid, -1, json!({})), -722),
        (cancel(&tid, 100, json!({ "cancel_tax_free_amount": 100 })), -710),
        (cancel(&tid, 100, json!({ "cancel_tax_free_amount": 101 })), -704),
        (cancel(&tid, 1, json!({ "cancel_tax_free_amount": null })), -2),
    ] {
        assert_eq!(service.refused("cancel", &cancel).await, code, "{cancel}");
    }
    assert_eq!(service.total().await, PRICE - 900);
    service.done("cancel", &cancel(&tid, PRICE - 900, json!({}))).await;
    assert_eq!(service.refused("cancel", &cancel(&tid, 1, json!({}))).await, -783);
}

#[tokio::test]
async fn an_order_is_looked_up_by_its_number_with_what_went_back() {
    let service = Service::start().await;
    let tid = service.approved("u-1", "good", json!({})).await["tid"].clone();
    service.done("cancel", &cancel(&tid, 900, json!({}))).await;
    let order = service.done("order", &json!({ "cid": "TCSUBSCRIP", "tid": tid })).await;
    assert_eq!(order["status"], "PART_CANCEL_PAYMENT");
    assert_eq!(parts(&order, "cancel_available_amount").0, PRICE - 900);
    assert_eq!((&order["approved_at"], &order["canceled_at"]), (&order["created_at"], &order["created_at"]));
    for unknown in [json!({ "cid": "TC0ONETIME", "tid": tid }), json!({ "cid": "TCSUBSCRIP", "tid": "T0" })] {
        assert_eq!(service.refused("order", &unknown).await, -721);
    }
}
