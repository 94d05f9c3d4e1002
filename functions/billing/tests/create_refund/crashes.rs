//! The function dies at every one of its calls.

use std::time::Duration;

use maru_stack::crash::{CrashPlan, Moment};

use crate::accountants::{comes_after, given_back, money_agrees, refund, refund_under};
use crate::subscribers::{buys, told};
use crate::{MEMBER, setup};

#[tokio::test(flavor = "multi_thread")]
async fn one_that_dies_at_any_call_gives_nothing_back_twice_and_leaves_nothing_open() {
    for moment in [Moment::Before, Moment::After] {
        for at_call in 1.. {
            let maru = setup().start().await;
            let order = buys(&maru, MEMBER, "good").await;
            let crashes = &maru.stack.parts().crashes;
            crashes.arm(CrashPlan { function: "create_refund".to_owned(), at_call, operation: None, moment });
            refund_under(&maru, &order, Some(5_000), "k").await;
            let hit = crashes.hit();
            crashes.disarm();
            // The client asks again, once the first is known to be dead.
            maru.stack.clock().advance(Duration::from_secs(40));
            let again = refund_under(&maru, &order, Some(5_000), "k").await;
            let name = format!("{moment:?} call {at_call}: {again:#?}");
            assert!([201, 202].contains(&again.status), "{name}");
            for _ in 0..6 {
                comes_after(&maru, "cron_settle_refunds", 5).await;
            }
            assert!([0, 5_000].contains(&given_back(&maru, MEMBER).await), "{name}");
            if again.status == 201 {
                assert_eq!(given_back(&maru, MEMBER).await, 5_000, "{name}");
            }
            money_agrees(&maru).await;
            refund(&maru, &order, None).await.expect(201);
            assert_eq!(given_back(&maru, MEMBER).await, 19_900, "{name}");
            maru.stack.run_scheduled("cron_relay_messages").await.unwrap();
            assert!(told(&maru, MEMBER).await.len() >= 2, "{name}");
            money_agrees(&maru).await;
            if !hit {
                assert!(at_call > 6, "a refund takes some calls");
                break;
            }
        }
    }
}
