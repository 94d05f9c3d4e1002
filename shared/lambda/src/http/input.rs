//! Decoding and validating what a client sends. Every refusal says where and why.

use std::collections::HashMap;

use ::http::{HeaderMap, StatusCode, header};
use garde::Validate;
use serde::de::value::{Error as ValueError, MapDeserializer};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};

use super::problem::{FieldError, Problem};

/// The largest body taken, in bytes. Files do not pass here: they are uploaded to presigned addresses.
pub const BODY_LIMIT: usize = 1024 * 1024;

/// Something that a client sends: decoded by `serde`, then validated by `garde`.
///
/// Types should say `#[serde(deny_unknown_fields)]`: an unknown field is a mistake of the caller's.
pub trait Input: DeserializeOwned + Validate<Context = ()> + Send + 'static {}

impl<T: DeserializeOwned + Validate<Context = ()> + Send + 'static> Input for T {}

/// No parameters, or no body: anything sent is refused as unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
#[garde(allow_unvalidated)]
pub struct Nothing {}

pub(super) fn path<T: Input>(parameters: HashMap<String, String>) -> Result<T, Problem> {
    // What cannot be a resource's path is not found, rather than wrong.
    let decoded = T::deserialize(MapDeserializer::<_, ValueError>::new(parameters.into_iter()));
    let value = decoded.map_err(|_| Problem::not_found())?;
    value.validate().map_err(|_| Problem::not_found())?;
    Ok(value)
}

pub(super) fn query<T: Input>(query: &str) -> Result<T, Problem> {
    let deserializer = serde_html_form::Deserializer::from_bytes(query.as_bytes());
    let decoded = serde_path_to_error::deserialize(deserializer);
    let value = decoded.map_err(|error| refused(StatusCode::BAD_REQUEST, "invalid_query", &error))?;
    validated(value, "invalid_query")
}

pub(super) fn body<T: Input>(headers: &HeaderMap, body: &[u8]) -> Result<T, Problem> {
    if body.len() > BODY_LIMIT {
        let detail = format!("A body may have at most {BODY_LIMIT} bytes; this one has {}.", body.len());
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", detail));
    }
    if body.is_empty() {
        return decode_json(b"{}");
    }
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    if !is_json(content_type) {
        let detail = format!("Send the body as application/json, not as {content_type:?}.");
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", detail));
    }
    decode_json(body)
}

fn is_json(content_type: &str) -> bool {
    let mut parts = content_type.split(';').map(str::trim);
    let media_type = parts.next().unwrap_or("");
    // RFC 8259 §8.1: JSON between systems is UTF-8.
    let utf8 = parts.filter_map(|part| part.split_once('=')).all(|(name, value)| {
        !name.eq_ignore_ascii_case("charset") || value.trim_matches('"').eq_ignore_ascii_case("utf-8")
    });
    media_type.eq_ignore_ascii_case("application/json") && utf8
}

pub(crate) fn decode_json<T: Input>(body: &[u8]) -> Result<T, Problem> {
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let decoded = serde_path_to_error::deserialize(&mut deserializer).and_then(|value| {
        let end = deserializer.end();
        end.map(|()| value).map_err(|error| serde_path_to_error::Error::new(root(), error))
    });
    let value = decoded.map_err(|error| {
        // Not by the error's category: an enum's `null` is reported as an error of syntax.
        let is_json = serde_json::from_slice::<IgnoredAny>(body).is_ok();
        let code = if is_json { "invalid_body" } else { "invalid_json" };
        refused(StatusCode::BAD_REQUEST, code, &error)
    })?;
    // An array would pass for an object whose fields come in the order of our code.
    if body.trim_ascii_start().starts_with(b"[") {
        let error = serde_path_to_error::Error::new(root(), "expected an object");
        return Err(refused(StatusCode::BAD_REQUEST, "invalid_body", &error));
    }
    validated(value, "invalid_body")
}

fn root() -> serde_path_to_error::Path {
    serde_path_to_error::Track::new().path()
}

fn refused<E: std::fmt::Display>(
    status: StatusCode,
    code: &'static str,
    error: &serde_path_to_error::Error<E>,
) -> Problem {
    let pointer = pointer(&error.path().to_string());
    let message = error.inner().to_string();
    Problem::new(status, code, "The request is not of the expected form.")
        .with_errors(vec![FieldError { pointer, message }])
}

fn validated<T: Input>(value: T, code: &'static str) -> Result<T, Problem> {
    value.validate().map_err(|report| {
        let errors = report
            .iter()
            .map(|(path, error)| FieldError {
                pointer: pointer(&camel_case(&path.to_string())),
                message: error.to_string(),
            })
            .collect();
        Problem::new(StatusCode::BAD_REQUEST, code, "The request breaks a rule.").with_errors(errors)
    })?;
    Ok(value)
}

/// The path of our field as the client writes it: `garde` knows the names of the code, and JSON is in camelCase.
fn camel_case(path: &str) -> String {
    let mut after_underscore = false;
    let letters = path.chars().filter_map(|letter| {
        if letter == '_' {
            after_underscore = true;
            return None;
        }
        Some(if std::mem::take(&mut after_underscore) { letter.to_ascii_uppercase() } else { letter })
    });
    letters.collect()
}

/// The JSON Pointer (RFC 6901) of a dotted path such as `sections[1].content`.
fn pointer(path: &str) -> String {
    if path.is_empty() || path == "." {
        return String::new();
    }
    // `?` stands for a place that could not be read so far as to have a name.
    path.replace(']', "")
        .split(['.', '['])
        .filter(|part| *part != "?")
        .map(|part| format!("/{}", part.replace('~', "~0").replace('/', "~1")))
        .collect()
}

#[cfg(test)]
mod tests {
    use ::http::HeaderValue;

    use super::*;

    #[derive(Debug, Deserialize, Validate)]
    #[serde(deny_unknown_fields)]
    struct Order {
        #[garde(range(min = 1))]
        count: u32,
        #[garde(dive)]
        #[serde(default)]
        lines: Vec<Line>,
    }

    #[derive(Debug, Deserialize, Validate)]
    #[serde(deny_unknown_fields)]
    struct Line {
        #[garde(length(chars, max = 3))]
        text: String,
        #[garde(skip)]
        #[serde(default)]
        side: Side,
    }

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Side {
        #[default]
        Left,
    }

    fn json(text: &str) -> Result<Order, Problem> {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
        body(&headers, text.as_bytes())
    }

    fn refusal(text: &str) -> (u16, &'static str, String) {
        let problem = json(text).unwrap_err();
        let pointer = problem.errors.first().map(|error| error.pointer.clone()).unwrap_or_default();
        (problem.status.as_u16(), problem.code, pointer)
    }

    #[test]
    fn a_good_body_is_taken() {
        assert_eq!(json(r#"{"count": 2}"#).unwrap().count, 2);
        let order = json(r#"{"count": 1, "lines": [{"text": "a", "side": "left"}]}"#).unwrap();
        assert_eq!(order.lines[0].side, Side::Left);
    }

    #[test]
    fn every_refusal_names_its_code_and_place() {
        assert_eq!(refusal("{"), (400, "invalid_json", String::new()));
        assert_eq!(refusal(r#"{"count": 2} x"#), (400, "invalid_json", String::new()));
        assert_eq!(refusal(r#"{"count": "2"}"#), (400, "invalid_body", "/count".to_owned()));
        assert_eq!(refusal(r#"{"count": 2, "odd": 1}"#), (400, "invalid_body", "/odd".to_owned()));
        assert_eq!(refusal("[2, []]"), (400, "invalid_body", String::new()));
        let nothing = r#"{"count": 2, "lines": [{"text": "", "side": null}]}"#;
        assert_eq!(refusal(nothing), (400, "invalid_body", "/lines/0/side".to_owned()));
        assert_eq!(refusal(r#"{"count": 0}"#), (400, "invalid_body", "/count".to_owned()));
        assert_eq!(
            refusal(r#"{"count": 1, "lines": [{"text": "가나다라"}]}"#),
            (400, "invalid_body", "/lines/0/text".to_owned())
        );
        assert_eq!(refusal(""), (400, "invalid_body", String::new()));
    }

    #[test]
    fn a_rules_place_is_named_as_the_client_names_it() {
        assert_eq!(
            pointer(&camel_case("work_experiences[2].company_name")),
            "/workExperiences/2/companyName"
        );
        assert_eq!(pointer(&camel_case("limit")), "/limit");
    }

    #[test]
    fn size_and_media_type_have_their_own_status() {
        let large = vec![b' '; BODY_LIMIT + 1];
        assert_eq!(body::<Order>(&HeaderMap::new(), &large).unwrap_err().status, 413);
        assert_eq!(body::<Order>(&HeaderMap::new(), b"{}").unwrap_err().status, 415);
        assert!(!is_json("application/json; charset=euc-kr"));
    }

    #[test]
    fn an_unknown_query_parameter_is_refused() {
        assert!(query::<Nothing>("").is_ok());
        assert_eq!(query::<Nothing>("limit=3").unwrap_err().code, "invalid_query");
        assert_eq!(query::<Order>("count=many").unwrap_err().errors[0].pointer, "/count");
    }
}
