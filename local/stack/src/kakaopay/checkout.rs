//! The page on which a person pays, and the ways back to the merchant.
//!
//! Whoever reaches it chooses how the payment goes, and with a billing key how later charges do.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use reqwest::Url;
use serde::Deserialize;

use super::books::Books;
use super::card::{Card, Method};
use super::journal::Change;
use super::payment::{Checkout, Payment, Status};
use super::refusal::Refusal;
use super::{KakaoPay, numbers};
use crate::sandbox::sign_in::{escape, html, notice, redirect};

/// The page's path under the sandbox's base URL; behind it come the payment's number and the kind of device.
pub(super) const PATH: &str = "/online-payment";

const TITLE: &str = "카카오페이 샌드박스";

/// The page, relative to the sandbox's base URL.
pub(super) fn router(kakao_pay: Arc<KakaoPay>) -> Router {
    Router::new().route(&format!("{PATH}/{{tid}}/{{device}}"), get(ask).post(chosen)).with_state(kakao_pay)
}

type Page = Path<(String, String)>;

/// What the page's form sends.
#[derive(Deserialize)]
struct Choice {
    action: Action,
    #[serde(default)]
    card: Card,
    method: Option<Method>,
}

/// The page's buttons.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Action {
    Pay,
    Cancel,
    Fail,
}

/// The page.
async fn ask(State(kakao_pay): State<Arc<KakaoPay>>, Path((tid, _)): Page) -> Response {
    let mut books = kakao_pay.books();
    let (mut payment, checkout) = match open(&kakao_pay, &books, &tid) {
        Ok(open) => open,
        Err(closed) => return closed.into_response(),
    };
    let page = page(&payment, &checkout);
    payment.status = Status::OpenPayment;
    recorded(&mut books, payment, page)
}

/// The way back, as it was chosen.
async fn chosen(State(kakao_pay): State<Arc<KakaoPay>>, Path((tid, _)): Page, form: Bytes) -> Response {
    let mut books = kakao_pay.books();
    let (payment, checkout) = match open(&kakao_pay, &books, &tid) {
        Ok(open) => open,
        Err(closed) => return closed.into_response(),
    };
    let Ok(choice) = serde_html_form::from_bytes::<Choice>(&form) else {
        return notice(StatusCode::BAD_REQUEST, TITLE, "무엇을 골랐는지 알 수 없습니다.");
    };
    let (payment, back) = choice.carry_out(payment, checkout);
    recorded(&mut books, payment, back)
}

/// Why a payment has no page to pay on.
#[derive(Clone, Copy)]
enum Closed {
    NoPayment,
    Ended,
    TooLate,
}

impl Closed {
    fn into_response(self) -> Response {
        match self {
            Self::NoPayment => notice(StatusCode::NOT_FOUND, TITLE, "그런 결제가 없습니다."),
            Self::Ended => notice(StatusCode::CONFLICT, TITLE, "이미 끝난 결제입니다."),
            Self::TooLate => notice(StatusCode::GONE, TITLE, "결제할 수 있는 15분이 지났습니다."),
        }
    }
}

/// The payment, if its page is open still.
fn open(kakao_pay: &KakaoPay, books: &Books, tid: &str) -> Result<(Payment, Checkout), Closed> {
    let payment = books.payment(tid);
    let Some((payment, checkout)) = payment.and_then(|payment| Some((payment, payment.checkout.as_ref()?)))
    else {
        return Err(Closed::NoPayment);
    };
    if !matches!(payment.status, Status::Ready | Status::OpenPayment) {
        return Err(Closed::Ended);
    }
    if payment.is_expired(kakao_pay.clock.now()) {
        return Err(Closed::TooLate);
    }
    Ok((payment.clone(), checkout.clone()))
}

/// The answer, once what it is of is written down.
fn recorded(books: &mut Books, payment: Payment, answer: Response) -> Response {
    let change = Change { payment: Some(payment), ..Change::default() };
    books.record(change).map_or_else(Refusal::into_response, |()| answer)
}

impl Choice {
    /// The payment after this, and where the browser goes.
    fn carry_out(self, payment: Payment, mut checkout: Checkout) -> (Payment, Response) {
        let (status, back) = match self.action {
            Action::Cancel => (Status::QuitPayment, back(&checkout.cancel_url, None)),
            Action::Fail => (Status::FailPayment, back(&checkout.fail_url, None)),
            Action::Pay => {
                let pg_token = numbers::pg_token();
                let back = back(&checkout.approval_url, Some(&pg_token));
                (checkout.card, checkout.pg_token) = (self.card, Some(pg_token));
                (Status::AuthPassword, back)
            }
        };
        let method = Some(checkout.only.or(self.method).unwrap_or(Method::Card));
        (Payment { status, method, checkout: Some(checkout), ..payment }, back)
    }
}

/// The way back to the merchant; a query of its own stays.
fn back(url: &str, pg_token: Option<&str>) -> Response {
    // `ready` takes nothing that is not a URL.
    let Ok(mut url) = Url::parse(url) else { return notice(StatusCode::BAD_GATEWAY, TITLE, url) };
    if let Some(pg_token) = pg_token {
        url.query_pairs_mut().append_pair("pg_token", pg_token);
    }
    redirect(url.as_str())
}

fn page(payment: &Payment, checkout: &Checkout) -> Response {
    let methods = Method::ALL.into_iter().filter(|method| checkout.only.is_none_or(|only| only == *method));
    let methods = options(methods.map(|method| (method.name(), method.label())));
    let cards = options(Card::ALL.map(|card| (card.name(), card.label())));
    let (item, total) = (escape(&payment.item_name), won(payment.amount.total));
    let body = format!(
        r#"<p>진짜 카카오페이가 아니라 이 컴퓨터에서 도는 샌드박스입니다. 돈은 나가지 않습니다.</p>
<p><strong>{item}</strong><br>{total}</p>
<form method="post"><p><label>결제 수단<br><select name="method">{methods}</select></label></p>
<p><label>결제 결과<br><select name="card">{cards}</select></label></p>
<button name="action" value="pay">결제하기<small>{total}</small></button>
<button name="action" value="cancel">취소<small>결제하지 않고 돌아갑니다</small></button>
<button name="action" value="fail">실패<small>결제에 실패한 것으로 하고 돌아갑니다</small></button></form>"#
    );
    html(StatusCode::OK, TITLE, &body)
}

/// The options of a choice, each a value with a text; none of them has characters that mean something in HTML.
pub(super) fn options(choices: impl IntoIterator<Item = (&'static str, &'static str)>) -> String {
    choices.into_iter().fold(String::new(), |mut options, (value, label)| {
        // Writing to a text cannot fail.
        let _ = write!(options, r#"<option value="{value}">{label}</option>"#);
        options
    })
}

/// An amount of KRW that is not negative, as people read it: `19,900원`.
fn won(amount: i64) -> String {
    let digits = amount.to_string();
    let mut text = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + "원"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_written_in_groups_of_three() {
        let written = [0, 990, 9_900, 19_900, 100_000_000].map(won);
        assert_eq!(written, ["0원", "990원", "9,900원", "19,900원", "100,000,000원"]);
    }
}
