//! Starting, stopping, permissions and crashes.

use std::time::{Duration, Instant};

use axum::{Router, routing::get};
use maru_stack::crash::{CrashPlan, Moment};
use maru_stack::{BuildSandbox, Given, Sandbox, Settled, Stack, StackError};

use crate::functions::work;
use crate::{PATIENCE, options, start};

#[tokio::test]
async fn a_stack_starts_fast_enough_for_every_test_to_have_its_own() {
    let mut fastest = Duration::MAX;
    for _ in 0..5 {
        let started = Instant::now();
        drop(start().await);
        fastest = fastest.min(started.elapsed());
    }
    assert!(fastest < Duration::from_millis(500), "{fastest:?}");
}

#[tokio::test]
async fn a_variable_that_is_missing_is_said_at_the_start() {
    let (mut options, _) = options();
    options.templates[0] = options.templates[0].replace("WORK_QUEUE_URL: !Ref WorkQueue", "OTHER: x");
    let Err(StackError::Function { function, source }) = Stack::start(options).await else { panic!() };
    assert_eq!(function, "cron_night");
    assert!(source.to_string().contains("WORK_QUEUE_URL"));
}

#[tokio::test]
async fn what_the_policy_does_not_allow_is_denied() {
    let (mut options, lab) = options();
    options.templates[0] = options.templates[0].replace("sqs:SendMessage", "sqs:DeleteMessage");
    let stack = Stack::start(options).await.unwrap();
    assert!(stack.run_scheduled("cron_night").await.is_err());
    let refusals = stack.parts().access.refusals();
    assert_eq!(
        (refusals[0].function.as_str(), refusals[0].action.as_str()),
        ("cron_night", "sqs:SendMessage")
    );
    assert!(!lab.notes().iter().any(|note| note.starts_with("set off")));
}

#[tokio::test]
async fn an_invocation_that_crashes_after_a_call_has_done_it_and_is_tried_again() {
    let (stack, lab) = start().await;
    let plan = CrashPlan {
        function: "cron_night".to_owned(),
        at_call: 1,
        operation: Some("SendMessage".to_owned()),
        moment: Moment::After,
    };
    stack.parts().crashes.arm(plan);
    stack.run_scheduled("cron_night").await.unwrap();
    assert!(stack.parts().crashes.hit());
    let sent = lab.notes().iter().filter(|note| note.starts_with("set off")).count();
    assert_eq!(sent, 2, "the crashed attempt's message and the second attempt's");
}

#[tokio::test]
async fn a_sandbox_is_served_where_its_parameter_says_and_a_page_beside_the_routes() {
    let hello = || Router::new().route("/hello", get(|| async { "hello" }));
    let (mut options, _) = options();
    let build: BuildSandbox = Box::new(move |_, _| hello());
    options.sandboxes.push(Sandbox {
        name: "partner",
        parameters: vec![("PartnerUrl", Given::Url(""))],
        secrets: Vec::new(),
        build,
    });
    options.page = Some(hello());
    let stack = Stack::start(options).await.unwrap();
    let guarded = stack.parts().template.function("guarded").unwrap();
    for base in [guarded.variables["PARTNER_URL"].as_str(), stack.url()] {
        let answer = reqwest::get(format!("{base}/hello")).await.unwrap();
        assert_eq!(answer.text().await.unwrap(), "hello", "{base}");
    }
}

#[tokio::test]
async fn messages_survive_a_restart_and_the_clock_starts_where_it_is_told() {
    let state = tempfile::tempdir().unwrap();
    let (mut options, _) = crate::options();
    options.state = Some(state.path().to_owned());
    let stack = Stack::start(options).await.unwrap();
    let client = aws_sdk_sqs::Client::new(&stack.sdk_config());
    let url = client.get_queue_url().queue_name("WorkQueue").send().await.unwrap().queue_url.unwrap();
    let send = client.send_message().queue_url(url).message_body(work("delayed", 0)).delay_seconds(60);
    send.send().await.unwrap();
    stack.stop().await.unwrap();

    let (mut options, lab) = crate::options();
    options.state = Some(state.path().to_owned());
    let stack = Stack::start(options).await.unwrap();
    assert_eq!(stack.settle(PATIENCE).await, Ok(Settled { later: 1 }));
    stack.clock().advance(Duration::from_secs(60));
    assert_eq!(stack.settle(PATIENCE).await, Ok(Settled { later: 0 }));
    assert_eq!(lab.notes(), ["delayed 1"]);
}
