//! `subscription`: a charge by billing key, without a person.

use jiff::Timestamp;
use serde_json::Value;

use super::super::amount::Amount;
use super::super::billing_key::BillingKey;
use super::super::books::{Kind, Movement};
use super::super::journal::Change;
use super::super::payment::{Payment, Status};
use super::super::refusal::{Code, Refusal};
use super::super::{KakaoPay, numbers};
use super::fields::Fields;
use super::receipt;

/// Moves the money. An order id that was charged before is charged again: KakaoPay says that it has to be new
/// for each charge, not that it keeps anybody from charging twice.
///
/// # Errors
/// -750, -751 and -753 for a billing key that is unknown, inactive or another person's, -722 for nothing to
/// pay, what the card says, and those of the fields.
pub(super) fn charge(kakao_pay: &KakaoPay, fields: &Fields) -> Result<Value, Refusal> {
    let (cid, sid) = (fields.subscription_cid()?, fields.text("sid", 20)?);
    let payload = fields.optional_text("payload", 200)?;
    let (mut books, now) = (kakao_pay.books(), kakao_pay.clock.now());
    let mut key = books.key_of(sid, cid)?;
    if key.inactivated_at.is_some() {
        return Err(Code::INACTIVE_SID.into());
    }
    let payment = payment(&key, fields, now)?;
    key.card.later()?;
    key.last_approved_at = Some(now);
    let aid = numbers::aid();
    let answer = receipt::of_approval(&payment, &aid, payload);
    let movement = Movement::of(&payment, Kind::Subscription, payment.amount.total, &aid, now);
    books.record(Change { payment: Some(payment), key: Some(key), movement: Some(movement) })?;
    Ok(answer)
}

fn payment(key: &BillingKey, fields: &Fields, now: Timestamp) -> Result<Payment, Refusal> {
    let user_id = fields.text("partner_user_id", 100)?;
    if user_id != key.user_id {
        return Err(Code::OTHER_USERS_SID.into());
    }
    let amount = fields.amount()?;
    if amount.total == 0 {
        return Err(Code::AMOUNT.into());
    }
    Ok(Payment {
        tid: numbers::tid(),
        cid: key.cid.clone(),
        sid: Some(key.sid.clone()),
        order_id: fields.text("partner_order_id", 100)?.to_owned(),
        user_id: user_id.to_owned(),
        item_name: fields.optional_text("item_name", 100)?.unwrap_or(&key.item_name).to_owned(),
        item_code: fields.optional_text("item_code", 100)?.map(str::to_owned),
        quantity: fields.quantity()?,
        amount,
        cancelled: Amount::default(),
        status: Status::SuccessPayment,
        method: Some(key.method),
        checkout: None,
        created_at: now,
        approved_at: Some(now),
        cancelled_at: None,
    })
}
