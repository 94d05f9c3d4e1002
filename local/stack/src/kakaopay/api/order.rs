//! `order`: how far a payment got.

use serde_json::Value;

use super::super::KakaoPay;
use super::super::refusal::Refusal;
use super::fields::Fields;
use super::receipt;

/// The payment as it stands.
///
/// # Errors
/// -721 and those of the fields.
pub(super) fn order(kakao_pay: &KakaoPay, fields: &Fields) -> Result<Value, Refusal> {
    let (cid, tid) = (fields.cid()?, fields.text("tid", 20)?);
    let payment = kakao_pay.books().payment_of(tid, cid)?;
    Ok(receipt::of_order(&payment))
}
