//! Members on their way through KakaoPay's page, and what became of the money.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures::future::join_all;
use hmac::{Hmac, KeyInit, Mac};
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_testing::browser::parameter;
use maru_testing::{Answer, Maru};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::Sha256;

use crate::subscribers::token;

pub type Item = HashMap<String, AttributeValue>;

/// A member asks for a checkout.
pub async fn asks(maru: &Maru, member: &str) -> Answer {
    maru.post("/billing/checkout", &token(maru, member), &json!({ "plan": "PRO" })).await
}

/// The same under an `Idempotency-Key`.
pub async fn asks_under(maru: &Maru, member: &str, key: &str) -> Answer {
    let request = maru.request(Method::POST, "/billing/checkout", &token(maru, member));
    let request = request.header("idempotency-key", key).json(&json!({ "plan": "PRO" }));
    Answer::read(request.send().await.unwrap()).await
}

/// A member pays with this card on the page of a new order; gives where KakaoPay sends the browser.
pub async fn pays(maru: &Maru, member: &str, card: &str) -> String {
    let checkout = asks(maru, member).await.expect(201);
    maru.kakaopay().pay(checkout["redirectUrl"].as_str().unwrap(), card).await
}

/// Goes where KakaoPay sent the browser; gives the word that the app is told.
pub async fn arrives(maru: &Maru, back: &str) -> String {
    let page = maru.kakaopay().arrive(back).await;
    parameter(&page, "payment").unwrap_or_else(|| panic!("no word in {page}"))
}

/// A member buys, and the app is told this.
pub async fn buys_and_is_told(maru: &Maru, member: &str, card: &str) -> String {
    let back = pays(maru, member, card).await;
    arrives(maru, &back).await
}

/// An address with another value of a parameter.
pub fn with(back: &str, name: &str, value: &str) -> String {
    let before = format!("{name}={}", parameter(back, name).unwrap());
    assert!(back.contains(&before), "{before} in {back}");
    back.replace(&before, &format!("{name}={value}"))
}

/// The address of another page of the same order: KakaoPay has all of them, a browser only the one that it is sent
/// to.
pub async fn other_page(maru: &Maru, back: &str, page: &str) -> String {
    let state = parameter(back, "state").unwrap();
    let (claim, _) = state.rsplit_once('.').unwrap();
    let ssm = aws_sdk_ssm::Client::new(&maru.stack.sdk_config());
    let key = ssm
        .get_parameter()
        .name("/maru/billing/return-state-key")
        .with_decryption(true)
        .send()
        .await
        .unwrap();
    let key = key.parameter.unwrap().value.unwrap();
    let mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    let mac = mac.chain_update(format!("maru kakaopay return\n{page}\n{claim}")).finalize();
    let signature = URL_SAFE_NO_PAD.encode(mac.into_bytes());
    format!("{}/billing/kakaopay/{page}?state={claim}.{signature}", maru.stack.url())
}

/// KakaoPay's next approvals go wrong like this.
pub fn approvals_suffer(maru: &Maru, kind: FaultKind) {
    suffer(maru, "kakaopay/approve", kind, 1);
}

/// The next calls of KakaoPay go wrong like this.
pub fn suffer(maru: &Maru, operation: &str, kind: FaultKind, times: u32) {
    maru.stack.parts().faults.push(Fault::new(FaultTarget::Partner, kind, times).of_operation(operation));
}

/// What comes every minute for orders comes, after this time; gives what it answered.
pub async fn settles_after(maru: &Maru, minutes: u64) -> Value {
    maru.stack.clock().advance(Duration::from_secs(60 * minutes));
    maru.stack.run_scheduled("cron_settle_orders").await.unwrap().answer
}

/// Whoever comes back from KakaoPay's page without having paid is told this word each time, also an hour later, and can
/// buy then.
pub async fn comes_back_without_paying(maru: &Maru, member: &str, (back, word): (&str, &str)) {
    let words = join_all((0..4).map(|_| arrives(maru, back))).await;
    assert!(words.iter().all(|each| each == word), "{words:?}");
    assert_eq!((agreed(maru).await, states(maru).await), (0, vec![word.to_owned()]));
    maru.stack.clock().advance(Duration::from_secs(3_600));
    assert_eq!(arrives(maru, back).await, word);
    assert_eq!(buys_and_is_told(maru, member, "good").await, "paid");
    assert_eq!(agreed(maru).await, 1);
}

/// Whoever comes `back` from KakaoPay's `page` with the state of another one, a changed one or none changes nothing.
pub async fn is_refused_with_any_other_state(maru: &Maru, (back, page): (&str, &str)) {
    let bare = back.split('?').next().unwrap();
    for forged in [back.replace(&format!("/{page}?"), "/approve?"), format!("{back}x"), bare.to_owned()] {
        assert_eq!(arrives(maru, &forged).await, "invalid", "{forged}");
    }
    assert_eq!(states(maru).await, ["ready"]);
}

/// All items of the billing table whose partition begins with `prefix`.
pub async fn stored(maru: &Maru, prefix: &str) -> Vec<Item> {
    let scan = Client::new(&maru.stack.sdk_config()).scan().table_name(table(maru));
    let mut items: Vec<Item> = scan.into_paginator().items().send().collect::<Result<_, _>>().await.unwrap();
    items.retain(|item| text(item, "pk").starts_with(prefix));
    items
}

/// Puts an item into the billing table.
pub async fn put(maru: &Maru, item: Item) {
    let client = Client::new(&maru.stack.sdk_config());
    client.put_item().table_name(table(maru)).set_item(Some(item)).send().await.unwrap();
}

/// The account of a member is closed.
pub async fn closes(maru: &Maru, member: &str) {
    let fields = [("pk", format!("ERASURE#{member}")), ("sk", "RECORD".to_owned())];
    put(maru, fields.map(|(name, value)| (name.to_owned(), AttributeValue::S(value))).into()).await;
}

/// The states of all orders, sorted.
pub async fn states(maru: &Maru) -> Vec<String> {
    let orders = stored(maru, "ORDER#").await;
    let mut states: Vec<String> = orders.iter().map(|order| text(order, "state").to_owned()).collect();
    states.sort();
    states
}

/// KakaoPay's books, the payments and the ledger agree to the won and order by order, and no slot is taken; gives
/// how many payments there are.
pub async fn agreed(maru: &Maru) -> usize {
    let movements = maru.kakaopay().movements().await;
    let theirs = movements
        .iter()
        .map(|each| (each["orderId"].as_str().unwrap().to_owned(), each["amount"].as_i64().unwrap()));
    let theirs: BTreeMap<String, i64> = theirs.collect();
    assert_eq!(theirs.len(), movements.len(), "an order was charged twice: {movements:#?}");
    let payments = stored(maru, "PAYMENTS#").await;
    let ours = payments.iter().map(|each| (text(each, "orderId").to_owned(), number(each, "amount")));
    assert_eq!(ours.collect::<BTreeMap<_, _>>(), theirs);
    let ledger: BTreeMap<String, i64> = stored(maru, "LEDGER#").await.iter().map(entry).collect();
    assert_eq!(ledger, theirs);
    assert!(openings(maru).await.is_empty());
    theirs.len()
}

/// The slots that are taken.
pub async fn openings(maru: &Maru) -> Vec<Item> {
    let mut items = stored(maru, "MEMBER#").await;
    items.retain(|item| text(item, "sk") == "OPENING");
    items
}

pub fn text<'a>(item: &'a Item, field: &str) -> &'a str {
    item.get(field).and_then(|value| value.as_s().ok()).map_or("", String::as_str)
}

fn table(maru: &Maru) -> &str {
    let tables = &maru.stack.parts().template.tables;
    &tables.iter().find(|table| table.logical_id == "BillingTable").unwrap().name
}

fn number(item: &Item, field: &str) -> i64 {
    item[field].as_n().unwrap().parse().unwrap()
}

/// An entry of the ledger: its order, and what it brought to KakaoPay.
fn entry(item: &Item) -> (String, i64) {
    let lines = item["lines"].as_l().unwrap().iter().map(|line| line.as_m().unwrap());
    let mut of_kakaopay = lines.filter(|line| text(line, "account") == "kakaopay");
    (text(item, "orderId").to_owned(), number(of_kakaopay.next().unwrap(), "amount"))
}
