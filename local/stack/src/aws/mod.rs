//! The one AWS endpoint: every service that the functions call, behind one address.
//!
//! The unmodified AWS SDK reaches it through `AWS_ENDPOINT_URL`. It owns what all services share: who calls
//! ([`Caller`]), which service and operation is meant ([`target`]), the limit of bodies, and the order of
//! what a call goes through (`dispatch`): crash plans, permissions, faults on demand, the count, the
//! service itself. Signatures are not verified (but by S3's own protocol): whoever reaches the loopback port
//! is trusted.

pub mod arn;
mod caller;
mod counts;
mod dispatch;
mod error;
pub(crate) mod lost;
pub mod target;

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::{Router, body::Body, extract::State, http::request::Parts, response::Response};
use bytes::Bytes;
use futures::future::BoxFuture;

pub(crate) use self::error::ErrorKind;
pub use self::{
    caller::Caller,
    counts::{CallCount, CallCounts},
    error::ServiceError,
    target::{Service, Target},
};
use crate::{
    access::Access, bedrock::Bedrock, crash::Crashes, faults::Faults, s3::ObjectStore, snapshot::Gate,
};

/// Largest request body of every service but S3, in bytes (that of DynamoDB, the largest of them).
pub const BODY_LIMIT: usize = 16 * 1024 * 1024;

/// One call, read whole.
#[derive(Debug)]
pub struct AwsCall {
    /// Who calls.
    pub caller: Caller,
    /// The operation's name, such as `PutItem` or `SendMessage`.
    pub operation: String,
    /// The request's method, path and headers.
    pub parts: Parts,
    /// The request's body, at most [`BODY_LIMIT`] bytes.
    pub body: Bytes,
}

/// A service of the JSON protocols: takes a call, gives the HTTP answer, errors included.
pub trait AwsService: Send + Sync + 'static {
    /// Carries the call out. Dropped half-way, the call may or may not have been carried out.
    fn call(&self, call: AwsCall) -> BoxFuture<'_, Response>;
}

/// What stands behind the endpoint.
pub struct AwsServices {
    /// DynamoDB ([`crate::dynamodb::DynamoDb`]).
    pub database: Arc<dyn AwsService>,
    /// SQS.
    pub queues: Arc<dyn AwsService>,
    /// EventBridge.
    pub events: Arc<dyn AwsService>,
    /// Systems Manager's parameters ([`crate::ssm::Parameters`]).
    pub parameters: Arc<dyn AwsService>,
    /// KMS.
    pub keys: Arc<dyn AwsService>,
    /// Lambda.
    pub functions: Arc<dyn AwsService>,
    /// API Gateway's management of WebSocket connections.
    pub connections: Arc<dyn AwsService>,
    /// S3.
    pub objects: ObjectStore,
    /// Bedrock Runtime.
    pub bedrock: Arc<Bedrock>,
    /// Who may do what.
    pub access: Arc<Access>,
    /// Where an invocation shall die.
    pub crashes: Arc<Crashes>,
    /// What the next calls shall suffer.
    pub faults: Arc<Faults>,
    /// How often each function called what.
    pub counts: Arc<CallCounts>,
    /// Closed while a snapshot is taken, so that it is a cut between two calls.
    pub gate: Arc<Gate>,
}

/// The endpoint, as the router of a loopback port of its own.
pub fn router(services: AwsServices) -> Router {
    Router::new()
        .fallback(|State(services): State<Arc<AwsServices>>, request| async move {
            dispatch::answer(&services, request).await
        })
        .with_state(Arc::new(services))
}

/// A JSON answer as the services of the `application/x-amz-json` protocols give it.
pub fn json_answer(body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    error::stamp(&mut response, "application/x-amz-json-1.0");
    response
}
