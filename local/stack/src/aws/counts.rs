//! How often each function called what: so that a test can say "one query".

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use serde::Serialize;

use super::{Caller, Service};

/// How often one caller called one operation on one resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CallCount {
    /// The function's name; none for an operator.
    pub function: Option<String>,
    /// The service.
    pub service: Service,
    /// The operation, such as `Query`.
    pub operation: String,
    /// The name of the table (several: sorted, with commas), queue, bus, bucket, parameter, key, function,
    /// WebSocket API or model.
    pub resource: String,
    /// How often.
    pub count: u64,
}

type Key = (Option<String>, Service, String, String);

/// The count of all calls that reached the endpoint, refused ones and those that suffer a fault included.
#[derive(Debug, Default)]
pub struct CallCounts(Mutex<BTreeMap<Key, u64>>);

impl CallCounts {
    /// All counts since the start or the last [`Self::clear`], sorted.
    pub fn calls(&self) -> Vec<CallCount> {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts
            .iter()
            .map(|((function, service, operation, resource), count)| CallCount {
                function: function.clone(),
                service: *service,
                operation: operation.clone(),
                resource: resource.clone(),
                count: *count,
            })
            .collect()
    }

    /// Starts again from nothing.
    pub fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    pub(super) fn add(&self, caller: &Caller, service: Service, operation: &str, resource: String) {
        let key = (caller.function().map(str::to_owned), service, operation.to_owned(), resource);
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry(key).or_default() += 1;
    }
}
