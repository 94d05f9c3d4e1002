//! How a call goes wrong on demand.

use axum::http::header;
use axum::response::Response;

use super::envelope::DataType;
use super::gateway;
use super::refusal::Refusal;
use crate::faults::{Fault, FaultKind};
use crate::sandbox::suffer::seconds;

/// The refusal that the fault is; none for a fault that the sandbox does not know.
pub(super) fn refuse(fault: &Fault, data_type: DataType) -> Option<Response> {
    match fault.kind {
        FaultKind::Refusal(code) => Some(Refusal::of(code).response(data_type)),
        FaultKind::XmlRefusal(code) => Some(gateway::as_xml(code)),
        FaultKind::JsonRefusal(code) => Some(gateway::as_json(code)),
        FaultKind::FlatRefusal(code) => Some(gateway::flat(code)),
        FaultKind::Error => Some(gateway::broken()),
        FaultKind::Unauthorized => Some(gateway::unauthorized()),
        FaultKind::Throttle => {
            let mut response = gateway::too_many();
            response.headers_mut().insert(header::RETRY_AFTER, seconds(fault).into());
            Some(response)
        }
        _ => None,
    }
}
