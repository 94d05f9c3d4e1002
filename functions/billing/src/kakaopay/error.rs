//! What becomes of a call: approved, refused, never sent, or lost.

use maru_lambda::BoxError;
use maru_partner::{Answer, Failure, PartnerError};
use serde::Deserialize;
use serde_json::Value;

/// What became of a call that moves money.
#[derive(Debug)]
#[must_use = "money may have moved"]
pub enum Outcome<T> {
    /// The money moved, as asked.
    Approved(T),
    /// KakaoPay says no. What its code says about the money is for the rules to tell (`billing_rules::answer`): some
    /// speak of a payment that was made before.
    Refused(Refusal),
    /// Certainly nothing moved: KakaoPay was not reached, or there was nothing that could be sent.
    NotSent(BoxError),
    /// Whether the money moved is not known: no answer, half of one, or one that does not say.
    Lost(BoxError),
}

/// Why a call that only asks, or that moves no money, gave no answer to work with.
#[derive(Debug, thiserror::Error)]
pub enum KakaoPayError {
    /// KakaoPay says no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It does not answer, or not readably; the same call may work later.
    #[error("KakaoPay gave no answer")]
    Unavailable(#[source] BoxError),
}

/// A refusal of KakaoPay's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("KakaoPay refused with {code}")]
pub struct Refusal {
    /// The status that it came with, 400 to 499.
    pub status: u16,
    /// Its code, a negative number such as -780.
    pub code: i32,
    /// What the card company or the bank said, such as `USER_LOCKED`, if it was they who refused.
    pub reason: Option<String>,
}

/// Why a call was not answered as asked: all that [`Outcome`] and [`KakaoPayError`] are made of.
#[derive(Debug)]
pub(super) enum Miss {
    Refused(Refusal),
    NotSent(BoxError),
    Lost(BoxError),
}

/// A refusal's body: `error_code` in this API, `code` in the one before it, which may still answer behind it.
#[derive(Deserialize)]
struct Body {
    error_code: Option<i32>,
    code: Option<i32>,
    #[serde(default)]
    extras: Value,
}

impl Miss {
    /// What an answer other than a success is. One with a code and a status of 400 to 499 is a refusal; from
    /// anything else, such as a gateway's page, nobody can tell what was carried out.
    pub(super) fn of(answer: &Answer) -> Self {
        let lost = || Self::Lost(answer.broken(format!("status {}", answer.status)).into());
        if !answer.status.is_client_error() {
            return lost();
        }
        refusal(answer.status.as_u16(), &answer.body).map_or_else(lost, Self::Refused)
    }
}

/// The refusal that a body tells of.
fn refusal(status: u16, body: &[u8]) -> Option<Refusal> {
    let Body { error_code, code, extras } = serde_json::from_slice(body).ok()?;
    let reason = extras.get("method_result_code").and_then(Value::as_str).map(str::to_owned);
    Some(Refusal { status, code: error_code.or(code)?, reason })
}

impl From<PartnerError> for Miss {
    fn from(error: PartnerError) -> Self {
        match error {
            // Of several attempts only the last was certainly not carried out.
            PartnerError::Unavailable { attempts: 1, last: Failure::Unreachable(_), .. }
            | PartnerError::Request { .. }
            | PartnerError::Client { .. } => Self::NotSent(error.into()),
            PartnerError::Unavailable { .. }
            | PartnerError::TooLarge { .. }
            | PartnerError::Elsewhere { .. }
            | PartnerError::Content { .. } => Self::Lost(error.into()),
        }
    }
}

impl<T> From<Result<T, Miss>> for Outcome<T> {
    fn from(result: Result<T, Miss>) -> Self {
        match result {
            Ok(answer) => Self::Approved(answer),
            Err(Miss::Refused(refusal)) => Self::Refused(refusal),
            Err(Miss::NotSent(error)) => Self::NotSent(error),
            Err(Miss::Lost(error)) => Self::Lost(error),
        }
    }
}

impl From<Miss> for KakaoPayError {
    fn from(miss: Miss) -> Self {
        match miss {
            Miss::Refused(refusal) => Self::Refused(refusal),
            Miss::NotSent(error) | Miss::Lost(error) => Self::Unavailable(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Option<(i32, Option<String>)> {
        refusal(400, body.as_bytes()).map(|Refusal { code, reason, .. }| (code, reason))
    }

    #[test]
    fn both_shapes_of_a_refusal_are_read() {
        let locked = Some((-780, Some("USER_LOCKED".to_owned())));
        let new = r#"{"error_code":-780,"error_message":"approval failure!","extras":{"method_result_code":"USER_LOCKED","method_result_message":"…"}}"#;
        let old = r#"{"code":-780,"msg":"approval failure!","extras":{"method_result_code":"USER_LOCKED"}}"#;
        assert_eq!((read(new), read(old)), (locked.clone(), locked));
        assert_eq!(read(r#"{"error_code":-751,"code":-780}"#), Some((-751, None)));
    }

    #[test]
    fn a_refusal_is_one_whatever_stands_beside_its_code() {
        for extras in ["null", "{}", "[]", r#""x""#, r#"{"method_result_code":7}"#] {
            let body = format!(r#"{{"error_code":-782,"error_message":null,"new":{{}},"extras":{extras}}}"#);
            assert_eq!(read(&body), Some((-782, None)), "{extras}");
        }
    }

    #[test]
    fn without_a_whole_number_as_its_code_it_is_none() {
        for body in [
            "",
            "{}",
            "[]",
            "null",
            r#"{"error_code":"x"}"#,
            r#"{"error_code":-7.5}"#,
            "<html>",
            r#"{"code":-7"#,
        ] {
            assert_eq!(read(body), None, "{body}");
        }
    }
}
