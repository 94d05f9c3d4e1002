//! Nothing that fails is lost: it is tried again, then put aside, and somebody hears of it.

use std::time::Duration;

use maru_stack::template::{EventSource, QueueResource, Retry};
use serde_json::Value;

use crate::project::{resources, template};

fn queue(name: &str) -> &'static QueueResource {
    let found = template().queues.iter().find(|queue| queue.name == name);
    found.unwrap_or_else(|| panic!("the templates have no queue {name}"))
}

#[test]
fn a_consumer_of_a_queue_reports_the_messages_that_failed() {
    for function in &template().functions {
        for event in &function.events {
            let EventSource::Queue(source) = event else { continue };
            let id = &function.logical_id;
            assert!(
                source.reports_failures,
                "give the SQS event of {id} FunctionResponseTypes: [ReportBatchItemFailures]"
            );
        }
    }
}

#[test]
fn a_message_stays_hidden_for_six_timeouts_of_its_consumer() {
    for function in &template().functions {
        for event in &function.events {
            let EventSource::Queue(source) = event else { continue };
            // Lambda developer guide, "Configuring a queue to use with Lambda".
            let least: Duration = function.timeout * 6;
            let given = queue(&source.queue).visibility;
            assert!(
                given >= least,
                "{}: VisibilityTimeout is {given:?}, must be at least {least:?}",
                source.queue
            );
        }
    }
}

#[test]
fn a_queue_with_a_consumer_has_a_dead_letter_queue() {
    for function in &template().functions {
        for event in &function.events {
            let EventSource::Queue(source) = event else { continue };
            let redrive = queue(&source.queue).redrive.as_ref();
            let redrive = redrive.unwrap_or_else(|| panic!("give {} a RedrivePolicy", source.queue));
            queue(&redrive.queue);
        }
    }
}

#[test]
fn a_rule_or_schedule_tries_again_and_then_puts_the_event_aside() {
    for function in &template().functions {
        for event in &function.events {
            let retry: &Retry = match event {
                EventSource::Rule(source) => &source.retry,
                EventSource::Schedule(source) => &source.retry,
                // Of a WebSocket nothing comes again: API Gateway does not try twice.
                EventSource::Http { .. } | EventSource::Queue(_) | EventSource::WebSocket { .. } => continue,
            };
            let id = &function.logical_id;
            assert!(retry.maximum_attempts.is_some(), "give the event of {id} a RetryPolicy");
            let letters = retry.dead_letter_queue.as_ref();
            queue(letters.unwrap_or_else(|| panic!("give the event of {id} a DeadLetterConfig")));
            // The retry policy is about handing the event over; what happens when the function fails is Lambda's.
            let failed = function.on_failure.queue.as_ref();
            queue(
                failed.unwrap_or_else(|| {
                    panic!("give {id} an EventInvokeConfig with an OnFailure destination")
                }),
            );
        }
    }
}

#[test]
fn somebody_hears_of_dead_letters_and_of_old_messages() {
    let consumed = template().functions.iter().flat_map(|function| &function.events);
    let consumed: Vec<&QueueResource> = consumed
        .filter_map(|event| match event {
            EventSource::Queue(source) => Some(queue(&source.queue)),
            _ => None,
        })
        .collect();
    for queue in &template().queues {
        let id = &queue.logical_id;
        let metric = if consumed.iter().any(|consumed| consumed.name == queue.name) {
            "ApproximateAgeOfOldestMessage"
        } else {
            "ApproximateNumberOfMessagesVisible"
        };
        assert!(has_alarm(metric, id), "add {id}'s {metric} to an alarm of its domain");
    }
}

/// Whether an alarm that somebody hears watches the metric of the queue.
fn has_alarm(metric: &str, queue_id: &str) -> bool {
    let all = resources().as_object().into_iter().flatten().map(|(_, resource)| resource);
    let alarms = all.filter(|resource| resource["Type"] == "AWS::CloudWatch::Alarm");
    let heard = alarms.filter(|alarm| !alarm["Properties"]["AlarmActions"].is_null());
    heard.flat_map(metrics).any(|watched| {
        watched["MetricName"] == metric
            && watched["Dimensions"][0]["Value"] == format!("{queue_id}.QueueName")
    })
}

/// The metrics of an alarm: one of its own, or those of its expression.
fn metrics(alarm: &Value) -> Vec<&Value> {
    let properties = &alarm["Properties"];
    let of_expression = properties["Metrics"].as_array().into_iter().flatten();
    of_expression.map(|metric| &metric["MetricStat"]["Metric"]).chain([properties]).collect()
}
