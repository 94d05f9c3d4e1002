//! The primary rate limits: so many requests an hour, so many searches a minute, for each account.
//!
//! Left out: the secondary limits, which only happen on demand
//! ([`FaultKind::SecondaryLimit`](crate::faults::FaultKind::SecondaryLimit)).

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::http::HeaderName;
use axum::response::Response;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::answer::{Found, set};
use super::caller::Caller;
use crate::clock::LocalClock;

/// What is counted apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Resource {
    Core,
    Search,
}

impl Resource {
    fn name(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Search => "search",
        }
    }

    /// Requests in a window, and the window's seconds.
    fn limit(self, caller: &Caller) -> (u64, i64) {
        match (self, caller) {
            (Self::Core, Caller::Known(..)) => (5_000, 3_600),
            (Self::Core, Caller::Anybody) => (60, 3_600),
            (Self::Search, Caller::Known(..)) => (30, 60),
            (Self::Search, Caller::Anybody) => (10, 60),
        }
    }
}

/// What is left of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Allowance {
    resource: Resource,
    limit: u64,
    used: u64,
    /// When the window ends, in seconds since 1970.
    reset: i64,
}

impl Allowance {
    /// Nothing, for so long from now on.
    pub(super) fn spent_until(now: Timestamp, left: Duration) -> Self {
        let left = i64::try_from(left.as_millis().div_ceil(1000)).unwrap_or(i64::MAX);
        Self {
            resource: Resource::Core,
            limit: 5_000,
            used: 5_000,
            reset: now.as_second().saturating_add(left),
        }
    }

    pub(super) fn is_spent(&self) -> bool {
        self.used >= self.limit
    }

    pub(super) fn headers(&self) -> Vec<(HeaderName, String)> {
        vec![
            (HeaderName::from_static("x-ratelimit-limit"), self.limit.to_string()),
            (HeaderName::from_static("x-ratelimit-remaining"), self.remaining().to_string()),
            (HeaderName::from_static("x-ratelimit-used"), self.used.to_string()),
            (HeaderName::from_static("x-ratelimit-reset"), self.reset.to_string()),
            (HeaderName::from_static("x-ratelimit-resource"), self.resource.name().to_owned()),
        ]
    }

    fn remaining(&self) -> u64 {
        self.limit.saturating_sub(self.used)
    }

    fn describe(&self) -> Value {
        json!({ "limit": self.limit, "used": self.used, "remaining": self.remaining(), "reset": self.reset })
    }
}

/// The windows of everybody.
#[derive(Debug)]
pub(in crate::github) struct Limits {
    clock: LocalClock,
    windows: Mutex<Windows>,
}

type Windows = BTreeMap<(Option<String>, Resource), Allowance>;

impl Limits {
    pub(in crate::github) fn new(clock: LocalClock) -> Self {
        Self { clock, windows: Mutex::default() }
    }

    /// What the caller has left.
    pub(super) fn look(&self, caller: &Caller, resource: Resource) -> Allowance {
        *self.window(&mut self.lock(), caller, resource)
    }

    /// The response with the limits' headers and the token's scopes; the request is counted if it `costs`.
    pub(super) fn sign(
        &self,
        mut response: Response,
        caller: &Caller,
        resource: Resource,
        costs: bool,
    ) -> Response {
        let allowance = {
            let mut windows = self.lock();
            let window = self.window(&mut windows, caller, resource);
            window.used = window.used.saturating_add(u64::from(costs)).min(window.limit);
            *window
        };
        for (name, value) in allowance.headers() {
            set(&mut response, name, &value);
        }
        if let Some(token) = caller.token() {
            set(&mut response, HeaderName::from_static("x-oauth-scopes"), &token.scopes.join(", "));
        }
        set(&mut response, HeaderName::from_static("x-github-media-type"), "github.v3; format=json");
        response
    }

    /// The answer of `/rate_limit`.
    pub(super) fn describe(&self, caller: &Caller) -> Found {
        let [core, search] =
            [Resource::Core, Resource::Search].map(|resource| self.look(caller, resource).describe());
        Found::json(json!({ "resources": { "core": core, "search": search }, "rate": core }))
    }

    fn window<'w>(&self, windows: &'w mut Windows, caller: &Caller, resource: Resource) -> &'w mut Allowance {
        let now = self.clock.now().as_second();
        let (limit, seconds) = resource.limit(caller);
        let fresh = Allowance { resource, limit, used: 0, reset: now.saturating_add(seconds) };
        let key = (caller.account().map(|account| account.login.clone()), resource);
        let window = windows.entry(key).or_insert(fresh);
        if window.reset <= now {
            *window = fresh;
        }
        window
    }

    fn lock(&self) -> MutexGuard<'_, Windows> {
        self.windows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
