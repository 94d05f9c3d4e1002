//! What an answer says: rows, no data, or what is wrong.
//!
//! The service wraps its answers in `response`, with a result code. In front of it stands the portal's gateway, which
//! answers
//!
//! - (a) in XML: `OpenAPI_ServiceResponse`, the code's name in `returnAuthMsg`, with status 200 or 4xx;
//! - (b) in JSON of the same fields, the code's name in `errMsg`;
//! - (c) in JSON without a wrapper: `resultCode`, `resultMsg`;
//! - (d) with a text or a page, and a status.
//!
//! What counts is the code, and the status only where there is none.

use http::StatusCode;
use jiff::Timestamp;
use maru_partner::Answer;
use serde_json::{Map, Value};

use crate::{KmaError, Said, time, xml};

/// A page of rows, and what it tells of itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    /// Its rows.
    pub(crate) rows: Vec<Fields>,
    /// How many rows a page has, which may be fewer than were asked for; none if it does not say.
    pub(crate) size: Option<usize>,
    /// How many rows all pages have; none if it does not say.
    pub(crate) total: Option<usize>,
}

/// The page that an answer is; one without rows when it says that there are no data.
///
/// # Errors
/// [`KmaError`].
pub(crate) fn read(answer: &Answer) -> Result<Page, KmaError> {
    page(answer.status, &answer.body)
}

fn page(status: StatusCode, body: &[u8]) -> Result<Page, KmaError> {
    let text = std::str::from_utf8(body).unwrap_or_default().trim_start_matches('\u{feff}').trim();
    let Some(said) = parse(text) else { return Err(of_text(status, text)) };
    let Some(code) = code(&said) else {
        // A page can be well-formed.
        return Err(if text.starts_with('<') { of_text(status, text) } else { of_status(status) });
    };
    match code {
        0 => listed(&said),
        3 => Ok(Page::default()),
        code => Err(of_code(code, &said)),
    }
}

fn parse(text: &str) -> Option<Value> {
    if text.starts_with('<') { xml::read(text) } else { serde_json::from_str(text).ok() }
}

/// The result code, wherever it stands.
fn code(said: &Value) -> Option<u16> {
    let gateway = gateway(said);
    let places = [
        &gateway["returnReasonCode"],
        &said["response"]["header"]["resultCode"],
        &said["header"]["resultCode"],
        &said["resultCode"],
    ];
    let code = places.into_iter().find_map(|place| plain(place)?.parse().ok());
    // Without a number, its name says as much.
    code.or_else(|| [&gateway["returnAuthMsg"], &gateway["errMsg"]].into_iter().find_map(code_named))
}

fn gateway(said: &Value) -> &Value {
    match &said["OpenAPI_ServiceResponse"]["cmmMsgHeader"] {
        Value::Null => &said["cmmMsgHeader"],
        header => header,
    }
}

fn code_named(name: &Value) -> Option<u16> {
    let code = match name.as_str()?.trim() {
        "SERVICE_KEY_IS_NOT_REGISTERED_ERROR" => 30,
        "DEADLINE_HAS_EXPIRED_ERROR" => 31,
        "UNREGISTERED_IP_ERROR" => 32,
        "UNSIGNED_CALL_ERROR" => 33,
        "SERVICE_ACCESS_DENIED_ERROR" => 20,
        "TEMPORARILY_DISABLE_THE_SERVICEKEY_ERROR" => 21,
        "LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR" => 22,
        _ => return None,
    };
    Some(code)
}

fn of_code(code: u16, said: &Value) -> KmaError {
    let code_said = Said::Code(code);
    match code {
        20 | 21 | 30..=33 => KmaError::Key(code_said),
        22 => KmaError::Quota(code_said),
        10..=12 => KmaError::OurFault(code_said),
        99 if message(said).contains("최대 조회 기간") => KmaError::Range,
        1 | 2 | 4 | 5 | 99 => KmaError::Busy(code_said),
        _ => KmaError::Malformed("it has an unknown result code"),
    }
}

fn message(said: &Value) -> &str {
    let places = [&said["response"]["header"], &said["header"], said];
    places.into_iter().find_map(|place| place["resultMsg"].as_str()).unwrap_or_default()
}

fn of_status(status: StatusCode) -> KmaError {
    let said = Said::Status(status.as_u16());
    match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => KmaError::Key(said),
        StatusCode::TOO_MANY_REQUESTS => KmaError::Quota(said),
        status if status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT => KmaError::Busy(said),
        status if status.is_client_error() => KmaError::OurFault(said),
        _ => KmaError::Malformed("it has no result code"),
    }
}

/// What a text or a page means, which is no answer of the service's but of something in front of it.
fn of_text(status: StatusCode, text: &str) -> KmaError {
    if !status.is_success() {
        return of_status(status);
    }
    let said = Said::Status(status.as_u16());
    // The first words are enough: a page may quote anything further down.
    let beginning: String = text.chars().take(64).flat_map(char::to_lowercase).collect();
    if beginning.starts_with('{') || beginning.starts_with('[') {
        KmaError::Malformed("it is neither JSON nor XML")
    } else if beginning.starts_with("unauthorized") || beginning.starts_with("forbidden") {
        KmaError::Key(said)
    } else if beginning.contains("rate limit exceeded") {
        KmaError::Quota(said)
    } else {
        KmaError::Busy(said)
    }
}

/// The page of a good answer.
fn listed(said: &Value) -> Result<Page, KmaError> {
    let body = match &said["response"]["body"] {
        Value::Null => &said["body"],
        body => body,
    };
    let count = |name: &str| plain(&body[name])?.parse().ok();
    Ok(Page { rows: items(body)?, size: count("numOfRows"), total: count("totalCount") })
}

/// The items of a page: an array, one alone, or nothing in one of its forms.
fn items(body: &Value) -> Result<Vec<Fields>, KmaError> {
    let items = match &body["items"] {
        Value::Object(items) => items.get("item").unwrap_or(&Value::Null),
        items => items,
    };
    let row = |item: &Value| match item {
        Value::Object(fields) => Ok(Fields::from(fields.clone())),
        _ => Err(KmaError::Malformed("an item of it has no fields")),
    };
    match items {
        Value::Array(items) => items.iter().map(row).collect(),
        Value::Object(_) => Ok(vec![row(items)?]),
        Value::String(text) if text.trim().is_empty() => Ok(Vec::new()),
        Value::Null if body.is_object() => Ok(Vec::new()),
        _ => Err(KmaError::Malformed("it has no items")),
    }
}

/// The fields of an item, of which each may be a text or a number.
#[derive(Clone, Debug)]
pub(crate) struct Fields(Map<String, Value>);

impl Fields {
    /// The text of a field; none if it is missing or blank.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.0.get(name).and_then(plain).filter(|text| !text.is_empty())
    }

    /// A field that is a whole number.
    pub(crate) fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.text(name)?.parse().ok()
    }

    /// A field that is a time.
    pub(crate) fn time(&self, name: &str) -> Option<Timestamp> {
        time::read(&self.text(name)?)
    }

    /// Whether there is something in a field.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.text(name).is_some()
    }
}

impl From<Map<String, Value>> for Fields {
    fn from(fields: Map<String, Value>) -> Self {
        Self(fields)
    }
}

impl std::fmt::Display for Fields {
    /// All of them, by which a row that came twice is known.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|(name, value)| write!(formatter, "{name}={value};"))
    }
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
