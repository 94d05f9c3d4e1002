//! Admins and accountants: refunds, both sides' books, and what somebody does at KakaoPay behind Maru's back.

use std::time::Duration;

use maru_auth::Role;
use maru_stack::faults::FaultKind;
use maru_testing::{Answer, Maru};
use reqwest::Method;
use serde_json::{Value, json};

use crate::checkouts::{Item, put, stored, suffer, text};
use crate::subscribers::token;

/// Nobody but an admin may ask for this.
pub async fn expect_only_admins(maru: &Maru, method: Method, path: &str) {
    let ask = async |token: &str| {
        Answer::read(maru.request(method.clone(), path, token).json(&json!({})).send().await.unwrap()).await
    };
    for token in ["", "not.a.token"] {
        ask(token).await.expect_problem(401, "unauthenticated");
    }
    for token in [token(maru, crate::MEMBER), maru.token("usr_lecturer", Role::Lecturer)] {
        ask(&token).await.expect_problem(403, "forbidden");
    }
}

/// An admin gives this much of a payment back, all that is left if it is not said.
pub async fn refund(maru: &Maru, order: &str, amount: Option<i64>) -> Answer {
    maru.post(&refunds(order), &maru.admin(), &asked(amount)).await
}

/// The same under an `Idempotency-Key`.
pub async fn refund_under(maru: &Maru, order: &str, amount: Option<i64>, key: &str) -> Answer {
    let request = maru.request(Method::POST, &refunds(order), &maru.admin());
    let request = request.header("idempotency-key", key).json(&asked(amount));
    Answer::read(request.send().await.unwrap()).await
}

/// The path of the refunds of a payment of [`crate::MEMBER`].
pub fn refunds(order: &str) -> String {
    format!("/admin/billing/{}/payments/{order}/refunds", crate::MEMBER)
}

fn asked(amount: Option<i64>) -> Value {
    let mut asked = json!({ "reason": "장애 보상" });
    if let Some(amount) = amount {
        asked["amount"] = json!(amount);
    }
    asked
}

/// A member's payments as an admin sees them.
pub async fn listed(maru: &Maru, member: &str) -> Vec<Value> {
    let page = maru.get(&format!("/admin/billing/{member}/payments"), &maru.admin()).await.expect(200);
    page["items"].as_array().unwrap().clone()
}

/// The states of the refunds of a member's newest payment.
pub async fn refund_states(maru: &Maru, member: &str) -> Vec<String> {
    let payment = listed(maru, member).await.remove(0);
    let refunds = payment["refunds"].as_array().unwrap().iter();
    refunds.map(|refund| refund["state"].as_str().unwrap().to_owned()).collect()
}

/// KakaoPay's next answers of a call go wrong like this.
pub fn goes_wrong(maru: &Maru, call: &str, kind: FaultKind, times: u32) {
    suffer(maru, &format!("kakaopay/{call}"), kind, times);
}

/// How much KakaoPay has given back to a member.
pub async fn given_back(maru: &Maru, member: &str) -> i64 {
    let movements = maru.kakaopay().movements().await;
    let of_member = movements.iter().filter(|each| each["userId"] == member && each["kind"] == "cancel");
    -of_member.map(|each| each["amount"].as_i64().unwrap()).sum::<i64>()
}

/// What lies at KakaoPay is what the ledger says, to the won; so is what was given back in the payments.
pub async fn money_agrees(maru: &Maru) {
    let movements = maru.kakaopay().movements().await;
    let theirs: i64 = movements.iter().map(|each| each["amount"].as_i64().unwrap()).sum();
    let (mut ours, mut refunded) = (0, 0);
    for entry in stored(maru, "LEDGER#").await {
        ours += moved(&entry, "kakaopay");
        refunded += moved(&entry, "refunds");
    }
    assert_eq!(ours, theirs);
    let payments = stored(maru, "PAYMENTS#").await;
    let of_payments: i64 =
        payments.iter().map(|each| each["refunded"].as_n().unwrap().parse::<i64>().unwrap()).sum();
    assert_eq!(of_payments, refunded);
}

/// What an entry of the ledger changes an account by.
fn moved(entry: &Item, account: &str) -> i64 {
    let lines = entry["lines"].as_l().unwrap().iter().map(|line| line.as_m().unwrap());
    let of_account = lines.filter(|line| text(line, "account") == account);
    of_account.map(|line| line["amount"].as_n().unwrap().parse::<i64>().unwrap()).sum()
}

/// What comes every five minutes comes, after this time; gives what it answered.
pub async fn comes_after(maru: &Maru, function: &str, minutes: u64) -> Value {
    maru.stack.clock().advance(Duration::from_secs(60 * minutes));
    maru.stack.run_scheduled(function).await.unwrap().answer
}

/// The night's reconciliation of the day before `day`; gives what its planner answered.
pub async fn reconciles(maru: &Maru, day: &str) -> Value {
    maru.midnight_of(day);
    maru.stack.clock().advance(Duration::from_secs(90 * 60));
    let answer = maru.stack.run_scheduled("cron_reconcile_payments").await.unwrap().answer;
    maru.settle().await;
    answer
}

/// What was found on a day: each difference's kind, what we hold, and what KakaoPay holds.
pub async fn found(maru: &Maru, day: &str) -> Vec<(String, i64, Option<i64>)> {
    let page = maru.get(&format!("/admin/billing/differences?day={day}"), &maru.admin()).await.expect(200);
    let items = page["items"].as_array().unwrap().iter();
    items
        .map(|item| {
            (
                item["kind"].as_str().unwrap().to_owned(),
                item["ours"].as_i64().unwrap(),
                item["theirs"].as_i64(),
            )
        })
        .collect()
}

/// Somebody asks KakaoPay for something with Maru's key, but not through Maru.
pub async fn behind_our_back(maru: &Maru, call: &str, fields: &Value) -> Value {
    let url = format!("{}/_partners/kakaopay/online/v1/payment/{call}", maru.stack.aws_url());
    let request = maru.client.post(url).header("authorization", "SECRET_KEY local-kakaopay-secret-key");
    let mut body = json!({ "cid": "TCSUBSCRIP" });
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    Answer::read(request.json(&body).send().await.unwrap()).await.expect(200)
}

/// Changes every item of a partition that begins with `prefix`.
pub async fn change(maru: &Maru, prefix: &str, how: impl Fn(&mut Item)) {
    for mut item in stored(maru, prefix).await {
        how(&mut item);
        put(maru, item).await;
    }
}
