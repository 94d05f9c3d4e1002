//! Which actions on which resources a call needs.
//!
//! Source: Service Authorization Reference, one page a service. A call that is not known here needs the
//! action of its own name on `*`, so that nothing is allowed by being forgotten.

mod connections;
mod database;
mod keys;
mod messages;
mod model;
mod objects;

use axum::http::request::Parts;
use bytes::Bytes;

pub(crate) use self::objects::need_to_list;
use crate::aws::{Service, Target};

/// One action on one resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Need {
    /// Such as `dynamodb:PutItem`.
    pub action: String,
    /// The resource's ARN; `*` where the action knows none.
    pub resource: String,
}

impl Need {
    fn new(action: impl Into<String>, resource: impl Into<String>) -> Self {
        Self { action: action.into(), resource: resource.into() }
    }
}

/// What a call needs, and the name it is counted under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Needs {
    /// All of these must be allowed.
    pub all: Vec<Need>,
    /// The name of what is called: table, queue, bus, bucket, parameter, key, function, WebSocket API or model; several with commas.
    pub resource_name: String,
}

impl Needs {
    fn one(action: impl Into<String>, resource: impl Into<String>, name: impl Into<String>) -> Self {
        Self { all: vec![Need::new(action, resource)], resource_name: name.into() }
    }
}

/// What a call needs. A body that cannot be read names nothing, so that nobody has the permission it needs.
pub(crate) fn needs_of(target: &Target, parts: &Parts, body: &Bytes) -> Needs {
    let operation = target.operation.as_str();
    match target.service {
        Service::Database => database::needs(operation, body),
        Service::Queue => messages::queue_needs(operation, body),
        Service::Events => messages::event_needs(operation, body),
        Service::Parameters => messages::parameter_needs(operation, body),
        Service::Keys => keys::key_needs(operation, body),
        Service::Functions => keys::function_needs(operation, parts.uri.path()),
        Service::Connections => connections::needs(operation, parts.uri.path()),
        Service::Model => model::needs(operation, parts.uri.path()),
        Service::Objects => objects::needs(operation, parts),
    }
}

/// Text as it stands in a path, decoded (`%3A` is a colon); bytes that are not UTF-8 become `U+FFFD`.
fn percent_decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}
