//! Which service and operation a request is for.

use axum::http::{Method, request::Parts};
use serde::{Deserialize, Serialize};

/// A service behind the endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Service {
    /// DynamoDB.
    Database,
    /// SQS.
    Queue,
    /// EventBridge.
    Events,
    /// Systems Manager's parameters.
    Parameters,
    /// KMS.
    Keys,
    /// Lambda.
    Functions,
    /// API Gateway's management of WebSocket connections.
    Connections,
    /// Bedrock Runtime.
    Model,
    /// S3.
    Objects,
}

/// The service and the operation of one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The service.
    pub service: Service,
    /// The operation's name as AWS writes it, such as `PutItem`; `Unknown` where there is none.
    pub operation: String,
}

/// The prefixes of `X-Amz-Target` (each service's Smithy model: service shape, `aws.protocols#awsJson1_x`).
const JSON_SERVICES: [(&str, Service); 5] = [
    ("DynamoDB_20120810.", Service::Database),
    ("AmazonSQS.", Service::Queue),
    ("AWSEvents.", Service::Events),
    ("AmazonSSM.", Service::Parameters),
    ("TrentService.", Service::Keys),
];

/// What the paths of Lambda's API begin with: its version.
const FUNCTIONS: &str = "/2015-03-31/functions/";

impl Target {
    /// Reads the target out of `X-Amz-Target`, else out of the path: `/model/…` is Bedrock's,
    /// `/2015-03-31/functions/…` Lambda's, `/<api>/<stage>/@connections/…` API Gateway's, the rest S3's.
    pub fn of(parts: &Parts) -> Self {
        let header = parts.headers.get("x-amz-target").and_then(|value| value.to_str().ok());
        if let Some(target) = header.and_then(Self::of_json_service) {
            return target;
        }
        if let Some(rest) = parts.uri.path().strip_prefix("/model/") {
            let operation = if rest.ends_with("/converse-stream") { "ConverseStream" } else { "Converse" };
            return Self { service: Service::Model, operation: operation.to_owned() };
        }
        if parts.uri.path().starts_with(FUNCTIONS) {
            let operation = function_of(parts.uri.path()).map_or("Unknown", |_| "Invoke");
            return Self { service: Service::Functions, operation: operation.to_owned() };
        }
        if let Some(operation) = connection_operation(parts) {
            return Self { service: Service::Connections, operation: operation.to_owned() };
        }
        Self { service: Service::Objects, operation: object_operation(parts).to_owned() }
    }

    fn of_json_service(header: &str) -> Option<Self> {
        JSON_SERVICES.iter().find_map(|(prefix, service)| {
            let operation = header.strip_prefix(prefix)?.to_owned();
            Some(Self { service: *service, operation })
        })
    }
}

/// The name of the function that a path of Lambda's API invokes, given there as name or ARN.
pub(crate) fn function_of(path: &str) -> Option<String> {
    let named = path.strip_prefix(FUNCTIONS)?.strip_suffix("/invocations")?;
    let named = percent_encoding::percent_decode_str(named).decode_utf8_lossy();
    Some(named.rsplit("function:").next().unwrap_or_default().to_owned())
}

/// A path of the management API: of which API, which stage, which connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConnectionPath {
    pub(crate) api: String,
    pub(crate) stage: String,
    pub(crate) id: String,
}

/// Reads `/<api>/<stage>/@connections/<id>`.
pub(crate) fn connection_of(path: &str) -> Option<ConnectionPath> {
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    let (before, id) = decoded.split_once("/@connections/")?;
    let (api, stage) = before.strip_prefix('/')?.split_once('/')?;
    Some(ConnectionPath { api: api.to_owned(), stage: stage.to_owned(), id: id.to_owned() })
}

fn connection_operation(parts: &Parts) -> Option<&'static str> {
    connection_of(parts.uri.path())?;
    Some(match parts.method {
        Method::POST => "PostToConnection",
        Method::GET => "GetConnection",
        Method::DELETE => "DeleteConnection",
        _ => "Unknown",
    })
}

/// The S3 operation of a path-style request, by method, whether the path names an object, and the query's
/// sub-resource (Amazon S3 API reference, request syntax of each operation).
fn object_operation(parts: &Parts) -> &'static str {
    let path = parts.uri.path().trim_start_matches('/');
    let has_key = path.split_once('/').is_some_and(|(_, key)| !key.is_empty());
    let has = |name: &str| {
        let query = parts.uri.query().unwrap_or_default();
        query.split('&').any(|pair| pair.split('=').next() == Some(name))
    };
    match (&parts.method, has_key) {
        (&Method::GET, true) if has("uploadId") => "ListParts",
        (&Method::GET, true) => "GetObject",
        (&Method::HEAD, true) => "HeadObject",
        (&Method::PUT, true) if has("partNumber") => "UploadPart",
        (&Method::PUT, true) if parts.headers.contains_key("x-amz-copy-source") => "CopyObject",
        (&Method::PUT, true) => "PutObject",
        (&Method::POST, true) if has("uploads") => "CreateMultipartUpload",
        (&Method::POST, true) => "CompleteMultipartUpload",
        (&Method::DELETE, true) if has("uploadId") => "AbortMultipartUpload",
        (&Method::DELETE, true) => "DeleteObject",
        (&Method::GET, false) if path.is_empty() => "ListBuckets",
        (&Method::GET, false) => "ListObjectsV2",
        (&Method::HEAD, false) => "HeadBucket",
        (&Method::PUT, false) => "CreateBucket",
        (&Method::POST, false) if has("delete") => "DeleteObjects",
        (&Method::DELETE, false) => "DeleteBucket",
        _ => "Unknown",
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn target(method: &str, uri: &str, header: Option<(&str, &str)>) -> (Service, String) {
        let mut request = Request::builder().method(method).uri(uri);
        if let Some((name, value)) = header {
            request = request.header(name, value);
        }
        let target = Target::of(&request.body(()).unwrap().into_parts().0);
        (target.service, target.operation)
    }

    #[test]
    fn the_json_services_are_named_by_their_header() {
        let of = |value| target("POST", "/", Some(("x-amz-target", value)));
        assert_eq!(of("DynamoDB_20120810.PutItem"), (Service::Database, "PutItem".into()));
        assert_eq!(of("AmazonSQS.SendMessage"), (Service::Queue, "SendMessage".into()));
        assert_eq!(of("AWSEvents.PutEvents"), (Service::Events, "PutEvents".into()));
        assert_eq!(of("AmazonSSM.GetParameter"), (Service::Parameters, "GetParameter".into()));
        assert_eq!(of("TrentService.Decrypt"), (Service::Keys, "Decrypt".into()));
    }

    #[test]
    fn lambda_is_named_by_its_path() {
        let path = "/2015-03-31/functions/arn%3Aaws%3Alambda%3Ar%3A0%3Afunction%3Arender/invocations";
        assert_eq!(target("POST", path, None), (Service::Functions, "Invoke".into()));
        assert_eq!(function_of(path).as_deref(), Some("render"));
        assert_eq!(function_of("/2015-03-31/functions/render/invocations").as_deref(), Some("render"));
        assert_eq!(target("GET", "/2015-03-31/functions/render", None).1, "Unknown");
    }

    #[test]
    fn connections_are_named_by_their_path() {
        let path = "/chatapi/live/%40connections/JDNdlfPCoE0CEfA%3D";
        assert_eq!(target("POST", path, None), (Service::Connections, "PostToConnection".into()));
        assert_eq!(target("DELETE", path, None).1, "DeleteConnection");
        let named = connection_of(path).unwrap();
        let parts = (named.api.as_str(), named.stage.as_str(), named.id.as_str());
        assert_eq!(parts, ("chatapi", "live", "JDNdlfPCoE0CEfA="));
        assert_eq!(connection_of("/live/@connections/x"), None);
        assert_eq!(connection_of("/bucket/key"), None);
    }

    #[test]
    fn bedrock_is_named_by_its_path() {
        assert_eq!(target("POST", "/model/a.b%3A0/converse", None), (Service::Model, "Converse".into()));
        assert_eq!(
            target("POST", "/model/m/converse-stream", None),
            (Service::Model, "ConverseStream".into())
        );
    }

    #[test]
    fn the_rest_is_s3_by_method_path_and_query() {
        let operation = |method, uri| target(method, uri, None).1;
        assert_eq!(operation("GET", "/bucket/a/b"), "GetObject");
        assert_eq!(operation("PUT", "/bucket/a?x-id=PutObject"), "PutObject");
        assert_eq!(operation("PUT", "/bucket/a?partNumber=1&uploadId=u"), "UploadPart");
        assert_eq!(operation("GET", "/bucket/?list-type=2"), "ListObjectsV2");
        assert_eq!(operation("POST", "/bucket/?delete"), "DeleteObjects");
        assert_eq!(operation("GET", "/"), "ListBuckets");
        assert_eq!(operation("PATCH", "/bucket"), "Unknown");
        assert_eq!(target("PUT", "/b/k", Some(("x-amz-copy-source", "b/o"))).1, "CopyObject");
    }
}
