//! The API: seven calls, all of them POST with JSON.

mod approve;
mod cancel;
mod charge;
mod fields;
mod keys;
mod order;
mod ready;
mod receipt;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{NestedPath, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use axum::routing::post;
use serde_json::Value;

use self::fields::Fields;
use super::refusal::Refusal;
use super::{KakaoPay, json, trouble};
use crate::faults::{Fault, FaultTarget};

/// The API's path under the sandbox's base URL.
pub(super) const PATH: &str = "/online/v1/payment";

/// What can be asked for.
#[derive(Clone, Copy, Debug)]
enum Call {
    Ready,
    Approve,
    Subscription,
    Cancel,
    Order,
    Status,
    Inactive,
}

impl Call {
    const ALL: [Self; 7] = [
        Self::Ready,
        Self::Approve,
        Self::Subscription,
        Self::Cancel,
        Self::Order,
        Self::Status,
        Self::Inactive,
    ];

    fn path(self) -> &'static str {
        match self {
            Self::Ready => "/ready",
            Self::Approve => "/approve",
            Self::Subscription => "/subscription",
            Self::Cancel => "/cancel",
            Self::Order => "/order",
            Self::Status => "/manage/subscription/status",
            Self::Inactive => "/manage/subscription/inactive",
        }
    }

    /// The operation as faults name it: the last part of the path.
    fn operation(self) -> String {
        let name = self.path().rsplit('/').next().unwrap_or_default();
        format!("kakaopay/{name}")
    }

    /// `base` is the sandbox's base URL.
    fn carry_out(self, kakao_pay: &KakaoPay, fields: &Fields, base: &str) -> Result<Value, Refusal> {
        match self {
            Self::Ready => ready::ready(kakao_pay, fields, base),
            Self::Approve => approve::approve(kakao_pay, fields),
            Self::Subscription => charge::charge(kakao_pay, fields),
            Self::Cancel => cancel::cancel(kakao_pay, fields),
            Self::Order => order::order(kakao_pay, fields),
            Self::Status => keys::status(kakao_pay, fields),
            Self::Inactive => keys::inactivate(kakao_pay, fields),
        }
    }
}

/// The API, relative to its path.
pub(super) fn router(kakao_pay: Arc<KakaoPay>) -> Router {
    let routes = Call::ALL.into_iter().fold(Router::new(), |router, call| {
        let handler = move |state: State<Arc<KakaoPay>>,
                            nested: NestedPath,
                            headers: HeaderMap,
                            body: Bytes| { serve(call, state, nested, headers, body) };
        router.route(call.path(), post(handler))
    });
    routes.with_state(kakao_pay)
}

async fn serve(
    call: Call,
    State(kakao_pay): State<Arc<KakaoPay>>,
    nested: NestedPath,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let fields = Fields::read(&headers, &body);
    let fault = next_fault(&kakao_pay, call, fields.as_ref().ok());
    let base = base_url(&headers, &nested);
    let served = Arc::clone(&kakao_pay);
    let carry_out = async move {
        let answer = fields.and_then(|fields| call.carry_out(&served, &fields, &base));
        answer.map_or_else(Refusal::into_response, |answer| json(StatusCode::OK, &answer))
    };
    match fault {
        None => carry_out.await,
        Some(fault) => trouble::suffer(&kakao_pay.clock, &fault, carry_out).await,
    }
}

/// The next fault of the call: of the person whom it is about, of all calls like it, or of all.
fn next_fault(kakao_pay: &KakaoPay, call: Call, fields: Option<&Fields>) -> Option<Fault> {
    let operation = call.operation();
    let of_person = fields.and_then(|fields| person(kakao_pay, fields));
    let of_person = of_person.map(|person| format!("{operation}:{person}"));
    let operations = of_person.into_iter().chain([operation, "kakaopay".to_owned()]);
    operations.into_iter().find_map(|operation| kakao_pay.faults.take(FaultTarget::Partner, &operation))
}

/// Whom a call is about: it says so itself, or the payment or the billing key is somebody's.
fn person(kakao_pay: &KakaoPay, fields: &Fields) -> Option<String> {
    let named = fields.given("partner_user_id").map(str::to_owned);
    named.or_else(|| {
        let number = fields.given("tid").or_else(|| fields.given("sid"))?;
        kakao_pay.books().owner(number).map(str::to_owned)
    })
}

/// Where the sandbox was reached, without a slash at the end.
fn base_url(headers: &HeaderMap, nested: &NestedPath) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let nested = nested.as_str();
    format!("http://{host}{}", nested.strip_suffix(PATH).unwrap_or(nested))
}
