//! What the portal's gateway says before a call gets as far as the service: four other envelopes.
//!
//! Which HTTP status goes with the first two is told differently; the sandbox takes the older one (200) for XML and the
//! newer one (401 for what is wrong with the key) for JSON.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::json;

use super::envelope::{self, DataType};
use super::refusal::code_name;

/// A refusal in the form of the type that is asked for.
pub(super) fn refused(data_type: DataType, code: i64) -> Response {
    match data_type {
        DataType::Json => as_json(code),
        DataType::Xml => as_xml(code),
    }
}

/// `returnAuthMsg` holds the code's name.
pub(super) fn as_xml(code: i64) -> Response {
    let name = code_name(code);
    let body = format!(
        "<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg><returnAuthMsg>{name}\
         </returnAuthMsg><returnReasonCode>{code:02}</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>"
    );
    envelope::raw(DataType::Xml, body.into_bytes())
}

/// `errMsg` holds the code's name, `returnAuthMsg` what it means in Korean.
pub(super) fn as_json(code: i64) -> Response {
    let header = json!({
        "errMsg": code_name(code),
        "returnAuthMsg": meaning(code),
        "returnReasonCode": format!("{code:02}"),
    });
    let body = json!({ "OpenAPI_ServiceResponse": { "cmmMsgHeader": header } });
    let mut response = envelope::raw(DataType::Json, body.to_string().into_bytes());
    if matches!(code, 20 | 30..=33) {
        *response.status_mut() = StatusCode::UNAUTHORIZED;
    }
    response
}

/// Neither `response` nor `OpenAPI_ServiceResponse` around it.
pub(super) fn flat(code: i64) -> Response {
    let body = json!({
        "responseTime": "2026-09-02T10:00:00.000+09:00",
        "resultCode": format!("{code:02}"),
        "resultMsg": code_name(code),
    });
    envelope::raw(DataType::Json, body.to_string().into_bytes())
}

/// No key at all.
pub(super) fn unauthorized() -> Response {
    plain(StatusCode::UNAUTHORIZED, "Unauthorized")
}

/// More calls a second than may be.
pub(super) fn too_many() -> Response {
    plain(StatusCode::TOO_MANY_REQUESTS, "API rate limit exceeded")
}

/// The gateway is broken.
pub(super) fn broken() -> Response {
    page(StatusCode::INTERNAL_SERVER_ERROR, "Unexpected errors")
}

/// The service cannot be reached.
pub(super) fn unavailable() -> Response {
    page(StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable")
}

fn meaning(code: i64) -> &'static str {
    match code {
        22 => "서비스 요청제한횟수 초과에러",
        30 => "등록되지 않은 서비스키",
        31 => "활용기간 만료",
        32 => "등록되지 않은 IP",
        _ => "기타에러",
    }
}

fn page(status: StatusCode, text: &str) -> Response {
    let body = format!("<html><head><title>{text}</title></head><body><h1>{text}</h1></body></html>");
    with_type(status, body, "text/html")
}

fn plain(status: StatusCode, text: &str) -> Response {
    with_type(status, text.to_owned(), "text/plain")
}

fn with_type(status: StatusCode, body: String, content_type: &'static str) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}
