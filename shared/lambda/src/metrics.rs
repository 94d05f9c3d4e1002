//! Metrics in CloudWatch's embedded metric format: a log line that CloudWatch reads as a metric.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html>

use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// The namespace of all of Maru's metrics.
const NAMESPACE: &str = "Maru";

static ON_LAMBDA: AtomicBool = AtomicBool::new(false);

/// From now on the measurements go to standard output.
pub(crate) fn start() {
    ON_LAMBDA.store(true, Ordering::Relaxed);
}

/// The unit of a metric, as CloudWatch names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A number of things.
    Count,
    /// A duration in milliseconds.
    Milliseconds,
}

impl Unit {
    const fn name(self) -> &'static str {
        match self {
            Self::Count => "Count",
            Self::Milliseconds => "Milliseconds",
        }
    }
}

/// Writes one measurement of several metrics under the same dimensions.
///
/// Dimensions must be of few values (a function, a feature): each combination is billed as a metric. Ids
/// belong into the log.
///
/// Under [`crate::bootstrap`] the line goes to standard output, where CloudWatch finds it; elsewhere it is a
/// log line of the level `debug`.
pub fn emit(now: Timestamp, dimensions: &[(&str, &str)], metrics: &[(&str, Unit, f64)]) {
    let line = line(now, dimensions, metrics);
    if !ON_LAMBDA.load(Ordering::Relaxed) {
        tracing::debug!(%line, "metric");
        return;
    }
    // The subscriber would wrap the line; the format has to stand at the top level of its own line.
    #[expect(clippy::print_stdout, reason = "standard output is the interface of this format")]
    {
        println!("{line}");
    }
}

fn line(now: Timestamp, dimensions: &[(&str, &str)], metrics: &[(&str, Unit, f64)]) -> Value {
    let names: Vec<&str> = dimensions.iter().map(|(name, _)| *name).collect();
    let definitions: Vec<Value> =
        metrics.iter().map(|(name, unit, _)| json!({ "Name": name, "Unit": unit.name() })).collect();
    let mut line = Map::new();
    line.insert(
        "_aws".to_owned(),
        json!({
            "Timestamp": now.as_millisecond(),
            "CloudWatchMetrics": [{ "Namespace": NAMESPACE, "Dimensions": [names], "Metrics": definitions }],
        }),
    );
    line.extend(dimensions.iter().map(|(name, value)| ((*name).to_owned(), json!(value))));
    line.extend(metrics.iter().map(|(name, _, value)| ((*name).to_owned(), json!(value))));
    Value::Object(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_its_dimensions_and_metrics_as_the_specification_asks() {
        let line = line(Timestamp::UNIX_EPOCH, &[("Feature", "x")], &[("Tokens", Unit::Count, 3.0)]);
        assert_eq!(
            line,
            json!({
                "_aws": { "Timestamp": 0, "CloudWatchMetrics": [{
                    "Namespace": "Maru",
                    "Dimensions": [["Feature"]],
                    "Metrics": [{ "Name": "Tokens", "Unit": "Count" }],
                }] },
                "Feature": "x",
                "Tokens": 3.0,
            })
        );
    }
}
