//! The API document (OpenAPI 3.1): the routes are the template's, the words are `local/pages/api.json`'s.
//!
//! A function is described by what is its own. What holds for all of its kind (roles, lists, idempotency keys,
//! bodies) follows from one word there, so that the document says it the same way everywhere. The document has
//! additions for the readable view: `x-korean`, `x-caller`, `x-problems`, and `x-position`, the place in
//! the template.

mod operation;
mod problems;
mod routes;

use maru_stack::template::TemplateError;
use serde_json::{Map, Value, json};

use operation::operation;
use routes::{Route, routes};

const TEMPLATE: &str = include_str!("../../../../template.yaml");
const DESCRIPTIONS: &str = include_str!("../../../pages/api.json");

/// Why there is no API document.
#[derive(Debug, thiserror::Error)]
pub(super) enum ApiError {
    /// The template cannot be read.
    #[error("template.yaml: {0}")]
    Template(#[from] TemplateError),
    /// The descriptions are not JSON.
    #[error("local/pages/api.json: {0}")]
    Descriptions(#[from] serde_json::Error),
}

/// The API document of the template's routes.
///
/// # Errors
/// [`ApiError`] if the template or the descriptions cannot be read.
pub(super) fn document() -> Result<Value, ApiError> {
    let descriptions: Value = serde_json::from_str(DESCRIPTIONS)?;
    Ok(describe(&routes(TEMPLATE)?, &descriptions))
}

fn describe(routes: &[Route], descriptions: &Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": descriptions["title"],
            "version": descriptions["version"],
            "description": descriptions["description"],
        },
        "servers": [{ "url": "/" }],
        "tags": tags(&descriptions["domains"]),
        "paths": paths(routes, descriptions),
        "components": {
            "schemas": descriptions["schemas"],
            "securitySchemes": { "accessToken": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT" } },
        },
        "x-problems": descriptions["problems"],
    })
}

fn tags(domains: &Value) -> Value {
    let domains = domains.as_array().into_iter().flatten();
    let tag = |domain: &Value| {
        json!({
            "name": domain["name"],
            "description": domain["description"],
            "x-korean": domain["korean"],
        })
    };
    domains.map(tag).collect()
}

fn paths(routes: &[Route], descriptions: &Value) -> Map<String, Value> {
    let mut paths = Map::new();
    for (position, route) in routes.iter().enumerate() {
        let description = &descriptions["functions"][&route.function];
        let mut operation = operation(route, description, &descriptions["problems"]);
        operation["x-position"] = position.into();
        let methods = paths.entry(route.path.clone()).or_insert_with(|| json!({}));
        methods[&route.method] = operation;
    }
    paths
}

#[cfg(test)]
mod tests;
