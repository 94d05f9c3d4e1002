//! Logs: one JSON object a line, with the invocation's ids in each.
//!
//! Never logged: tokens, keys, names, e-mail addresses, texts of users, bodies of requests. Fields carry ids.

use std::error::Error;

use tracing::Instrument;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

use crate::Invocation;

/// Starts logging to standard output, where Lambda collects it. `RUST_LOG` sets the levels, such as
/// `info,aws_smithy_runtime=debug`; `info` by default. (The richer filters of the library would link a regex engine.)
pub fn start() {
    let levels = std::env::var("RUST_LOG").ok().and_then(|levels| levels.parse::<Targets>().ok());
    let levels = levels.unwrap_or_else(|| Targets::new().with_default(tracing::Level::INFO));
    let format = tracing_subscriber::fmt::layer().json().flatten_event(true).with_current_span(true);
    // A second start in one process keeps the first subscriber.
    let _already_started =
        tracing_subscriber::registry().with(format.with_span_list(false).with_filter(levels)).try_init();
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
