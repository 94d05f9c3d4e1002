//! `approve`: what a person has paid becomes the merchant's.

use jiff::Timestamp;
use serde_json::Value;

use super::super::billing_key::BillingKey;
use super::super::books::{Kind, Movement};
use super::super::card::{Card, Method};
use super::super::journal::Change;
use super::super::payment::{Payment, Status};
use super::super::refusal::{Code, Refusal};
use super::super::{KakaoPay, SUBSCRIPTION_CID, numbers};
use super::fields::Fields;
use super::receipt;

/// Moves the money and, for a payment that recurs, issues the billing key.
///
/// # Errors
/// Those of [`check`], and what the card says; then no money moved, and the payment has failed.
pub(super) fn approve(kakao_pay: &KakaoPay, fields: &Fields) -> Result<Value, Refusal> {
    let (cid, tid, payload) = (fields.cid()?, fields.text("tid", 20)?, fields.optional_text("payload", 200)?);
    let (mut books, now) = (kakao_pay.books(), kakao_pay.clock.now());
    let mut payment = books.payment_of(tid, cid)?;
    check(&payment, fields, now)?;
    let card = payment.checkout.as_ref().map(|checkout| checkout.card).unwrap_or_default();
    if let Err(refusal) = card.first() {
        payment.status = Status::FailPayment;
        books.record(Change { payment: Some(payment), ..Change::default() })?;
        return Err(refusal);
    }
    let aid = numbers::aid();
    let is_key_only = payment.amount.total == 0;
    payment.status = if is_key_only { Status::IssuedSid } else { Status::SuccessPayment };
    payment.approved_at = Some(now);
    let key = (cid == SUBSCRIPTION_CID).then(|| issue(&payment, card, now));
    payment.sid = key.as_ref().map(|key| key.sid.clone());
    let answer = receipt::of_approval(&payment, &aid, payload);
    let movement =
        (!is_key_only).then(|| Movement::of(&payment, Kind::Payment, payment.amount.total, &aid, now));
    books.record(Change { payment: Some(payment), key, movement })?;
    Ok(answer)
}

/// Whether the payment can be approved by whoever says this.
///
/// # Errors
/// -706 and -707 for another order and another person's, -701, -702 and -784 for its state, -723, -708 for the
/// token of another payment, -722 for another amount than was asked for; -2.
fn check(payment: &Payment, fields: &Fields, now: Timestamp) -> Result<(), Refusal> {
    if fields.text("partner_order_id", 100)? != payment.order_id {
        return Err(Code::OTHER_ORDER.into());
    }
    if fields.text("partner_user_id", 100)? != payment.user_id {
        return Err(Code::OTHER_USER.into());
    }
    let (pg_token, total) = (fields.text("pg_token", 100)?, fields.optional_integer("total_amount")?);
    match payment.status {
        Status::AuthPassword | Status::Ready | Status::OpenPayment if payment.is_expired(now) => {
            return Err(Code::EXPIRED.into());
        }
        Status::AuthPassword => {}
        Status::Ready | Status::OpenPayment => return Err(Code::NOT_PAID_YET.into()),
        Status::QuitPayment | Status::FailPayment => return Err(Code::NOT_APPROVABLE.into()),
        Status::IssuedSid | Status::SuccessPayment | Status::PartCancelPayment | Status::CancelPayment => {
            return Err(Code::APPROVED_BEFORE.into());
        }
    }
    if payment.checkout.as_ref().and_then(|checkout| checkout.pg_token.as_deref()) != Some(pg_token) {
        return Err(Code::BAD_PG_TOKEN.into());
    }
    if total.is_some_and(|total| total != payment.amount.total) {
        return Err(Code::AMOUNT.into());
    }
    Ok(())
}

/// The billing key that a first payment gives.
fn issue(payment: &Payment, card: Card, now: Timestamp) -> BillingKey {
    let mut key = BillingKey {
        sid: numbers::sid(),
        cid: payment.cid.clone(),
        user_id: payment.user_id.clone(),
        item_name: payment.item_name.clone(),
        method: payment.method.unwrap_or(Method::Card),
        card,
        created_at: now,
        last_approved_at: (payment.amount.total > 0).then_some(now),
        inactivated_at: None,
    };
    key.pay_with(card, now);
    key
}
