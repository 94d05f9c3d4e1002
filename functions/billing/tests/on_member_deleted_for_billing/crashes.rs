//! The function dies at every one of its calls.

use maru_stack::crash::{CrashPlan, Moment};
use serde_json::json;

use crate::accountants::comes_after;
use crate::members_who_leave::{event, expect_erased, record};
use crate::subscribers::{buys, later, night, times_charged};
use crate::{MEMBER, setup};

const FUNCTION: &str = "on_member_deleted_for_billing";

#[tokio::test(flavor = "multi_thread")]
async fn one_that_dies_at_any_call_leaves_the_rest_to_the_next_run() {
    for at_call in 1.. {
        let maru = setup().start().await;
        buys(&maru, MEMBER, "good").await;
        let (function, moment) = (FUNCTION.to_owned(), Moment::After);
        maru.stack.parts().crashes.arm(CrashPlan { function, at_call, operation: None, moment });
        let died = maru.stack.invoke(FUNCTION, event(MEMBER)).await.is_err();
        maru.stack.parts().crashes.disarm();
        if !died {
            assert!(at_call > 15, "an erasure takes many calls: {at_call}");
            break;
        }
        if at_call == 1 {
            // Nothing but that it is to be done is stored; the event comes again.
            maru.stack.invoke(FUNCTION, event(MEMBER)).await.unwrap();
        }
        comes_after(&maru, "cron_finish_erasures", 6).await;
        maru.stack.run_scheduled("cron_relay_messages").await.unwrap();
        later(&maru, 1).await;
        let case = format!("call {at_call}");
        expect_erased(&maru, &case).await;
        assert_eq!(record(&maru, MEMBER).await.unwrap()[0], json!(1), "{case}");
        night(&maru, "2026-02-16").await;
        assert_eq!(times_charged(&maru, MEMBER).await, 1, "{case}");
    }
}
