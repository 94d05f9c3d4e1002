//! Who calls, as the request's credentials name them.

use axum::http::{Method, header::AUTHORIZATION, request::Parts};

use crate::cors::is_preflight;

/// What the access key ids of functions begin with.
const FUNCTION_PREFIX: &str = "local.";

/// Who makes a call: a function, or an operator (a test, the AWS CLI, the stack itself), who may do
/// everything.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Caller {
    /// A function, by its name; its access key id is [`Caller::access_key`].
    Function(String),
    /// Any other credentials, or none.
    Operator,
}

impl Caller {
    /// The access key id with which a function of this name makes its calls.
    pub fn access_key(function: &str) -> String {
        format!("{FUNCTION_PREFIX}{function}")
    }

    /// Reads the caller out of `Authorization: AWS4-HMAC-SHA256 Credential=<access key id>/<date>/…`, or of a
    /// presigned address's `X-Amz-Credential`: whoever uses it acts with the permissions of who signed it. A browser's
    /// question whether it may use one is nobody's call: it is not signed, and the bucket's rules answer it.
    pub fn of(parts: &Parts) -> Self {
        if parts.method == Method::OPTIONS && is_preflight(&parts.headers) {
            return Self::Operator;
        }
        let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        header
            .or_else(|| parts.uri.query())
            .and_then(|value| value.split_once("Credential="))
            .and_then(|(_, scope)| scope.split(['/', ',', '%', '&']).next())
            .and_then(|key| key.strip_prefix(FUNCTION_PREFIX))
            .map_or(Self::Operator, |function| Self::Function(function.to_owned()))
    }

    /// The function's name; none for an operator.
    pub fn function(&self) -> Option<&str> {
        match self {
            Self::Function(name) => Some(name),
            Self::Operator => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn with_authorization(value: &str) -> Caller {
        let request = Request::builder().header(AUTHORIZATION, value).body(()).unwrap();
        Caller::of(&request.into_parts().0)
    }

    fn with_uri(uri: &str) -> Caller {
        Caller::of(&Request::builder().uri(uri).body(()).unwrap().into_parts().0)
    }

    #[test]
    fn a_function_is_named_by_its_access_key() {
        let value = "AWS4-HMAC-SHA256 Credential=local.create_report/20260101/ap-northeast-2/sqs/aws4_request, \
                     SignedHeaders=host, Signature=00";
        assert_eq!(with_authorization(value), Caller::Function("create_report".into()));
        assert_eq!(Caller::access_key("create_report"), "local.create_report");
    }

    #[test]
    fn a_presigned_address_acts_for_who_signed_it() {
        let uri =
            "/bucket/key?X-Amz-Credential=local.create_report%2F20260101%2Fap-northeast-2&X-Amz-Expires=60";
        assert_eq!(with_uri(uri), Caller::Function("create_report".into()));
    }

    #[test]
    fn asking_whether_a_presigned_address_may_be_used_is_not_using_it() {
        let uri = "/bucket/key?X-Amz-Credential=local.create_report%2F20260101%2Fap-northeast-2";
        let request = Request::builder().method(Method::OPTIONS).uri(uri);
        let preflight =
            request.header("origin", "http://a.test").header("access-control-request-method", "PUT");
        let (parts, ()) = preflight.body(()).unwrap().into_parts();
        assert_eq!(Caller::of(&parts), Caller::Operator);
    }

    #[test]
    fn whoever_is_no_function_is_an_operator() {
        assert_eq!(with_authorization("AWS4-HMAC-SHA256 Credential=test/20260101/x"), Caller::Operator);
        assert_eq!(with_authorization("Bearer local.create_report"), Caller::Operator);
        assert_eq!(with_uri("/bucket/key"), Caller::Operator);
    }
}
