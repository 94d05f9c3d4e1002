//! The books: they add up, and outlive the process that keeps them.

use std::fs::{self, OpenOptions};
use std::io::Write;

use super::*;

#[tokio::test]
async fn the_books_say_of_all_money_whose_it_was_and_why_it_moved() {
    let service = Service::start().await;
    let first = service.approved("u-1", "good", json!({})).await;
    let sid = first["sid"].as_str().unwrap();
    let second = service.done("subscription", &charge("u-1", sid, json!({}))).await;
    let cancel = json!({ "cid": "TCSUBSCRIP", "tid": first["tid"], "cancel_amount": 900,
        "cancel_tax_free_amount": 0 });
    let third = service.done("cancel", &cancel).await;
    let at: Timestamp = "2026-11-21T01:00:00Z".parse().unwrap();
    let movement = |answer: &Value, order: &str, kind: &str, amount: i64| {
        json!({ "aid": answer["aid"], "tid": answer["tid"], "orderId": order, "userId": "u-1", "sid": sid,
            "kind": kind, "amount": amount, "at": at })
    };
    let movements = [
        movement(&first, "ord-1", "payment", PRICE),
        movement(&second, "ord-2", "subscription", PRICE),
        movement(&third, "ord-1", "cancel", -900),
    ];
    assert_eq!(service.books().await, json!({ "movements": movements, "total": 2 * PRICE - 900 }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_books_add_up_however_many_charge_and_cancel_at_once() {
    let service = Service::start().await;
    let sid = service.subscribed("u-1", "good").await;
    let charges: Vec<Value> =
        (0..40).map(|n| charge("u-1", &sid, json!({ "partner_order_id": format!("ord-{n}") }))).collect();
    let charged =
        futures::future::join_all(charges.iter().map(|charge| service.done("subscription", charge))).await;
    // Of two who take half and more than half of the same payment at once, one gets it.
    let cancels: Vec<Value> = charged
        .iter()
        .flat_map(|charged| [10_000, 10_001].map(|amount| (charged["tid"].clone(), amount)))
        .map(|(tid, amount)| {
            json!({ "cid": "TCSUBSCRIP", "tid": tid, "cancel_amount": amount, "cancel_tax_free_amount": 0 })
        })
        .collect();
    let cancelled =
        futures::future::join_all(cancels.iter().map(|cancel| service.call("cancel", cancel))).await;
    let back: Vec<i64> = cancelled
        .iter()
        .filter(|(status, _)| *status == 200)
        .map(|(_, answer)| answer["approved_cancel_amount"]["total"].as_i64().unwrap())
        .collect();
    assert_eq!(back.len(), 40);
    let books = service.books().await;
    let movements = books["movements"].as_array().unwrap();
    assert_eq!(movements.len(), 1 + 40 + 40);
    assert_eq!(service.total().await, 41 * PRICE - back.iter().sum::<i64>());
    for charged in &charged {
        let of_payment = movements.iter().filter(|movement| movement["tid"] == charged["tid"]);
        assert_eq!(of_payment.count(), 2);
    }
}

#[tokio::test]
async fn what_was_paid_outlives_the_stack_and_half_a_line_is_not_read() {
    let directory = tempfile::tempdir().unwrap();
    let state = directory.path().join("state");
    let (books, sid, open) = {
        let service = Service::with(Books::kept_in(&state).unwrap()).await;
        let sid = service.subscribed("u-1", "good").await;
        let open = service.paid("u-2", "good", json!({})).await;
        (service.books().await, sid, open)
    };
    let mut file = OpenOptions::new().append(true).open(state.join("kakaopay.ndjson")).unwrap();
    file.write_all(b"{\"movement\":{\"aid").unwrap();
    for charges in 1..=2 {
        let service = Service::with(Books::kept_in(&state).unwrap()).await;
        service.done("subscription", &charge("u-1", &sid, json!({}))).await;
        assert_eq!(service.total().await, (1 + charges) * PRICE);
        assert_eq!(service.books().await["movements"][0], books["movements"][0]);
        assert_eq!(service.order_status(&open["tid"]).await, "AUTH_PASSWORD");
    }
    let service = Service::with(Books::kept_in(&state).unwrap()).await;
    service.done("approve", &open).await;
}

#[test]
fn a_file_that_holds_something_else_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("kakaopay.ndjson"), "{}\nsomething else\n{}\n").unwrap();
    assert!(Books::kept_in(directory.path()).is_err());
}
