//! Members who buy, and what they see of it; nights that come; both sides' books.

use std::time::Duration;

use jiff::civil::Date;
use maru_auth::Role;
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_testing::Maru;
use reqwest::Method;
use serde_json::{Value, json};

/// A member's access token.
pub fn token(maru: &Maru, member: &str) -> String {
    maru.token(member, Role::User)
}

/// A member buys PRO on KakaoPay's page with this card; gives the order.
pub async fn buys(maru: &Maru, member: &str, card: &str) -> String {
    let checkout =
        maru.post("/billing/checkout", &token(maru, member), &json!({ "plan": "PRO" })).await.expect(201);
    let kakaopay = maru.kakaopay();
    let back = kakaopay.pay(checkout["redirectUrl"].as_str().unwrap(), card).await;
    let page = kakaopay.arrive(&back).await;
    assert!(page.ends_with("/plan?payment=paid"), "{page}");
    maru.settle().await;
    checkout["orderId"].as_str().unwrap().to_owned()
}

/// What a member sees of billing.
pub async fn billing(maru: &Maru, member: &str) -> Value {
    maru.get("/billing", &token(maru, member)).await.expect(200)
}

/// A member's plan, its status, and the days from and to which it is paid.
pub async fn stands(maru: &Maru, member: &str) -> [String; 4] {
    let billing = billing(maru, member).await;
    let subscription = &billing["subscription"];
    [&billing["plan"], &subscription["status"], &subscription["periodStart"], &subscription["periodEnd"]]
        .map(|field| field.as_str().unwrap_or_default().to_owned())
}

/// A member asks for the end.
pub async fn ends(maru: &Maru, member: &str) -> Value {
    let request = maru.request(Method::DELETE, "/billing/subscription", &token(maru, member));
    maru_testing::Answer::read(request.send().await.unwrap()).await.expect(200)
}

/// The night before `day` begins and is worked through; gives what its planner answered.
pub async fn night(maru: &Maru, day: &str) -> Value {
    maru.midnight_of(day);
    maru.stack.run_scheduled("cron_plan_renewals").await.unwrap().answer
}

/// What comes every minute comes, after this time; gives what it answered.
pub async fn later(maru: &Maru, minutes: u64) -> Value {
    maru.stack.clock().advance(Duration::from_secs(60 * minutes));
    maru.stack.run_scheduled("cron_settle_renewals").await.unwrap().answer
}

/// The nights that are over after this time and were not before; also those that end while it is looked.
pub async fn finished_after(maru: &Maru, minutes: u64) -> Value {
    let first = later(maru, minutes).await["finished"].take();
    let second = later(maru, 1).await["finished"].take();
    json!([first.as_array().unwrap().clone(), second.as_array().unwrap().clone()].concat())
}

/// The nights that are over by now and were not before.
pub async fn finished(maru: &Maru) -> Value {
    finished_after(maru, 1).await
}

/// KakaoPay's next charge goes wrong like this.
pub fn suffers(maru: &Maru, kind: FaultKind) {
    let fault = Fault::new(FaultTarget::Partner, kind, 1).of_operation("kakaopay/subscription");
    maru.stack.parts().faults.push(fault);
}

/// How often KakaoPay has taken money from a member.
pub async fn times_charged(maru: &Maru, member: &str) -> usize {
    let movements = maru.kakaopay().movements().await;
    movements.iter().filter(|movement| movement["userId"] == member && movement["kind"] != "cancel").count()
}

/// A member's payments, the newest first.
pub async fn payments(maru: &Maru, member: &str) -> Vec<Value> {
    let page = maru.get("/billing/payments?limit=100", &token(maru, member)).await.expect(200);
    page["items"].as_array().unwrap().clone()
}

/// The kinds of what a member was told, the newest first.
pub async fn told(maru: &Maru, member: &str) -> Vec<String> {
    maru.settle().await;
    let page = maru.get("/notifications?limit=100", &token(maru, member)).await.expect(200);
    let items = page["items"].as_array().unwrap().iter();
    items.map(|item| item["kind"].as_str().unwrap().to_owned()).collect()
}

/// A member's plan as the domain that asks for it knows it: whether uses are unlimited.
pub async fn is_pro_elsewhere(maru: &Maru, member: &str) -> bool {
    maru.settle().await;
    maru.get("/credits", &token(maru, member)).await.expect(200)["limit"].is_null()
}

/// Both sides' books agree: what KakaoPay took is what the member sees as paid, to the won and order by order.
pub async fn books_agree(maru: &Maru, member: &str) {
    let movements = maru.kakaopay().movements().await;
    let mut theirs: Vec<(String, i64)> = Vec::new();
    for movement in movements.iter().filter(|movement| movement["userId"] == member) {
        theirs.push((movement["orderId"].as_str().unwrap().to_owned(), movement["amount"].as_i64().unwrap()));
    }
    let mut ours: Vec<(String, i64)> = Vec::new();
    for payment in payments(maru, member).await {
        ours.push((payment["orderId"].as_str().unwrap().to_owned(), payment["amount"].as_i64().unwrap()));
    }
    theirs.sort();
    ours.sort();
    assert_eq!(ours, theirs);
}

/// Whether KakaoPay can still charge a member.
pub async fn has_active_key(maru: &Maru, member: &str) -> bool {
    let keys = maru.kakaopay().keys(member).await;
    keys.as_array().unwrap().iter().any(|key| key["status"] == "ACTIVE")
}

/// The day after.
pub fn next(day: &str) -> String {
    let day: Date = day.parse().unwrap();
    day.tomorrow().unwrap().to_string()
}
