//! `ready`: the beginning of a payment that a person makes.

use reqwest::Url;
use serde_json::{Value, json};

use super::super::amount::Amount;
use super::super::card::{Card, Method};
use super::super::journal::Change;
use super::super::payment::{Checkout, Payment, Status};
use super::super::refusal::{Code, Refusal};
use super::super::time::korean_time;
use super::super::{KakaoPay, ONE_TIME_CID, checkout, numbers};
use super::fields::Fields;
use crate::sandbox::sign_in::is_this_machine;

/// Notes the payment and gives the page to send the person to.
///
/// # Errors
/// -2, -731, -733, those of amounts, -705, and -799 for a way back to another machine.
pub(super) fn ready(kakao_pay: &KakaoPay, fields: &Fields, base: &str) -> Result<Value, Refusal> {
    let payment = payment(kakao_pay, fields)?;
    let page = format!("{base}{}/{}", checkout::PATH, payment.tid);
    let answer = json!({
        "tid": payment.tid,
        "tms_result": false,
        "next_redirect_app_url": format!("{page}/aInfo"),
        "next_redirect_mobile_url": format!("{page}/mInfo"),
        "next_redirect_pc_url": format!("{page}/info"),
        "android_app_scheme": format!("kakaotalk://kakaopay/pg?url={page}/order"),
        "ios_app_scheme": format!("kakaotalk://kakaopay/pg?url={page}/order"),
        "created_at": korean_time(payment.created_at),
    });
    kakao_pay.books().record(Change { payment: Some(payment), ..Change::default() })?;
    Ok(answer)
}

fn payment(kakao_pay: &KakaoPay, fields: &Fields) -> Result<Payment, Refusal> {
    let cid = fields.cid()?;
    let amount = fields.amount()?;
    // Nothing to pay means a billing key only; so working clients say, for payments that recur.
    if amount.total == 0 && cid == ONE_TIME_CID {
        return Err(Code::AMOUNT.into());
    }
    Ok(Payment {
        tid: numbers::tid(),
        cid: cid.to_owned(),
        sid: None,
        order_id: fields.text("partner_order_id", 100)?.to_owned(),
        user_id: fields.text("partner_user_id", 100)?.to_owned(),
        item_name: fields.text("item_name", 100)?.to_owned(),
        item_code: fields.optional_text("item_code", 100)?.map(str::to_owned),
        quantity: fields.quantity()?,
        amount,
        cancelled: Amount::default(),
        status: Status::Ready,
        method: None,
        checkout: Some(checkout_of(fields)?),
        created_at: kakao_pay.clock.now(),
        approved_at: None,
        cancelled_at: None,
    })
}

fn checkout_of(fields: &Fields) -> Result<Checkout, Refusal> {
    let only = fields.optional_text("payment_method_type", 10)?;
    let only = only.map(|name| Method::of(name).ok_or(Code::METHOD)).transpose()?;
    Ok(Checkout {
        approval_url: way_back(fields, "approval_url")?,
        cancel_url: way_back(fields, "cancel_url")?,
        fail_url: way_back(fields, "fail_url")?,
        only,
        card: Card::default(),
        pg_token: None,
    })
}

/// A way back from the page. The one domain that is registered is this machine.
fn way_back(fields: &Fields, name: &str) -> Result<String, Refusal> {
    let text = fields.text(name, 255)?;
    let url = Url::parse(text).map_err(|_| Refusal::of_field(name, "must be a URL"))?;
    if is_this_machine(&url) { Ok(text.to_owned()) } else { Err(Code::DOMAIN.into()) }
}
