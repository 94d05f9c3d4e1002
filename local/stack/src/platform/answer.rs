//! Answers of the export, and how they go wrong on demand.

use std::time::Duration;

use axum::{
    body::Body,
    http::{
        HeaderMap, HeaderValue,
        header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER},
    },
    response::Response,
};
use bytes::Bytes;

use super::{page::Page, problem::Problem, records::Format};
use crate::{
    aws::lost::lost_answer,
    faults::{Fault, FaultKind},
    sandbox::suffer::{half, seconds},
};

/// The answer to a call that does not get as far as a page.
pub(super) async fn refused_on_demand(fault: Option<&Fault>) -> Option<Response> {
    let fault = fault?;
    match fault.kind {
        FaultKind::Error => Some(Problem::Failing.into_response()),
        FaultKind::Throttle => {
            let mut response = Problem::TooMany.into_response();
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds(fault)));
            Some(response)
        }
        FaultKind::LostAnswer => Some(lost_answer()),
        FaultKind::Timeout => std::future::pending().await,
        FaultKind::Unauthorized => Some(Problem::Unauthorized.into_response()),
        FaultKind::Delay
        | FaultKind::Half
        | FaultKind::WrongCount
        | FaultKind::PrimaryLimit
        | FaultKind::SecondaryLimit
        | FaultKind::NotReady
        | FaultKind::Late
        | FaultKind::Refusal(_)
        | FaultKind::FalseRefusal(_)
        | FaultKind::XmlRefusal(_)
        | FaultKind::JsonRefusal(_)
        | FaultKind::FlatRefusal(_)
        | FaultKind::Conflict => None,
    }
}

/// A page, whole, or slow, half, or with a wrong count on demand.
pub(super) async fn of_page(page: Page, next: Option<String>, fault: Option<&Fault>) -> Response {
    let kind = fault.map(|fault| fault.kind);
    let mut response = Response::new(Body::empty());
    *response.headers_mut() = headers(&page, next, kind == Some(FaultKind::WrongCount));
    let bytes = Bytes::from(page.bytes);
    *response.body_mut() = match (kind, fault) {
        (Some(FaultKind::Delay), Some(fault)) => {
            let half = fault.delay() / 2;
            tokio::time::sleep(half).await;
            slow(bytes, half)
        }
        (Some(FaultKind::Half), _) => half(bytes),
        _ => Body::from(bytes),
    };
    response
}

fn headers(page: &Page, next: Option<String>, miscounted: bool) -> HeaderMap {
    let content_type = match page.format {
        Format::Ndjson => "application/x-ndjson",
        Format::Csv => "text/csv; header=present",
    };
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(CONTENT_LENGTH, HeaderValue::from(page.bytes.len()));
    headers.insert("x-row-count", HeaderValue::from(page.rows + usize::from(miscounted)));
    if let Some(cursor) = next.and_then(|cursor| HeaderValue::try_from(cursor).ok()) {
        headers.insert("x-next-cursor", cursor);
    }
    headers
}

/// The first half at once, the second after a pause.
fn slow(bytes: Bytes, pause: Duration) -> Body {
    Body::from_stream(async_stream::stream! {
        let middle = bytes.len() / 2;
        yield Ok::<Bytes, std::io::Error>(bytes.slice(..middle));
        tokio::time::sleep(pause).await;
        yield Ok(bytes.slice(middle..));
    })
}
