//! One operation of the document, out of a route and the function's description.

use serde_json::{Map, Value, json};

use super::problems;
use super::routes::Route;

/// The operation of `route` as `description` has it. A function without a description is listed by its name.
pub(super) fn operation(route: &Route, description: &Value, known_problems: &Map<String, Value>) -> Value {
    let codes = problems::codes(description);
    let mut operation = json!({
        "operationId": route.function,
        "tags": [description["domain"]],
        "summary": description["summary"].as_str().unwrap_or(&route.function),
        "parameters": parameters(description),
        "responses": responses(description, problems::answers(&codes, known_problems)),
        "security": security(description),
        "x-korean": description["korean"],
        "x-caller": description["caller"],
        "x-problems": codes,
    });
    if !description["description"].is_null() {
        operation["description"] = description["description"].clone();
    }
    if !description["body"].is_null() {
        let body = media(&description["body"]);
        operation["requestBody"] = json!({ "content": { "application/json": body } });
    }
    operation
}

fn parameters(description: &Value) -> Vec<Value> {
    let mut parameters = Vec::new();
    for (place, key) in [("path", "path"), ("query", "query"), ("header", "headers")] {
        for (name, parameter) in description[key].as_object().into_iter().flatten() {
            let mut described = parameter_of(place, name, &parameter["description"], &parameter["schema"]);
            if parameter["required"] == true {
                described["required"] = true.into();
            }
            parameters.push(described);
        }
    }
    if description["list"] == true {
        parameters.extend(list_parameters());
    }
    if description["idempotent"] == true {
        let meaning = "The same key gives the same answer for 24 hours instead of doing the work again.";
        let schema = json!({ "type": "string", "minLength": 1, "maxLength": 255 });
        parameters.push(parameter_of("header", "Idempotency-Key", &meaning.into(), &schema));
    }
    parameters
}

/// Those of every list (product page, Rules that hold everywhere).
fn list_parameters() -> [Value; 2] {
    let limit = json!({ "type": "integer", "minimum": 1, "maximum": 100, "default": 20 });
    let cursor = json!({ "type": "string", "maxLength": 2048 });
    [
        parameter_of("query", "limit", &"How many items; 20 if absent.".into(), &limit),
        parameter_of("query", "cursor", &"The nextCursor of the page before.".into(), &cursor),
    ]
}

fn parameter_of(place: &str, name: &str, meaning: &Value, schema: &Value) -> Value {
    json!({ "name": name, "in": place, "required": place == "path", "description": meaning, "schema": schema })
}

fn responses(description: &Value, problems: Map<String, Value>) -> Map<String, Value> {
    let answers = description["answers"].as_object().into_iter().flatten();
    answers.map(|(status, answer)| (status.clone(), response(answer))).chain(problems).collect()
}

fn response(answer: &Value) -> Value {
    let mut response = json!({ "description": answer["description"] });
    if answer["schema"].is_null() && answer["mediaType"].is_null() {
        return response;
    }
    let media_type = answer["mediaType"].as_str().unwrap_or("application/json");
    let mut content = Map::from_iter([(media_type.to_owned(), media(answer))]);
    for other in answer["also"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        content.insert(other.to_owned(), json!({}));
    }
    response["content"] = content.into();
    response
}

/// The schema and the example of a body or an answer; a schema that is a name is one of the components.
fn media(described: &Value) -> Value {
    let mut media = Map::new();
    match &described["schema"] {
        Value::Null => {}
        Value::String(name) => {
            media.insert("schema".to_owned(), json!({ "$ref": format!("#/components/schemas/{name}") }));
        }
        schema => {
            media.insert("schema".to_owned(), schema.clone());
        }
    }
    if !described["example"].is_null() {
        media.insert("example".to_owned(), described["example"].clone());
    }
    media.into()
}

fn security(description: &Value) -> Value {
    match description["caller"].as_str() {
        Some("anyone") => json!([{ "accessToken": [] }, {}]),
        // Nobody looks at a token.
        Some("stranger") => json!([]),
        _ => json!([{ "accessToken": [] }]),
    }
}
