//! A look that dies at any of its calls, between a write and the word of it, too.

use std::time::Duration;

use maru_province::Province;
use maru_stack::crash::Moment;
use maru_testing::kma::{BUSAN, SEOUL, issued};

use crate::warned::{dying_look, is_in, look, names, setup, told};

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_look_that_dies_left_undone_is_done_once() {
    for moment in [Moment::Before, Moment::After] {
        for at_call in 1.. {
            let maru = setup().start().await;
            is_in(&maru, "usr_seoul", Province::Seoul).await;
            is_in(&maru, "usr_busan", Province::Busan).await;
            maru.kma()
                .warnings([issued("2026-01-16T00:00", SEOUL, 2, 0), issued("2026-01-16T00:00", BUSAN, 2, 0)]);
            let hit = dying_look(&maru, at_call, moment).await;
            look(&maru).await;
            // What was written and not said is said by the relay.
            maru.stack.clock().advance(Duration::from_secs(61));
            maru.stack.run_scheduled("cron_relay_messages").await.unwrap();
            maru.settle().await;
            assert_eq!(names(&maru).await.len(), 2, "{moment:?} call {at_call}");
            for member in ["usr_seoul", "usr_busan"] {
                assert_eq!(told(&maru, member).await.len(), 1, "{moment:?} call {at_call}");
            }
            if !hit {
                break;
            }
        }
    }
}
