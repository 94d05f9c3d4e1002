//! Refusals by the service itself: its own envelope, with a header only.

use axum::response::Response;

use super::envelope::{self, DataType};

/// Why the service gives nothing: a `resultCode` with its `resultMsg`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) code: i64,
    pub(super) message: String,
}

impl Refusal {
    /// 03: there is nothing, or not yet.
    pub(super) fn no_data() -> Self {
        Self { code: 3, message: "NO_DATA".to_owned() }
    }

    /// 10: a parameter is none.
    pub(super) fn invalid() -> Self {
        Self::of(10)
    }

    /// 11: a parameter is missing.
    pub(super) fn missing() -> Self {
        Self::of(11)
    }

    /// What was asked for lies too far back.
    pub(super) fn too_old(code: i64, message: String) -> Self {
        Self { code, message }
    }

    /// A refusal with this code and its own message.
    pub(super) fn of(code: i64) -> Self {
        if code == 3 { Self::no_data() } else { Self { code, message: code_name(code).to_owned() } }
    }

    pub(super) fn response(&self, data_type: DataType) -> Response {
        envelope::refused(data_type, self.code, &self.message)
    }
}

/// The name of a result code (KMA guide, edition 2026-06-01).
pub(super) fn code_name(code: i64) -> &'static str {
    match code {
        1 => "APPLICATION_ERROR",
        2 => "DB_ERROR",
        3 => "NODATA_ERROR",
        4 => "HTTP_ERROR",
        5 => "SERVICETIME_OUT",
        10 => "INVALID_REQUEST_PARAMETER_ERROR",
        11 => "NO_MANDATORY_REQUEST_PARAMETERS_ERROR",
        12 => "NO_OPENAPI_SERVICE_ERROR",
        20 => "SERVICE_ACCESS_DENIED_ERROR",
        21 => "TEMPORARILY_DISABLE_THE_SERVICEKEY_ERROR",
        22 => "LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR",
        30 => "SERVICE_KEY_IS_NOT_REGISTERED_ERROR",
        31 => "DEADLINE_HAS_EXPIRED_ERROR",
        32 => "UNREGISTERED_IP_ERROR",
        33 => "UNSIGNED_CALL_ERROR",
        _ => "UNKNOWN_ERROR",
    }
}
