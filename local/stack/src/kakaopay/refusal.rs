//! Refusals: `{"error_code", "error_message", "extras"?}`.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json as object};

use super::json;

/// An `error_code` with what it says. The numbers are those of KakaoPay's older API, which clients of version 1
/// go by; most of the texts are the sandbox's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Code(i64, &'static str);

impl Code {
    /// Kakao's own for what is broken on their side.
    pub(super) const INTERNAL: Self = Self(-1, "internal server error!");
    /// Kakao's own for a field that is missing or malformed.
    pub(super) const FIELD: Self = Self(-2, "invalid parameter!");
    /// Kakao's own for too many calls.
    pub(super) const TOO_MANY: Self = Self(-10, "API limit has been exceeded.");
    /// Kakao's own for a wrong key.
    pub(super) const UNAUTHORIZED: Self = Self(-401, "invalid secret key!");
    pub(super) const NOT_PAID_YET: Self = Self(-701, "the user has not authenticated yet!");
    pub(super) const APPROVED_BEFORE: Self = Self(-702, "payment is already done!");
    pub(super) const VAT: Self = Self(-703, "invalid vat amount!");
    pub(super) const TAX_FREE: Self = Self(-704, "invalid tax free amount!");
    pub(super) const METHOD: Self = Self(-705, "invalid payment method!");
    pub(super) const OTHER_ORDER: Self = Self(-706, "partner_order_id mismatched!");
    pub(super) const OTHER_USER: Self = Self(-707, "partner_user_id mismatched!");
    pub(super) const BAD_PG_TOKEN: Self = Self(-708, "invalid pg_token!");
    pub(super) const MORE_THAN_LEFT: Self = Self(-710, "cancel amount exceeds cancelable amount!");
    pub(super) const NO_TID: Self = Self(-721, "tid does not exist!");
    pub(super) const AMOUNT: Self = Self(-722, "invalid amount!");
    pub(super) const EXPIRED: Self = Self(-723, "payment is expired!");
    pub(super) const CID: Self = Self(-731, "invalid cid!");
    pub(super) const CID_SECRET: Self = Self(-733, "invalid cid_secret!");
    pub(super) const NO_SID: Self = Self(-750, "sid does not exist!");
    pub(super) const INACTIVE_SID: Self = Self(-751, "inactive sid!");
    pub(super) const MONTHLY_LIMIT: Self = Self(-752, "exceeds the monthly limit of the sid!");
    pub(super) const OTHER_USERS_SID: Self = Self(-753, "partner_user_id of the sid mismatched!");
    pub(super) const APPROVAL_FAILED: Self = Self(-780, "approval failure!");
    pub(super) const CANCEL_FAILED: Self = Self(-781, "cancel failure!");
    pub(super) const SUBSCRIPTION_FAILED: Self = Self(-782, "subscription payment failure!");
    pub(super) const NOT_CANCELABLE: Self = Self(-783, "payment status is not cancelable!");
    pub(super) const NOT_APPROVABLE: Self = Self(-784, "payment status is not approvable!");
    pub(super) const DUPLICATE: Self = Self(-785, "duplicated request!");
    pub(super) const LIMIT: Self = Self(-797, "exceeds the payment limit!");
    pub(super) const DOMAIN: Self = Self(-799, "domain is not registered!");

    /// Those that a fault on demand may name by number; the last two only a fault brings about.
    const KNOWN: [Self; 31] = [
        Self::INTERNAL,
        Self::FIELD,
        Self::TOO_MANY,
        Self::NOT_PAID_YET,
        Self::APPROVED_BEFORE,
        Self::VAT,
        Self::TAX_FREE,
        Self::METHOD,
        Self::OTHER_ORDER,
        Self::OTHER_USER,
        Self::BAD_PG_TOKEN,
        Self::MORE_THAN_LEFT,
        Self::NO_TID,
        Self::AMOUNT,
        Self::EXPIRED,
        Self::CID,
        Self::CID_SECRET,
        Self::NO_SID,
        Self::INACTIVE_SID,
        Self::MONTHLY_LIMIT,
        Self::OTHER_USERS_SID,
        Self::APPROVAL_FAILED,
        Self::CANCEL_FAILED,
        Self::SUBSCRIPTION_FAILED,
        Self::NOT_CANCELABLE,
        Self::NOT_APPROVABLE,
        Self::DUPLICATE,
        Self::LIMIT,
        Self::DOMAIN,
        Self(-730, "invalid application!"),
        Self(-798, "ip is not registered!"),
    ];

    /// The code of this number, whichever it is.
    fn of(number: i64) -> Self {
        let known = Self::KNOWN.into_iter().find(|Self(known, _)| *known == number);
        known.unwrap_or(Self(number, "refused, on demand"))
    }
}

/// Why a call was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    status: StatusCode,
    code: Code,
    /// What precisely, behind the code's own text.
    detail: String,
    /// `method_result_code` and `method_result_message`: what the card's company said.
    extras: Option<(&'static str, &'static str)>,
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        let status = match code {
            Code::INTERNAL => StatusCode::INTERNAL_SERVER_ERROR,
            Code::UNAUTHORIZED => StatusCode::UNAUTHORIZED,
            Code::TOO_MANY => StatusCode::TOO_MANY_REQUESTS,
            _ => StatusCode::BAD_REQUEST,
        };
        Self { status, code, detail: String::new(), extras: None }
    }
}

impl Refusal {
    /// A refusal with this `error_code`, on demand.
    pub(super) fn on_demand(code: i64) -> Self {
        Code::of(code).into()
    }

    /// A field that is missing or malformed. Which code KakaoPay gives for it is not documented.
    pub(super) fn of_field(name: &str, problem: &str) -> Self {
        Self { detail: format!(" {name} {problem}"), ..Code::FIELD.into() }
    }

    /// The same with what the card's company said.
    pub(super) fn because(self, code: &'static str, message: &'static str) -> Self {
        Self { extras: Some((code, message)), ..self }
    }

    pub(super) fn into_response(self) -> Response {
        let Code(code, message) = self.code;
        let message = format!("{message}{}", self.detail);
        let mut body = object!({ "error_code": code, "error_message": message });
        if let Some((code, message)) = self.extras {
            body["extras"] = object!({ "method_result_code": code, "method_result_message": message });
        }
        json(self.status, &body)
    }

    /// The same in the shape of the older API: `{"code", "msg"}`.
    pub(super) fn into_older_response(self) -> Response {
        let Code(code, message) = self.code;
        let body: Value = object!({ "code": code, "msg": message });
        json(self.status, &body)
    }
}
