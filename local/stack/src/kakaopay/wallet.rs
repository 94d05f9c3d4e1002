//! What no partner has: the books to reconcile with, and a say in how a billing key's later charges go.
//!
//! `GET /books` gives every movement of money. `GET /wallet` is a page of all billing keys, each with a choice of
//! how it goes on. The same without a page: `GET /wallet/{user}`, and `PUT /wallet/{user}` with `{"card"}` for all
//! keys of a person, who is known by the `partner_user_id` of the first payment.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;
use serde_json::{Value, json as object};

use super::billing_key::BillingKey;
use super::books::Books;
use super::card::Card;
use super::checkout::options;
use super::journal::Change;
use super::refusal::Refusal;
use super::time::korean_time;
use super::{KakaoPay, json};
use crate::sandbox::sign_in::{escape, html, notice, redirect};

const TITLE: &str = "카카오페이 샌드박스의 지갑";

/// The books and the wallet, relative to the sandbox's base URL.
pub(super) fn router(kakao_pay: Arc<KakaoPay>) -> Router {
    Router::new()
        .route("/books", get(books))
        .route("/wallet", get(page).post(choose))
        .route("/wallet/{user}", get(keys).put(pay_with))
        .with_state(kakao_pay)
}

type Sandbox = State<Arc<KakaoPay>>;

/// The choice of the page's form.
#[derive(Deserialize)]
struct Chosen {
    sid: String,
    card: Card,
}

/// The choice for all keys of a person.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PayWith {
    card: Card,
}

async fn books(State(kakao_pay): Sandbox) -> Response {
    json(StatusCode::OK, &kakao_pay.books().json())
}

async fn keys(State(kakao_pay): Sandbox, Path(user): Path<String>) -> Response {
    json(StatusCode::OK, &listed(&kakao_pay.books(), &user))
}

async fn pay_with(State(kakao_pay): Sandbox, Path(user): Path<String>, body: Bytes) -> Response {
    let card = match serde_json::from_slice::<PayWith>(&body) {
        Ok(PayWith { card }) => card,
        Err(error) => return json(StatusCode::BAD_REQUEST, &object!({ "message": error.to_string() })),
    };
    let mut books = kakao_pay.books();
    let keys: Vec<BillingKey> = books.keys(Some(&user)).cloned().collect();
    if keys.is_empty() {
        let message = format!("{user} has no billing key");
        return json(StatusCode::NOT_FOUND, &object!({ "message": message }));
    }
    match change(&kakao_pay, &mut books, keys, card) {
        Ok(()) => json(StatusCode::OK, &listed(&books, &user)),
        Err(refusal) => refusal.into_response(),
    }
}

async fn page(State(kakao_pay): Sandbox) -> Response {
    let books = kakao_pay.books();
    let mut body = String::from("<p>정기 결제마다 다음 결제가 어떻게 될지 고릅니다.</p>");
    for key in books.keys(None) {
        let (sid, user, item) = (&key.sid, escape(&key.user_id), escape(&key.item_name));
        let (status, card) = (key.status(), key.card.label());
        let last = key.last_approved_at.map(korean_time).unwrap_or_default();
        let cards = options(Card::ALL.map(|card| (card.name(), card.label())));
        // Writing to a text cannot fail.
        let _ = write!(
            body,
            r#"<form method="post"><p><strong>{item}</strong> {status}<br>{user}<br>{last}<br>{card}</p>
<input type="hidden" name="sid" value="{sid}"><select name="card">{cards}</select><button>바꾸기</button></form>"#
        );
    }
    html(StatusCode::OK, TITLE, &body)
}

async fn choose(State(kakao_pay): Sandbox, OriginalUri(page): OriginalUri, form: Bytes) -> Response {
    let Ok(Chosen { sid, card }) = serde_html_form::from_bytes(&form) else {
        return notice(StatusCode::BAD_REQUEST, TITLE, "무엇을 골랐는지 알 수 없습니다.");
    };
    let mut books = kakao_pay.books();
    let keys: Vec<BillingKey> = books.keys(None).filter(|key| key.sid == sid).cloned().collect();
    if keys.is_empty() {
        return notice(StatusCode::NOT_FOUND, TITLE, "그런 정기 결제가 없습니다.");
    }
    match change(&kakao_pay, &mut books, keys, card) {
        Ok(()) => redirect(page.path()),
        Err(refusal) => refusal.into_response(),
    }
}

/// Later charges by these keys go as the card's do.
fn change(kakao_pay: &KakaoPay, books: &mut Books, keys: Vec<BillingKey>, card: Card) -> Result<(), Refusal> {
    let now = kakao_pay.clock.now();
    keys.into_iter().try_for_each(|mut key| {
        key.pay_with(card, now);
        books.record(Change { key: Some(key), ..Change::default() })
    })
}

fn listed(books: &Books, user: &str) -> Value {
    books.keys(Some(user)).map(BillingKey::json).collect()
}
