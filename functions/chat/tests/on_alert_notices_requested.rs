//! Telling the people of a province, page by page.

use std::time::Duration;

use maru_province::Province;
use maru_stack::crash::{CrashPlan, Moment};
use maru_testing::kma::{SEOUL, issued};

use crate::warned::{is_in, look, setup, told};

/// Members that stand in one part of a province's members, which goes by the sum of the bytes of their ids.
fn in_one_part(count: usize) -> Vec<String> {
    let sum = |id: &String| id.bytes().fold(0_u8, u8::wrapping_add) % 8;
    (0..).map(|number| format!("usr_{number:04}")).filter(|id| sum(id) == 0).take(count).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn all_pages_are_told_though_the_function_dies_at_any_call() {
    for moment in [Moment::Before, Moment::After] {
        for at_call in [1, 2, 12, 13] {
            let maru = setup().start().await;
            let members = in_one_part(105);
            for member in &members {
                is_in(&maru, member, Province::Seoul).await;
            }
            maru.kma().warnings([issued("2026-01-16T00:00", SEOUL, 2, 0)]);
            let function = "on_alert_notices_requested".to_owned();
            let crashes = &maru.stack.parts().crashes;
            crashes.arm(CrashPlan { function, at_call, operation: None, moment });
            look(&maru).await;
            crashes.disarm();
            // What the invocation had received is hidden for the queue's visibility.
            maru.stack.clock().advance(Duration::from_secs(361));
            maru.settle().await;
            for member in [&members[0], &members[99], &members[100], &members[104]] {
                assert_eq!(told(&maru, member).await.len(), 1, "{moment:?} call {at_call} {member}");
            }
        }
    }
}
