//! The worker dies at every one of its calls.

use maru_stack::crash::{CrashPlan, Moment};

use crate::subscribers::{books_agree, buys, finished, later, night, stands, times_charged, told};
use crate::{MEMBER, setup};

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_dies_at_any_call_charges_once_and_the_night_ends() {
    for moment in [Moment::Before, Moment::After] {
        for at_call in 1.. {
            let maru = setup().start().await;
            buys(&maru, MEMBER, "good").await;
            let crashes = &maru.stack.parts().crashes;
            let function = "on_renewal_due".to_owned();
            crashes.arm(CrashPlan { function, at_call, operation: None, moment });
            night(&maru, "2026-02-16").await;
            let hit = crashes.hit();
            // The message comes again, the lease is over, and the attempt is settled.
            for _ in 0..12 {
                later(&maru, 4).await;
            }
            // So is what it had to tell.
            maru.stack.run_scheduled("cron_relay_messages").await.unwrap();
            let name = format!("{moment:?} call {at_call}");
            assert_eq!(stands(&maru, MEMBER).await, ["PRO", "active", "2026-02-16", "2026-03-16"], "{name}");
            assert_eq!(times_charged(&maru, MEMBER).await, 2, "{name}");
            assert_eq!(told(&maru, MEMBER).await.len(), 2, "{name}");
            assert_eq!(finished(&maru).await, serde_json::json!([]), "{name}");
            books_agree(&maru, MEMBER).await;
            if !hit {
                assert!(at_call > 5, "a charge takes some calls");
                break;
            }
        }
    }
}
