//! The function dies at any of its calls.

use maru_stack::crash::{CrashPlan, Moment};
use maru_testing::Maru;

use crate::checkouts::{agreed, arrives, buys_and_is_told, pays, settles_after, states};
use crate::subscribers::stands;
use crate::{MEMBER, setup};

/// What comes every minute comes: once the lease is over, and once no request can be under way any more.
async fn settled(maru: &Maru) {
    for minutes in [2, 16] {
        settles_after(maru, minutes).await;
    }
}

async fn dies_everywhere(moment: Moment) {
    for at_call in 1.. {
        let maru = setup().start().await;
        let back = pays(&maru, MEMBER, "good").await;
        let (function, operation) = ("complete_kakaopay_approve".to_owned(), None);
        maru.stack.parts().crashes.arm(CrashPlan { function, at_call, operation, moment });
        let _ = maru.get(back.strip_prefix(maru.stack.url()).unwrap(), "").await;
        if !maru.stack.parts().crashes.hit() {
            assert!(at_call > 8, "it makes many calls: {at_call}");
            break;
        }
        let case = format!("call {at_call}, {moment:?}");
        settled(&maru).await;
        let paid = agreed(&maru).await;
        let [plan, ..] = stands(&maru, MEMBER).await;
        assert_eq!(plan, if paid == 1 { "PRO" } else { "FREE" }, "{case}");
        let states = states(&maru).await;
        // Either the claim was never made, or it was settled.
        let expected = if paid == 1 { ["paid"].as_slice() } else { &["ready", "failed"] };
        assert!(expected.contains(&states[0].as_str()), "{case}: {states:?}");
        let word = arrives(&maru, &back).await;
        assert!(["paid", "failed", "expired"].contains(&word.as_str()), "{case}: {word}");
        if paid == 0 {
            assert_eq!(buys_and_is_told(&maru, MEMBER, "good").await, "paid", "{case}");
        }
        assert_eq!(agreed(&maru).await, 1, "{case}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_function_that_dies_before_any_of_its_calls_leaves_what_can_be_settled() {
    dies_everywhere(Moment::Before).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_function_that_dies_after_any_of_its_calls_leaves_what_can_be_settled() {
    dies_everywhere(Moment::After).await;
}
