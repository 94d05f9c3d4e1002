//! What runs: the functions and the queues, as the control endpoints list them.

use serde::Serialize;

use crate::runtime::Lambda;
use crate::stack::Parts;
use crate::template::{EventSource, FunctionResource};
use crate::websocket::ConnectionReport;

/// One function.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FunctionReport {
    /// Its name.
    pub name: String,
    /// What triggers it, for people: `GET /jobs/{id}`, `queue ReportQueue`, `cron(10 0 * * ? *)`.
    pub trigger: String,
    /// Invocations begun since the start.
    pub invocations: u64,
    /// Invocations that failed as a whole.
    pub errors: u64,
    /// The latest error, with its causes.
    pub last_error: Option<String>,
}

/// One queue.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct QueueReport {
    /// Its name.
    pub name: String,
    /// Messages that can be received.
    pub visible: usize,
    /// Messages that were received and are hidden.
    pub in_flight: usize,
    /// Messages whose delay is not over.
    pub delayed: usize,
}

impl Parts {
    /// What became of each function's invocations, by name.
    #[must_use]
    pub fn functions(&self) -> Vec<FunctionReport> {
        self.functions.all().map(|lambda| function_report(lambda)).collect()
    }

    /// The WebSocket connections that are there, the oldest first.
    #[must_use]
    pub fn connections(&self) -> Vec<ConnectionReport> {
        self.websockets.report()
    }

    /// How many messages each queue has, by name.
    #[must_use]
    pub fn queues(&self) -> Vec<QueueReport> {
        let report = |queue: &std::sync::Arc<crate::queues::Queue>| {
            let counts = queue.counts();
            QueueReport {
                name: queue.resource.name.clone(),
                visible: counts.visible,
                in_flight: counts.in_flight,
                delayed: counts.delayed,
            }
        };
        self.queues.all().map(report).collect()
    }
}

fn function_report(lambda: &Lambda) -> FunctionReport {
    let counts = lambda.counts.now();
    FunctionReport {
        name: lambda.name().to_owned(),
        trigger: trigger(&lambda.resource),
        invocations: counts.invocations,
        errors: counts.errors,
        last_error: counts.last_error,
    }
}

fn trigger(function: &FunctionResource) -> String {
    let url = function.url.as_ref().map(|url| format!("function URL {}", url.path));
    let events = function.events.iter().map(|event| match event {
        EventSource::Http { method, path } => format!("{method} {path}"),
        EventSource::Queue(source) => format!("queue {}", source.queue),
        EventSource::Rule(source) => {
            let kinds = source.pattern.get("detail-type").map(ToString::to_string).unwrap_or_default();
            format!("event {} {kinds}", source.bus).trim_end().to_owned()
        }
        EventSource::Schedule(source) => format!("{} {}", source.expression, source.timezone),
        EventSource::WebSocket { api, route } => format!("WebSocket {api} {route}"),
    });
    events.chain(url).collect::<Vec<_>>().join(", ")
}
