//! The sandbox over HTTP.

mod approvals;
mod books;
mod cancellations;
mod charges;
mod faults;
mod keys;
mod page;
mod ready;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use jiff::Timestamp;
use reqwest::{Client, RequestBuilder, Url};
use serde_json::{Value, json};

use super::{Books, KakaoPay, SECRET_KEY, router};
use crate::clock::LocalClock;
use crate::faults::{Fault, FaultKind, FaultTarget, Faults};

/// What the subscription of every test costs.
const PRICE: i64 = 19_900;

struct Service {
    base: String,
    client: Client,
    clock: LocalClock,
    faults: Arc<Faults>,
}

/// A status with the body.
type Answer = (u16, Value);

impl Service {
    async fn start() -> Self {
        Self::with(Books::default()).await
    }

    async fn with(books: Books) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/_partners/kakaopay", listener.local_addr().unwrap());
        let clock = LocalClock::frozen("2026-11-21T01:00:00Z".parse().unwrap());
        let faults = Arc::<Faults>::default();
        let kakao_pay = router(KakaoPay::new(clock.clone(), Arc::clone(&faults), books));
        let router = Router::new().nest("/_partners/kakaopay", kakao_pay);
        tokio::spawn(async move { axum::serve(listener, router).await });
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { base, client, clock, faults }
    }

    fn request(&self, path: &str, body: &Value) -> RequestBuilder {
        let request = self.client.post(format!("{}/online/v1/payment/{path}", self.base));
        request.header("authorization", format!("SECRET_KEY {SECRET_KEY}")).json(body)
    }

    async fn call(&self, path: &str, body: &Value) -> Answer {
        read(self.request(path, body)).await
    }

    /// A call that is refused; gives its `error_code`.
    async fn refused(&self, path: &str, body: &Value) -> i64 {
        let (status, answer) = self.call(path, body).await;
        assert_eq!(status, 400, "{answer}");
        assert!(answer["error_message"].is_string());
        answer["error_code"].as_i64().unwrap()
    }

    async fn done(&self, path: &str, body: &Value) -> Value {
        let (status, answer) = self.call(path, body).await;
        assert_eq!(status, 200, "{answer}");
        answer
    }

    /// Begins a payment of this person; gives its answer.
    async fn ready(&self, user: &str, changes: Value) -> Value {
        self.done("ready", &asked(user, changes)).await
    }

    /// Sends the page's form; gives where the browser is sent.
    async fn choose(&self, ready: &Value, form: &str) -> Url {
        let response = self.send_form(ready, form).await;
        assert_eq!(response.status().as_u16(), 302);
        Url::parse(response.headers()["location"].to_str().unwrap()).unwrap()
    }

    async fn send_form(&self, ready: &Value, form: &str) -> reqwest::Response {
        let page = ready["next_redirect_pc_url"].as_str().unwrap();
        self.client.post(page).body(form.to_owned()).send().await.unwrap()
    }

    /// Pays on the page with this card; gives what approves the payment.
    async fn paid(&self, user: &str, card: &str, changes: Value) -> Value {
        let ready = self.ready(user, changes.clone()).await;
        let back = self.choose(&ready, &format!("action=pay&card={card}")).await;
        let pg_token = back.query_pairs().find(|(name, _)| name == "pg_token").unwrap().1.into_owned();
        let asked = asked(user, changes);
        json!({
            "cid": asked["cid"],
            "tid": ready["tid"],
            "partner_order_id": asked["partner_order_id"],
            "partner_user_id": user,
            "pg_token": pg_token,
        })
    }

    /// Pays and approves; gives the answer.
    async fn approved(&self, user: &str, card: &str, changes: Value) -> Value {
        let paid = self.paid(user, card, changes).await;
        self.done("approve", &paid).await
    }

    /// The billing key of somebody who subscribed with this card.
    async fn subscribed(&self, user: &str, card: &str) -> String {
        self.approved(user, card, json!({})).await["sid"].as_str().unwrap().to_owned()
    }

    async fn key_status(&self, sid: &str) -> Value {
        self.done("manage/subscription/status", &json!({ "cid": "TCSUBSCRIP", "sid": sid })).await
    }

    async fn order_status(&self, tid: &Value) -> String {
        let order = self.done("order", &json!({ "cid": "TCSUBSCRIP", "tid": tid })).await;
        order["status"].as_str().unwrap().to_owned()
    }

    async fn books(&self) -> Value {
        read(self.client.get(format!("{}/books", self.base))).await.1
    }

    /// The money that moved, in all.
    async fn total(&self) -> i64 {
        self.books().await["total"].as_i64().unwrap()
    }

    fn suffer(&self, operation: &str, kind: FaultKind) {
        self.faults.push(Fault::new(FaultTarget::Partner, kind, 1).of_operation(operation));
    }
}

async fn read(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    (status, serde_json::from_slice(&response.bytes().await.unwrap()).unwrap_or_default())
}

/// The fields of `ready`, with these changed.
fn asked(user: &str, changes: Value) -> Value {
    let fields = json!({
        "cid": "TCSUBSCRIP",
        "partner_order_id": "ord-1",
        "partner_user_id": user,
        "item_name": "마루 PRO",
        "quantity": 1,
        "total_amount": PRICE,
        "tax_free_amount": 0,
        "approval_url": "http://localhost:3000/billing/kakaopay/approve?state=s%26t",
        "cancel_url": "http://localhost:3000/billing/kakaopay/cancel?state=s",
        "fail_url": "http://localhost:3000/billing/kakaopay/fail?state=s",
    });
    changed(fields, changes)
}

/// The fields of `subscription`, with these changed.
fn charge(user: &str, sid: &str, changes: Value) -> Value {
    let fields = json!({
        "cid": "TCSUBSCRIP",
        "sid": sid,
        "partner_order_id": "ord-2",
        "partner_user_id": user,
        "item_name": "마루 PRO",
        "quantity": 1,
        "total_amount": PRICE,
        "tax_free_amount": 0,
    });
    changed(fields, changes)
}

fn changed(mut fields: Value, changes: Value) -> Value {
    let Value::Object(changes) = changes else { panic!("changes are an object") };
    fields.as_object_mut().unwrap().extend(changes);
    fields
}

/// Waits until it is so.
async fn until(is_so: impl AsyncFn() -> bool) {
    let waiting = async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), waiting).await.expect("it never came to be so");
}
