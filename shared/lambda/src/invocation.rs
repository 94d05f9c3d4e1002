//! The one invocation that the current task works for: its id, its trace, and how long it may take.

use std::time::Duration;

use jiff::Timestamp;

use crate::Clock;

/// So long before Lambda stops the function a handler is given up: the caller gets the function's own answer and not
/// the gateway's.
const LAST_WORD: Duration = Duration::from_millis(500);

tokio::task_local! {
    static CURRENT: Invocation;
}

/// One invocation of one function.
#[derive(Clone, Debug)]
pub struct Invocation {
    /// The function's name.
    pub function: &'static str,
    /// The Lambda request id.
    pub request_id: String,
    /// The W3C `traceparent` of what caused this invocation, or a new one.
    pub traceparent: String,
    /// When Lambda will stop the function.
    pub deadline: Timestamp,
}

/// A handler that waits for something that does not answer.
#[derive(Debug, thiserror::Error)]
#[error("the handler did not end within {0:?}")]
pub(crate) struct OutOfTime(Duration);

impl Invocation {
    /// A new invocation; `trace` is a `traceparent` or an X-Ray `Root=…;Parent=…;Sampled=…` header.
    #[must_use]
    pub fn new(
        function: &'static str,
        request_id: impl Into<String>,
        trace: Option<&str>,
        deadline: Timestamp,
    ) -> Self {
        let traceparent = trace.and_then(parse_trace).unwrap_or_else(new_trace);
        Self { function, request_id: request_id.into(), traceparent, deadline }
    }

    /// The invocation that the current task works for, if any.
    #[must_use]
    pub fn current() -> Option<Self> {
        CURRENT.try_with(Clone::clone).ok()
    }

    /// How much time is left at `now`.
    #[must_use]
    pub fn remaining(&self, now: Timestamp) -> Duration {
        Duration::try_from(self.deadline - now).unwrap_or_default()
    }

    /// What `work` gives, if it ends so early that there is time left for an answer.
    pub(crate) async fn in_time<T>(
        &self,
        clock: &Clock,
        work: impl Future<Output = T>,
    ) -> Result<T, OutOfTime> {
        let patience = self.remaining(clock.now()).saturating_sub(LAST_WORD);
        tokio::time::timeout(patience, work).await.map_err(|_| OutOfTime(patience))
    }

    /// The same invocation, continuing the trace of the message that it handles.
    #[must_use]
    pub fn caused_by(&self, trace: Option<&str>) -> Self {
        let traceparent = trace.and_then(parse_trace).unwrap_or_else(|| self.traceparent.clone());
        Self { traceparent, ..self.clone() }
    }

    /// The 32 hexadecimal digits of the trace id, for logs.
    #[must_use]
    pub fn trace_id(&self) -> &str {
        self.traceparent.get(3..35).unwrap_or_default()
    }

    /// Runs `work` as part of this invocation.
    pub async fn scope<T>(self, work: impl Future<Output = T>) -> T {
        CURRENT.scope(self, work).await
    }
}

/// Reads a W3C traceparent (Trace Context §3.2) or an X-Ray tracing header as a traceparent.
fn parse_trace(header: &str) -> Option<String> {
    if is_traceparent(header) {
        return Some(header.to_owned());
    }
    let field =
        |name: &str| header.split(';').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='));
    // `Root=1-<8 hex: time>-<24 hex>` holds the 32 digits of the trace id.
    let trace = field("Root")?.strip_prefix("1-")?.replace('-', "");
    let parent = field("Parent").map_or_else(|| hexadecimal(rand::random()), str::to_owned);
    let sampled = if field("Sampled") == Some("0") { "00" } else { "01" };
    let traceparent = format!("00-{trace}-{parent}-{sampled}");
    is_traceparent(&traceparent).then_some(traceparent)
}

fn is_traceparent(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    lengths == [2, 32, 16, 2] && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

fn new_trace() -> String {
    format!(
        "00-{}{}-{}-01",
        hexadecimal(rand::random()),
        hexadecimal(rand::random()),
        hexadecimal(rand::random())
    )
}

fn hexadecimal(number: u64) -> String {
    format!("{number:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_xray_header_becomes_a_traceparent() {
        let header = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
        assert_eq!(
            parse_trace(header).as_deref(),
            Some("00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01")
        );
    }

    #[test]
    fn a_traceparent_passes_and_nonsense_starts_a_new_trace() {
        let given = "00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-00";
        assert_eq!(parse_trace(given).as_deref(), Some(given));
        for nonsense in ["", "Root=1-x", "00-é-1-01", "a-b-c-d"] {
            assert_eq!(parse_trace(nonsense), None, "{nonsense}");
        }
        assert!(is_traceparent(&new_trace()));
    }
}
