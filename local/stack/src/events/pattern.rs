//! Event patterns: which events a rule wants
//! (<https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html>).
//!
//! Known are exact values, `prefix`, `suffix`, `exists`, `anything-but` and `equals-ignore-case`. Others are
//! refused when the stack starts.

use serde_json::{Map, Value};

/// A pattern that the stack does not understand, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the event pattern has {0}, which the local stack does not know")]
pub(crate) struct UnknownPattern(String);

/// Refuses a pattern that [`matches`] would not understand.
///
/// # Errors
/// [`UnknownPattern`] names the part.
pub(crate) fn check(pattern: &Value) -> Result<(), UnknownPattern> {
    let unknown = |value: &Value| Err(UnknownPattern(value.to_string()));
    match pattern {
        Value::Object(fields) => fields.iter().try_for_each(|(name, field)| {
            if name.starts_with('$') { unknown(&Value::from(name.as_str())) } else { check(field) }
        }),
        Value::Array(choices) => choices.iter().try_for_each(|choice| match choice {
            Value::Object(filter) if !is_known(filter) => unknown(choice),
            Value::Array(_) => unknown(choice),
            _ => Ok(()),
        }),
        other => unknown(other),
    }
}

fn is_known(filter: &Map<String, Value>) -> bool {
    let mut entries = filter.iter();
    let (Some((name, argument)), None) = (entries.next(), entries.next()) else { return false };
    match name.as_str() {
        "exists" => argument.is_boolean(),
        "prefix" | "suffix" | "equals-ignore-case" => argument.is_string(),
        "anything-but" => !argument.is_object(),
        _ => false,
    }
}

/// Whether `event` is one that `pattern` wants: each field of the pattern must accept the event's.
pub(crate) fn matches(pattern: &Value, event: &Value) -> bool {
    let Value::Object(fields) = pattern else { return false };
    fields.iter().all(|(name, field)| match field {
        Value::Array(choices) => accepts(choices, event.get(name)),
        inner => matches(inner, event.get(name).unwrap_or(&Value::Null)),
    })
}

fn accepts(choices: &[Value], value: Option<&Value>) -> bool {
    choices.iter().any(|choice| match (choice, value) {
        (Value::Object(filter), value) => filter.iter().all(|(name, argument)| passes(name, argument, value)),
        (_, None) => false,
        // An array in the event is accepted if one of its values is.
        (exact, Some(Value::Array(values))) => values.contains(exact),
        (exact, Some(value)) => exact == value,
    })
}

fn passes(filter: &str, argument: &Value, value: Option<&Value>) -> bool {
    let text = value.and_then(Value::as_str);
    let both = |compare: fn(&str, &str) -> bool| {
        text.zip(argument.as_str()).is_some_and(|(text, argument)| compare(text, argument))
    };
    match filter {
        "exists" => argument.as_bool() == Some(value.is_some()),
        "prefix" => both(|text, prefix| text.starts_with(prefix)),
        "suffix" => both(|text, suffix| text.ends_with(suffix)),
        "equals-ignore-case" => both(|text, other| text.to_lowercase() == other.to_lowercase()),
        "anything-but" => value.is_some_and(|value| match argument {
            Value::Array(unwanted) => !unwanted.contains(value),
            unwanted => unwanted != value,
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_field_of_the_pattern_must_accept_the_events() {
        let event =
            json!({ "source": "maru.a", "detail": { "day": "2026-01-01", "tags": ["x", "y"], "n": 3 } });
        for pattern in [
            json!({ "source": ["maru.b", "maru.a"] }),
            json!({ "detail": { "tags": ["y"] } }),
            json!({ "source": [{ "prefix": "maru." }], "detail": { "n": [3] } }),
            json!({ "detail": { "day": [{ "exists": true }], "gone": [{ "exists": false }] } }),
            json!({ "detail": { "n": [{ "anything-but": [1, 2] }] } }),
        ] {
            assert_eq!(check(&pattern), Ok(()));
            assert!(matches(&pattern, &event), "{pattern}");
        }
        for pattern in [
            json!({ "source": ["maru"] }),
            json!({ "source": ["maru.a"], "detail": { "n": [4] } }),
            json!({ "detail": { "gone": ["x"] } }),
            json!({ "detail": { "day": [{ "exists": false }] } }),
            json!({ "detail": { "n": [{ "anything-but": 3 }] } }),
            json!({ "detail": { "n": { "deeper": [1] } } }),
        ] {
            assert!(!matches(&pattern, &event), "{pattern}");
        }
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for pattern in [
            json!({ "detail": { "n": [{ "numeric": ["<", 5] }] } }),
            json!({ "$or": [{ "source": ["a"] }] }),
            json!({ "source": "maru" }),
        ] {
            assert!(check(&pattern).is_err(), "{pattern}");
        }
    }
}
