//! Calls that move money and are not answered: what is certain, what is not, and that nothing is sent twice.

use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::body::Body;
use serde_json::Value;

use super::server::{SILENCE, Service, answer, breaking_lines, half_of};
use super::{REFUND, SALE, TID, cancellation, payment, sid};
use crate::kakaopay::client::MONEY;
use crate::kakaopay::{KakaoPay, Outcome};

/// The outcomes' names, of `approve`, `charge` and `cancel`.
async fn outcomes(kakaopay: &KakaoPay) -> [String; 3] {
    fn name<T>(outcome: Outcome<T>) -> String {
        match outcome {
            Outcome::Approved(_) => "approved".to_owned(),
            Outcome::Refused(refusal) => format!("refused {}", refusal.code),
            Outcome::NotSent(_) => "not sent".to_owned(),
            Outcome::Lost(_) => "lost".to_owned(),
        }
    }
    [
        name(kakaopay.approve(&SALE, TID, "pg-1").await),
        name(kakaopay.charge(&SALE, &sid()).await),
        name(kakaopay.cancel(&REFUND).await),
    ]
}

#[tokio::test]
async fn an_answer_with_a_5xx_leaves_it_unknown_whatever_it_says() {
    let page = "<html><body><h1>502 Bad Gateway</h1></body></html>";
    for (status, body) in [(500, ""), (502, page), (503, "{}"), (504, r#"{"error_code":-782}"#)] {
        let service = Service::start(move |_| answer(status, body)).await;
        assert_eq!(outcomes(&service.kakaopay()).await, ["lost"; 3], "{status} {body}");
        assert_eq!(service.seen().len(), 3, "{status} {body}");
    }
}

#[tokio::test]
async fn a_success_that_is_no_json_leaves_it_unknown() {
    let service = Service::start(|_| answer(200, "<html>점검 중입니다</html>")).await;
    assert_eq!(outcomes(&service.kakaopay()).await, ["lost"; 3]);
    assert_eq!(service.seen().len(), 3);
}

#[tokio::test]
async fn an_answer_that_does_not_come_in_time_leaves_it_unknown() {
    let service = Service::start(|_| SILENCE).await;
    assert_eq!(outcomes(&service.hasty_kakaopay()).await, ["lost"; 3]);
    assert!(service.seen().len() <= 3);
}

#[tokio::test]
async fn an_answer_that_begins_in_time_and_does_not_end_leaves_it_unknown() {
    let service = Service::start(|_| {
        answer(
            200,
            Body::from_stream(async_stream::stream! {
                yield Ok::<_, std::io::Error>("{");
                std::future::pending::<()>().await;
            }),
        )
    })
    .await;
    assert_eq!(outcomes(&service.hasty_kakaopay()).await, ["lost"; 3]);
    assert!(service.seen().len() <= 3);
}

#[tokio::test]
async fn an_answer_that_is_cut_in_the_middle_leaves_it_unknown() {
    for body in [payment(), cancellation()] {
        let service = Service::start(move |_| half_of(&body)).await;
        assert_eq!(outcomes(&service.kakaopay()).await, ["lost"; 3]);
        assert_eq!(service.seen().len(), 3);
    }
}

#[tokio::test]
async fn an_answer_that_is_too_large_leaves_it_unknown() {
    // A payment, but behind so much white space that it is not read to its end.
    let large = format!("{}{}", " ".repeat(MONEY.largest_body), payment());
    let service = Service::start(move |_| answer(200, large.clone())).await;
    assert_eq!(outcomes(&service.kakaopay()).await, ["lost"; 3]);
    assert_eq!(service.seen().len(), 3);
}

#[tokio::test]
async fn a_line_that_breaks_after_the_request_leaves_it_unknown_even_when_it_was_used_before() {
    let (url, read) = breaking_lines(&payment()).await;
    let service = Service::start(|_| SILENCE).await;
    let kakaopay = service.kakaopay_at(&url);
    for sent in 1..=10 {
        let outcome = kakaopay.charge(&SALE, &sid()).await;
        assert_eq!(read.load(Ordering::SeqCst), sent);
        if matches!(outcome, Outcome::Lost(_)) {
            assert!(sent > 1, "the first request of a line is answered");
            return;
        }
        // A moment for the line to be free again; a call that finds none free takes another.
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("no line was used a second time");
}

#[tokio::test]
async fn where_nobody_listens_nothing_moved() {
    let service = Service::start(|_| SILENCE).await;
    // A port that was free a moment ago.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    assert_eq!(outcomes(&service.kakaopay_at(&url)).await, ["not sent"; 3]);
}

#[tokio::test]
async fn without_the_secret_key_nothing_is_sent() {
    // The second is no header: it has a line break.
    for secret_key in [None, Some("two\nlines")] {
        let service = Service::with_secret_key(secret_key, |_| answer(200, payment().to_string())).await;
        assert_eq!(outcomes(&service.kakaopay()).await, ["not sent"; 3], "{secret_key:?}");
        assert!(service.seen().is_empty(), "{secret_key:?}");
    }
}

#[tokio::test]
async fn an_error_shows_neither_the_secret_key_nor_the_token_nor_the_sid() {
    let service = Service::start(|number| match number {
        0 => answer(200, "SECRET_KEY the secret key pg-1 S0000000000000000001"),
        _ => half_of(&Value::String("S0000000000000000001".repeat(2))),
    })
    .await;
    let kakaopay = service.kakaopay();
    for _ in 0..2 {
        let Outcome::Lost(error) = kakaopay.approve(&SALE, TID, "pg-1").await else { panic!("not lost") };
        let text = format!("{error:?} {} {kakaopay:?}", maru_lambda::logs::chain(error.as_ref()));
        for hidden in ["the secret key", "pg-1", "S0000000000000000001"] {
            assert!(!text.contains(hidden), "{text}");
        }
    }
}
