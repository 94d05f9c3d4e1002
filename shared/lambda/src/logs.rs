//! Logs: one JSON object a line, with the invocation's ids in each.
//!
//! Never logged: tokens, keys, names, e-mail addresses, texts of users, bodies of requests. Fields carry ids.

use std::error::Error;

use tracing::Instrument;

use crate::Invocation;

/// Starts logging to standard output, where Lambda collects it. `RUST_LOG` sets the level, `info` by default.
pub fn start() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    let format = tracing_subscriber::fmt().json().flatten_event(true).with_current_span(true);
    // A second start in one process keeps the first subscriber.
    let _already_started = format.with_span_list(false).with_env_filter(filter).try_init();
}

/// Runs `work` with the invocation's ids in each of its log lines.
pub(crate) async fn within<T>(invocation: &Invocation, work: impl Future<Output = T>) -> T {
    let span = tracing::info_span!(
        "invocation",
        function = invocation.function,
        request.id = invocation.request_id,
        trace.id = invocation.trace_id(),
    );
    work.instrument(span).await
}

/// An error and all its causes in one line. `Display` of an error of ours never repeats its source.
#[must_use]
pub fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
