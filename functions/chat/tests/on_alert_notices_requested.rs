//! Telling the people of a province, page by page.

use std::time::Duration;

use jiff::SignedDuration;
use maru_province::Province;
use maru_stack::crash::{CrashPlan, Moment};
use maru_testing::kma::{Row, SEOUL, issued, time};

use crate::warned::{is_in, look, setup, told};

/// Members that stand in one part of a province's members, which goes by the sum of the bytes of their ids.
fn in_one_part(count: usize) -> Vec<String> {
    let sum = |id: &String| id.bytes().fold(0_u8, u8::wrapping_add) % 8;
    (0..).map(|number| format!("usr_{number:04}")).filter(|id| sum(id) == 0).take(count).collect()
}

/// How many calls of the function there are at least when a province has two pages of members: those of the first page,
/// with the request for the second, those of the second, and a look at each of the other parts.
const CALLS: u32 = 12 + 2 + 7;

#[tokio::test(flavor = "multi_thread")]
async fn all_pages_are_told_though_the_function_dies_at_any_call() {
    for moment in [Moment::Before, Moment::After] {
        let maru = setup().start().await;
        let members = in_one_part(105);
        for member in &members {
            is_in(&maru, member, Province::Seoul).await;
        }
        maru.kma().warnings([issued("2026-01-16T00:00", SEOUL, 2, 1)]);
        look(&maru).await;
        for at_call in 1_u32.. {
            // Another change each time: lower and higher in turn, as much later as the clock is.
            let at = time("2026-01-16T00:00").checked_add(SignedDuration::from_mins(6 * i64::from(at_call)));
            let level = u8::from(at_call.is_multiple_of(2));
            maru.kma().append(Row::changed(at.unwrap(), SEOUL.0, SEOUL.1, 2, level));
            let function = "on_alert_notices_requested".to_owned();
            let crashes = &maru.stack.parts().crashes;
            crashes.arm(CrashPlan { function, at_call, operation: None, moment });
            look(&maru).await;
            let hit = crashes.hit();
            crashes.disarm();
            // What the invocation had received is hidden for the queue's visibility.
            maru.stack.clock().advance(Duration::from_secs(361));
            maru.settle().await;
            for member in [&members[0], &members[99], &members[100], &members[104]] {
                let messages = usize::try_from(at_call).unwrap() + 1;
                assert_eq!(told(&maru, member).await.len(), messages, "{moment:?} call {at_call} {member}");
            }
            if !hit {
                assert!(at_call > CALLS, "only {at_call} calls");
                break;
            }
        }
    }
}
