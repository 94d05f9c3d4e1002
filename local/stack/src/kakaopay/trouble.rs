//! How a call goes wrong on demand.

use axum::response::Response;

use super::refusal::{Code, Refusal};
use crate::clock::LocalClock;
use crate::faults::{Fault, FaultKind};
use crate::sandbox::suffer::undergo;

/// What the fault makes of `carry_out`.
pub(super) async fn suffer(
    clock: &LocalClock,
    fault: &Fault,
    carry_out: impl Future<Output = Response> + Send + 'static,
) -> Response {
    match fault.kind {
        FaultKind::Late => {
            let (clock, now) = (clock.clone(), clock.now());
            let due = now.saturating_add(fault.delay()).unwrap_or(now);
            // On its own, because the client hangs up meanwhile and takes this call with it.
            tokio::spawn(async move {
                clock.wait_until(due).await;
                carry_out.await
            });
            std::future::pending().await
        }
        FaultKind::FalseRefusal(code) => {
            carry_out.await;
            Refusal::on_demand(code).into_response()
        }
        _ => undergo(fault, refuse, carry_out).await,
    }
}

fn refuse(fault: &Fault) -> Option<Response> {
    match fault.kind {
        FaultKind::Refusal(code) => Some(Refusal::on_demand(code).into_response()),
        FaultKind::Error => Some(Refusal::from(Code::INTERNAL).into_response()),
        FaultKind::Unauthorized => Some(Refusal::from(Code::UNAUTHORIZED).into_response()),
        // In the other shape, because whoever calls has to read both.
        FaultKind::Throttle => Some(Refusal::from(Code::TOO_MANY).into_older_response()),
        _ => None,
    }
}
