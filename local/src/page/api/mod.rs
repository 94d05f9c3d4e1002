//! The API document (OpenAPI 3.1): the routes are the templates', the words are those of `local/pages/api`.
//!
//! A function is described by what is its own. What holds for all of its kind (roles, lists, idempotency keys,
//! bodies) follows from one word there, so that the document says it the same way everywhere. The document has
//! additions for the readable view: `x-korean`, `x-caller`, `x-problems`, and `x-position`, the place in
//! the templates.

mod descriptions;
mod operation;
mod problems;
mod routes;

use maru_stack::template::TemplateError;
use serde_json::{Map, Value, json};

use descriptions::Descriptions;
use operation::operation;
use routes::{Route, routes};

const TEMPLATES: [&str; 2] =
    [include_str!("../../../../template.yaml"), include_str!("../../../../weather.yaml")];

/// Why there is no API document.
#[derive(Debug, thiserror::Error)]
pub(super) enum ApiError {
    /// A template cannot be read.
    #[error("the templates: {0}")]
    Template(#[from] TemplateError),
    /// The descriptions are not JSON.
    #[error("local/pages/api: {0}")]
    Descriptions(#[from] serde_json::Error),
    /// Two files describe the same.
    #[error("local/pages/api describes {0} twice")]
    Repeated(String),
}

/// The API document of the templates' routes.
///
/// # Errors
/// [`ApiError`] if the templates or the descriptions cannot be read.
pub(super) fn document() -> Result<Value, ApiError> {
    Ok(describe(&routes(&TEMPLATES)?, &Descriptions::read()?))
}

fn describe(routes: &[Route], descriptions: &Descriptions) -> Value {
    let maru = &descriptions.maru;
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": maru["title"],
            "version": maru["version"],
            "description": maru["description"],
        },
        "servers": [{ "url": "/" }],
        "tags": tags(&descriptions.domains),
        "paths": paths(routes, descriptions),
        "components": {
            "schemas": descriptions.schemas,
            "securitySchemes": { "accessToken": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT" } },
        },
        "x-problems": descriptions.problems,
    })
}

fn tags(domains: &[Value]) -> Value {
    let tag = |domain: &Value| {
        json!({
            "name": domain["name"],
            "description": domain["description"],
            "x-korean": domain["korean"],
        })
    };
    domains.iter().map(tag).collect()
}

fn paths(routes: &[Route], descriptions: &Descriptions) -> Map<String, Value> {
    let mut paths = Map::new();
    for (position, route) in routes.iter().enumerate() {
        let description = descriptions.functions.get(&route.function).unwrap_or(&Value::Null);
        let mut operation = operation(route, description, &descriptions.problems);
        operation["x-position"] = position.into();
        let methods = paths.entry(route.path.clone()).or_insert_with(|| json!({}));
        methods[&route.method] = operation;
    }
    paths
}

#[cfg(test)]
mod tests;
