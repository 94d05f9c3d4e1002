//! KakaoPay says no, or was not asked: no money moved.

use maru_stack::faults::{Fault, FaultKind, FaultTarget};

use crate::checkouts::{agreed, approvals_suffer, arrives, buys_and_is_told, pays, states};
use crate::subscribers::{stands, told};
use crate::{MEMBER, setup};

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_is_declined_is_said_each_time_and_another_one_can_pay() {
    let maru = setup().start().await;
    for card in ["declined", "over_limit"] {
        let back = pays(&maru, MEMBER, card).await;
        for _ in 0..2 {
            assert_eq!(arrives(&maru, &back).await, "declined", "{card}");
        }
    }
    assert_eq!(agreed(&maru).await, 0);
    assert_eq!(stands(&maru, MEMBER).await[0], "FREE");
    assert!(told(&maru, MEMBER).await.is_empty());
    assert_eq!(buys_and_is_told(&maru, MEMBER, "good").await, "paid");
    assert_eq!(agreed(&maru).await, 1);
}

/// What KakaoPay refuses without having looked at the means of payment may be asked for again.
#[tokio::test(flavor = "multi_thread")]
async fn after_a_refusal_the_order_is_as_good_as_before() {
    let maru = setup().start().await;
    let back = pays(&maru, MEMBER, "good").await;
    for (code, word) in
        [(-780, "declined"), (-797, "declined"), (-752, "declined"), (-799, "failed"), (-723, "expired")]
    {
        approvals_suffer(&maru, FaultKind::Refusal(code));
        assert_eq!(arrives(&maru, &back).await, word, "{code}");
        assert_eq!((agreed(&maru).await, states(&maru).await), (0, vec!["ready".to_owned()]));
    }
    assert_eq!(arrives(&maru, &back).await, "paid");
    assert_eq!(agreed(&maru).await, 1);
}

/// The secret key cannot be read, so there is nothing that could be sent.
#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_never_left_is_a_failure_and_can_be_repeated() {
    let maru = setup().start().await;
    let back = pays(&maru, MEMBER, "good").await;
    // The key of the states is known from here on, KakaoPay's is not.
    assert_eq!(arrives(&maru, &format!("{}?state=x", back.split('?').next().unwrap())).await, "invalid");
    maru.stack.parts().faults.push(Fault::new(FaultTarget::Parameters, FaultKind::Error, u32::MAX));
    assert_eq!(arrives(&maru, &back).await, "failed");
    assert_eq!((agreed(&maru).await, states(&maru).await), (0, vec!["ready".to_owned()]));
    maru.stack.parts().faults.clear();
    assert_eq!(arrives(&maru, &back).await, "paid");
    assert_eq!(agreed(&maru).await, 1);
}

/// Nothing is asked for before it is known whose order it is.
#[tokio::test(flavor = "multi_thread")]
async fn without_the_key_of_the_states_nothing_is_approved() {
    let maru = setup().start().await;
    let back = pays(&maru, MEMBER, "good").await;
    maru.stack.parts().faults.push(Fault::new(FaultTarget::Parameters, FaultKind::Error, u32::MAX));
    maru.get(back.strip_prefix(maru.stack.url()).unwrap(), "").await.expect_problem(503, "unavailable");
    maru.stack.parts().faults.clear();
    assert_eq!(arrives(&maru, &back).await, "paid");
}
