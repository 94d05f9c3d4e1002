//! Cross-origin requests, answered as the template's `CorsConfiguration` says: by the gateway, whose functions know
//! nothing of them (<https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html>), and by S3
//! (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html>).

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::Value;

/// What pages of other origins may do.
#[derive(Debug, Default)]
pub(crate) struct Cors {
    origins: Vec<String>,
    credentials: bool,
    exposed: Option<String>,
    preflight: Vec<(HeaderName, String)>,
}

impl Cors {
    /// Reads a `CorsConfiguration` of an HTTP API, or the `Cors` of a function URL, which has the same form.
    pub(crate) fn read(configuration: &Value) -> Self {
        let list = |name: &str| -> Vec<String> {
            let values = configuration.get(name).and_then(Value::as_array).into_iter().flatten();
            values.filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let joined = |name: &str| Some(list(name).join(",")).filter(|text| !text.is_empty());
        let age = configuration.get("MaxAge").map(Value::to_string);
        let preflight = [
            (header::ACCESS_CONTROL_ALLOW_METHODS, joined("AllowMethods")),
            (header::ACCESS_CONTROL_ALLOW_HEADERS, joined("AllowHeaders")),
            (header::ACCESS_CONTROL_MAX_AGE, age),
        ];
        Self {
            origins: list("AllowOrigins"),
            credentials: configuration.get("AllowCredentials") == Some(&Value::Bool(true)),
            exposed: joined("ExposeHeaders"),
            preflight: preflight.into_iter().filter_map(|(name, value)| Some((name, value?))).collect(),
        }
    }

    /// Reads a rule of a bucket's `CorsConfiguration`, which says the same in other words.
    pub(crate) fn of_bucket(rule: &Value) -> Self {
        let names = [
            ("AllowedOrigins", "AllowOrigins"),
            ("AllowedMethods", "AllowMethods"),
            ("AllowedHeaders", "AllowHeaders"),
            ("ExposedHeaders", "ExposeHeaders"),
            ("MaxAge", "MaxAge"),
        ];
        let given =
            names.into_iter().filter_map(|(theirs, ours)| Some((ours.to_owned(), rule.get(theirs)?.clone())));
        Self::read(&Value::Object(given.collect()))
    }

    /// The answer to a preflight request.
    pub(crate) fn preflight(&self, request: &HeaderMap) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NO_CONTENT;
        if self.apply(request, response.headers_mut()) {
            for (name, value) in &self.preflight {
                insert(response.headers_mut(), name, value);
            }
        }
        response
    }

    /// Puts the headers of an allowed origin on an answer, in place of any that the function gave; says
    /// whether the origin is allowed.
    pub(crate) fn apply(&self, request: &HeaderMap, answer: &mut HeaderMap) -> bool {
        let origin = request.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
        let Some(origin) = origin else { return false };
        let any = self.origins.iter().any(|allowed| allowed == "*");
        if !any && !self.origins.iter().any(|allowed| allowed == origin) {
            return false;
        }
        let allowed = if any && !self.credentials { "*" } else { origin };
        insert(answer, &header::ACCESS_CONTROL_ALLOW_ORIGIN, allowed);
        if self.credentials {
            insert(answer, &header::ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
        if let Some(exposed) = &self.exposed {
            insert(answer, &header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
        }
        true
    }
}

/// Whether a request asks what it may do, rather than doing it (Fetch standard, "CORS-preflight fetch").
pub(crate) fn is_preflight(headers: &HeaderMap) -> bool {
    headers.contains_key(header::ORIGIN) && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

fn insert(headers: &mut HeaderMap, name: &HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
