//! `manage/subscription`: what a billing key is good for, and the end of it.

use serde_json::{Value, json};

use super::super::KakaoPay;
use super::super::billing_key::BillingKey;
use super::super::journal::Change;
use super::super::refusal::{Code, Refusal};
use super::super::time::korean_time;
use super::fields::Fields;

/// How a billing key stands.
///
/// # Errors
/// -750 and those of the fields.
pub(super) fn status(kakao_pay: &KakaoPay, fields: &Fields) -> Result<Value, Refusal> {
    let (cid, sid) = (fields.subscription_cid()?, fields.text("sid", 20)?);
    let key = kakao_pay.books().key_of(sid, cid)?;
    let mut answer = about(&key);
    answer["available"] = key.inactivated_at.is_none().into();
    answer["payment_method_type"] = key.method.name().into();
    answer["item_name"] = key.item_name.clone().into();
    answer["use_point_status"] = "NOT_USED".into();
    Ok(answer)
}

/// Ends a billing key for good.
///
/// # Errors
/// -750; -751 for one that has ended: how KakaoPay answers then is not documented; those of the fields.
pub(super) fn inactivate(kakao_pay: &KakaoPay, fields: &Fields) -> Result<Value, Refusal> {
    let (cid, sid) = (fields.subscription_cid()?, fields.text("sid", 20)?);
    let (mut books, now) = (kakao_pay.books(), kakao_pay.clock.now());
    let mut key = books.key_of(sid, cid)?;
    if key.inactivated_at.is_some() {
        return Err(Code::INACTIVE_SID.into());
    }
    key.inactivated_at = Some(now);
    let answer = about(&key);
    books.record(Change { key: Some(key), ..Change::default() })?;
    Ok(answer)
}

/// What both answers say. A time at which nothing happened is left out.
fn about(key: &BillingKey) -> Value {
    let mut about = json!({
        "cid": key.cid,
        "sid": key.sid,
        "status": key.status(),
        "created_at": korean_time(key.created_at),
    });
    if let Some(at) = key.last_approved_at {
        about["last_approved_at"] = korean_time(at).into();
    }
    if let Some(at) = key.inactivated_at {
        about["inactivated_at"] = korean_time(at).into();
    }
    about
}
