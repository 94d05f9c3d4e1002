//! The sandbox of KakaoPay's online payment, version 1: its API (`api`), the page on which a person pays
//! (`checkout`), and what no partner has: its books to reconcile with, and a say in how cards go (`wallet`).
//!
//! Money moves in the books only, under one lock, so that they add up however many charge at once. They
//! can be kept in a file, because a partner does not forget a payment when Maru is started anew.
//!
//! KakaoPay's pages for developers cannot be read by machine; rules are those of working clients, and where
//! those are silent a comment says what the sandbox assumes. Like KakaoPay it has no idempotency key: the same
//! charge sent twice moves money twice. Left out: points, discounts, instalments, deposits, sequential
//! payments, texts to phones.

mod amount;
mod api;
mod billing_key;
mod books;
mod card;
mod checkout;
mod journal;
mod numbers;
mod payment;
mod refusal;
mod time;
mod trouble;
mod wallet;

#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::Value;

pub use self::books::Books;

use crate::clock::LocalClock;
use crate::faults::Faults;

/// The merchant's id for payments that recur, as KakaoPay gives it to everybody for tests.
pub const SUBSCRIPTION_CID: &str = "TCSUBSCRIP";

/// The merchant's id for single payments, as KakaoPay gives it to everybody for tests.
pub(crate) const ONE_TIME_CID: &str = "TC0ONETIME";

/// The one merchant's secret key.
pub const SECRET_KEY: &str = "local-kakaopay-secret-key";

/// The sandbox.
#[derive(Debug)]
pub struct KakaoPay {
    clock: LocalClock,
    faults: Arc<Faults>,
    books: Mutex<Books>,
}

impl KakaoPay {
    /// The sandbox with these books, on this clock. Of `faults` it takes those of
    /// [`FaultTarget::Partner`](crate::faults::FaultTarget::Partner): `kakaopay/ready`, `/approve`,
    /// `/subscription`, `/cancel`, `/order`, `/status` and `/inactive`, of all people or of one
    /// (`kakaopay/subscription:<partner_user_id>`).
    #[must_use]
    pub fn new(clock: LocalClock, faults: Arc<Faults>, books: Books) -> Self {
        Self { clock, faults, books: Mutex::new(books) }
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The API, the page, the books and the wallet, relative to the sandbox's base URL.
pub fn router(kakao_pay: KakaoPay) -> Router {
    let kakao_pay = Arc::new(kakao_pay);
    Router::new()
        .nest(api::PATH, api::router(Arc::clone(&kakao_pay)))
        .merge(checkout::router(Arc::clone(&kakao_pay)))
        .merge(wallet::router(kakao_pay))
}

fn json(status: StatusCode, body: &Value) -> Response {
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
