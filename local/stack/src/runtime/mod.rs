//! Runs the functions, as Lambda would: each started on first use with its own environment and credentials,
//! stopped at its timeout, limited to its reserved concurrency.
//!
//! Left out: memory limits, the freezing of a sandbox between invocations, and the death of what a function
//! spawned beside its invocation.

mod activity;
mod body;
mod counts;
mod delivery;
mod error;
mod invoke;
mod lambda;
pub(crate) mod sdk;

use std::collections::BTreeMap;
use std::sync::Arc;

use aws_smithy_runtime_api::client::http::SharedHttpClient;
use maru_lambda::{Environment, Function};

pub(crate) use activity::{Activity, Busy};
pub(crate) use delivery::Deliveries;
pub use error::InvocationError;
pub(crate) use invoke::Invocations;
pub(crate) use lambda::{Admission, Lambda, request_id};

use crate::clock::LocalClock;
use crate::template::{Place, Template};

/// The functions that are both in the template and in the given lists.
pub(crate) struct Functions {
    lambdas: BTreeMap<&'static str, Arc<Lambda>>,
    activity: Activity,
    http_client: SharedHttpClient,
}

impl Functions {
    /// Joins the template's functions with those of the lists, by name. A function that is in one of them
    /// only is left out: tests of one domain run without the others.
    pub(crate) fn new(
        template: &Template,
        lists: &[&'static [Function]],
        clock: &LocalClock,
        place: &Place,
    ) -> Self {
        let activity = Activity::default();
        let http_client = sdk::http_client();
        let lambdas = lists.iter().flat_map(|list| list.iter()).filter_map(|function| {
            let resource = template.function(function.name())?.clone();
            let aws = sdk::of_function(function.name(), place, http_client.clone());
            let environment = Environment::new(sdk::variables(&resource, place), aws, clock.for_functions());
            let lambda = Lambda::new(resource, function, environment, clock.clone(), activity.clone());
            Some((function.name(), Arc::new(lambda)))
        });
        let lambdas = lambdas.collect();
        Self { lambdas, activity, http_client }
    }

    /// All functions, by name.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Arc<Lambda>> {
        self.lambdas.values()
    }

    /// The function of this name.
    ///
    /// # Errors
    /// [`InvocationError::Unknown`], which lists the names there are.
    pub(crate) fn get(&self, name: &str) -> Result<&Arc<Lambda>, InvocationError> {
        self.lambdas.get(name).ok_or_else(|| {
            let known = self.lambdas.keys().copied().collect::<Vec<_>>().join(", ");
            InvocationError::Unknown { name: name.to_owned(), known }
        })
    }

    /// What is under way.
    pub(crate) fn activity(&self) -> &Activity {
        &self.activity
    }

    /// The stack's HTTP client for its AWS endpoint.
    pub(crate) fn http_client(&self) -> SharedHttpClient {
        self.http_client.clone()
    }

    /// Stops all invocations of a function that are under way; of an unknown one there are none.
    pub(crate) fn kill(&self, name: &str) {
        if let Some(lambda) = self.lambdas.get(name) {
            lambda.kill();
        }
    }
}
