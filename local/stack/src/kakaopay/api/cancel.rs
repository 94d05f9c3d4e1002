//! `cancel`: money goes back, all of it or a part.

use serde_json::Value;

use super::super::amount::Amount;
use super::super::books::{Kind, Movement};
use super::super::journal::Change;
use super::super::payment::Status;
use super::super::refusal::{Code, Refusal};
use super::super::{KakaoPay, numbers};
use super::fields::Fields;
use super::receipt;

/// Moves money back. A billing key that the payment issued stays as good as it is.
///
/// # Errors
/// -721; -783 for a payment of which nothing can go back; -722 when `cancel_available_amount` is not what is
/// left, or nothing is to go back; -710 for more than what is left; -2.
pub(super) fn cancel(kakao_pay: &KakaoPay, fields: &Fields) -> Result<Value, Refusal> {
    let (cid, tid, payload) = (fields.cid()?, fields.text("tid", 20)?, fields.optional_text("payload", 200)?);
    let (mut books, now) = (kakao_pay.books(), kakao_pay.clock.now());
    let mut payment = books.payment_of(tid, cid)?;
    if !matches!(payment.status, Status::SuccessPayment | Status::PartCancelPayment) {
        return Err(Code::NOT_CANCELABLE.into());
    }
    let left = payment.left();
    let guard = fields.optional_integer("cancel_available_amount")?;
    if guard.is_some_and(|guard| guard != left.total) {
        return Err(Code::AMOUNT.into());
    }
    let part = part_of(left, fields)?;
    let rest = left.without(part).ok_or(Code::MORE_THAN_LEFT)?;
    payment.cancelled = payment.amount.without(rest).unwrap_or(payment.amount);
    payment.status = if rest.total == 0 { Status::CancelPayment } else { Status::PartCancelPayment };
    payment.cancelled_at = Some(now);
    let aid = numbers::aid();
    let answer = receipt::of_cancellation(&payment, part, &aid, payload);
    let movement = Movement::of(&payment, Kind::Cancel, -part.total, &aid, now);
    books.record(Change { payment: Some(payment), key: None, movement: Some(movement) })?;
    Ok(answer)
}

/// What shall go back. Without `cancel_vat_amount` the tax of the last part is what is left of it, so that
/// rounding leaves nothing over.
fn part_of(left: Amount, fields: &Fields) -> Result<Amount, Refusal> {
    let (total, tax_free) = (fields.integer("cancel_amount")?, fields.integer("cancel_tax_free_amount")?);
    let vat = fields.optional_integer("cancel_vat_amount")?;
    if total <= 0 {
        return Err(Code::AMOUNT.into());
    }
    if total > left.total {
        return Err(Code::MORE_THAN_LEFT.into());
    }
    let part = Amount::new(total, tax_free, vat)?;
    Ok(match vat {
        None if total == left.total => Amount { vat: left.vat, ..part },
        None => Amount { vat: part.vat.min(left.vat), ..part },
        Some(_) => part,
    })
}
