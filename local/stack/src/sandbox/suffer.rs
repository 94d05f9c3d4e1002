//! How a partner's answer goes wrong on demand.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use bytes::Bytes;

use crate::aws::lost::lost_answer;
use crate::faults::{Fault, FaultKind, FaultTarget, Faults};

/// The answer that `carry_out` gives, or what the next fault of these operations makes of it. `refuse` gives
/// the partner's own form of a refusal; none for a fault that it does not know, which then does nothing.
pub(crate) async fn suffer(
    faults: &Faults,
    operations: &[&str],
    refuse: impl FnOnce(&Fault) -> Option<Response>,
    carry_out: impl Future<Output = Response>,
) -> Response {
    let fault = operations.iter().find_map(|operation| faults.take(FaultTarget::Partner, operation));
    match fault {
        None => carry_out.await,
        Some(fault) => undergo(&fault, refuse, carry_out).await,
    }
}

/// What this fault makes of the answer that `carry_out` gives; `refuse` as for [`suffer`].
pub(crate) async fn undergo(
    fault: &Fault,
    refuse: impl FnOnce(&Fault) -> Option<Response>,
    carry_out: impl Future<Output = Response>,
) -> Response {
    match fault.kind {
        FaultKind::Timeout => std::future::pending().await,
        FaultKind::LostAnswer => {
            carry_out.await;
            lost_answer()
        }
        FaultKind::Delay => {
            tokio::time::sleep(fault.delay()).await;
            carry_out.await
        }
        FaultKind::Half => half_of(carry_out.await).await,
        _ => match refuse(fault) {
            Some(refusal) => refusal,
            None => carry_out.await,
        },
    }
}

/// A fault's delay in whole seconds, as `Retry-After` has it.
pub(crate) fn seconds(fault: &Fault) -> u64 {
    fault.delay_millis.div_ceil(1000)
}

async fn half_of(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    // The body is in memory already.
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    Response::from_parts(parts, half(bytes))
}

/// The first half, then a broken line.
pub(crate) fn half(bytes: Bytes) -> Body {
    Body::from_stream(async_stream::stream! {
        yield Ok(bytes.slice(..bytes.len() / 2));
        // A moment for the half to go out: what is still unsent when a line breaks is lost with it.
        tokio::time::sleep(Duration::from_millis(20)).await;
        yield Err(std::io::Error::other("the line is broken, on demand"));
    })
}
