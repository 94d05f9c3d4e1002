//! Schedules on the stack's clock.

use std::time::Duration;

use maru_stack::{RunError, Settled, Stack};
use serde_json::json;

use crate::{PATIENCE, options, start};

#[tokio::test]
async fn a_firing_on_demand_is_answered_when_all_it_set_off_is_done() {
    let (stack, lab) = start().await;
    let run = stack.run_scheduled("cron_night").await.unwrap();
    assert_eq!((run.answer, run.settled), (json!({ "sent": 1 }), Settled { later: 0 }));
    assert_eq!(lab.notes(), ["night 2026-01-01T00:00:00Z", "set off 1"]);
    assert!(matches!(stack.run_scheduled("echo").await, Err(RunError::NotScheduled(..))));
    assert!(matches!(stack.run_scheduled("nope").await, Err(RunError::Invocation(_))));
}

#[tokio::test]
async fn a_schedule_fires_when_its_time_comes_and_once_for_a_jump_over_several() {
    let (mut options, lab) = options();
    options.run_schedules = true;
    let stack = Stack::start(options).await.unwrap();
    let jump = async |hours: u64, notes: usize| {
        stack.clock().advance(Duration::from_secs(hours * 60 * 60));
        let fired = async {
            while lab.notes().len() < notes {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        tokio::time::timeout(PATIENCE, fired).await.unwrap();
        stack.settle(PATIENCE).await.unwrap();
    };
    // 00:10 in Seoul is 15:10 in UTC.
    jump(16, 2).await;
    jump(3 * 24, 4).await;
    let nights: Vec<_> = lab.notes().into_iter().filter(|note| note.starts_with("night")).collect();
    assert_eq!(nights, ["night 2026-01-01T15:10:00Z", "night 2026-01-04T15:10:00Z"]);
}
