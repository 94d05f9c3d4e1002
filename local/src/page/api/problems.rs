//! Which problems an operation can answer with: its own, and those that all of its kind have.

use serde_json::{Map, Value, json};

/// The codes of a function's problems, each once: its own first, then those of its kind.
pub(super) fn codes(description: &Value) -> Vec<String> {
    let own = description["problems"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let mut codes: Vec<String> = Vec::new();
    for code in own.chain(of_kind(description)) {
        if !codes.iter().any(|known| known == code) {
            codes.push(code.to_owned());
        }
    }
    codes
}

fn of_kind(description: &Value) -> Vec<&'static str> {
    let mut codes = Vec::new();
    codes.extend(match description["caller"].as_str() {
        Some("stranger") => &[],
        // A bad token is refused even where none is needed.
        Some("anyone" | "member") => &["unauthenticated"][..],
        _ => &["unauthenticated", "forbidden"],
    });
    // No function takes a query parameter that it does not know.
    codes.push("invalid_query");
    if description["list"] == true {
        codes.push("invalid_cursor");
    }
    if !description["body"].is_null() {
        codes.extend(["invalid_json", "invalid_body", "body_too_large", "unsupported_media_type"]);
    }
    if description["idempotent"] == true {
        codes.extend(["invalid_idempotency_key", "idempotency_mismatch"]);
    }
    codes.extend(["internal_error", "unavailable"]);
    codes
}

/// One answer for each status that the problems `codes` have; `known` says what each means.
pub(super) fn answers(codes: &[String], known: &Map<String, Value>) -> Map<String, Value> {
    let mut meanings: Map<String, Value> = Map::new();
    for code in codes {
        let problem = known.get(code).unwrap_or(&Value::Null);
        let status = problem["status"].to_string();
        let meaning = format!("`{code}`: {}", problem["description"].as_str().unwrap_or_default());
        let list = meanings.entry(status).or_insert_with(|| json!([]));
        if let Some(list) = list.as_array_mut() {
            list.push(meaning.into());
        }
    }
    meanings.into_iter().map(|(status, meanings)| (status, answer(&meanings))).collect()
}

fn answer(meanings: &Value) -> Value {
    let lines: Vec<&str> = meanings.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    json!({
        "description": lines.join("\n"),
        "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_in_the_description_brings_the_problems_of_its_kind() {
        let codes = |description| codes(&description);
        let list = codes(json!({ "caller": "lecturer", "list": true }));
        assert!(list.contains(&"forbidden".to_owned()) && list.contains(&"invalid_cursor".to_owned()));
        let open = codes(json!({ "caller": "anyone", "problems": ["not_found", "invalid_query"] }));
        assert_eq!(open, ["not_found", "invalid_query", "unauthenticated", "internal_error", "unavailable"]);
        assert_eq!(
            codes(json!({ "caller": "stranger" })),
            ["invalid_query", "internal_error", "unavailable"]
        );
        let post = codes(json!({ "caller": "member", "body": {}, "idempotent": true }));
        for code in ["invalid_body", "body_too_large", "idempotency_mismatch"] {
            assert!(post.contains(&code.to_owned()), "{code}");
        }
    }

    #[test]
    fn problems_of_one_status_are_one_answer() {
        let known = json!({ "a": { "status": 400, "description": "One." }, "b": { "status": 400, "description": "Two." } });
        let answers = answers(&["a".to_owned(), "b".to_owned()], known.as_object().unwrap());
        assert_eq!(answers["400"]["description"], "`a`: One.\n`b`: Two.");
    }
}
