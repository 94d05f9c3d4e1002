//! A like whose function dies at any of its calls: the client sends it again, and the sweep comes by.

use std::time::Duration;

use maru_stack::crash::{CrashPlan, Moment};
use maru_testing::Maru;
use serde_json::json;

use crate::publishing::{Resume, publish};
use crate::{followed_up, ids, like, setup, told, view};

async fn two_resumes() -> Maru {
    let maru = setup().start().await;
    for id in ["res_1", "res_2"] {
        publish(&maru, &Resume::new(id, "usr_owner")).await;
    }
    maru
}

/// Lets what comes every minute come: what was left behind is older than that then.
async fn a_minute_passes(maru: &Maru) {
    maru.stack.clock().advance(Duration::from_secs(61));
    maru.stack.run_scheduled("cron_follow_up_activity").await.unwrap();
    followed_up(maru).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_like_that_dies_at_any_call_counts_once_is_told_once_and_is_ranked() {
    for moment in [Moment::Before, Moment::After] {
        for at_call in 1.. {
            let maru = two_resumes().await;
            let crashes = &maru.stack.parts().crashes;
            let function = "like_resume".to_owned();
            crashes.arm(CrashPlan { function, at_call, operation: None, moment });
            let first = like(&maru, "usr_a", "res_1").await;
            let hit = crashes.hit();
            crashes.disarm();
            assert_eq!(first.status == 200, !hit, "{first:#?}");
            assert_eq!(like(&maru, "usr_a", "res_1").await.expect(200), json!({ "liked": true, "likes": 1 }));
            a_minute_passes(&maru).await;
            let told = told(&maru, "usr_owner").await;
            assert_eq!((told.len(), &told[0]["count"]), (1, &json!(1)), "{moment:?} call {at_call}");
            let by_likes = ids(&maru.get("/hub/resumes?sort=likes", "").await.expect(200));
            assert_eq!(by_likes, ["res_1", "res_2"], "{moment:?} call {at_call}");
            assert_eq!(view(&maru, "usr_b", "res_1").await["likes"], 1);
            if !hit {
                break;
            }
        }
    }
}

/// Whatever the consumer did not do is done when the message comes again.
#[tokio::test(flavor = "multi_thread")]
async fn what_follows_is_done_once_though_its_function_dies_at_any_call() {
    for moment in [Moment::Before, Moment::After] {
        for at_call in 1.. {
            let maru = two_resumes().await;
            let crashes = &maru.stack.parts().crashes;
            let function = "on_activity_recorded".to_owned();
            crashes.arm(CrashPlan { function, at_call, operation: None, moment });
            like(&maru, "usr_a", "res_1").await.expect(200);
            followed_up(&maru).await;
            let hit = crashes.hit();
            // What the invocation had received is hidden for the queue's visibility.
            maru.stack.clock().advance(Duration::from_secs(181));
            followed_up(&maru).await;
            let told = told(&maru, "usr_owner").await;
            assert_eq!((told.len(), &told[0]["count"]), (1, &json!(1)), "{moment:?} call {at_call}");
            let by_likes = ids(&maru.get("/hub/resumes?sort=likes", "").await.expect(200));
            assert_eq!(by_likes, ["res_1", "res_2"], "{moment:?} call {at_call}");
            if !hit {
                break;
            }
        }
    }
}
