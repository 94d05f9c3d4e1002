//! `cron_settle_refunds`.

use maru_stack::faults::FaultKind;
use serde_json::json;

use crate::accountants::{comes_after, given_back, goes_wrong, money_agrees, refund, refund_states};
use crate::subscribers::{buys, told};
use crate::{MEMBER, setup};

const FUNCTION: &str = "cron_settle_refunds";

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_that_nobody_knows_is_found_out_once_kakaopay_answers() {
    for (kind, moved, state) in [(FaultKind::LostAnswer, 5_000, "done"), (FaultKind::Error, 0, "refused")] {
        let maru = setup().start().await;
        let order = buys(&maru, MEMBER, "good").await;
        goes_wrong(&maru, "cancel", kind, 1);
        // The look-up at once, and that of the first run.
        goes_wrong(&maru, "order", FaultKind::Error, 4);
        refund(&maru, &order, Some(5_000)).await.expect(202);
        assert_eq!(comes_after(&maru, FUNCTION, 1).await, json!({ "looked_up": 0, "unknown": 0 }));
        assert_eq!(comes_after(&maru, FUNCTION, 15).await, json!({ "looked_up": 1, "unknown": 1 }));
        assert_eq!(refund_states(&maru, MEMBER).await, ["unknown"]);
        assert_eq!(comes_after(&maru, FUNCTION, 10).await, json!({ "looked_up": 1, "unknown": 0 }));
        assert_eq!(
            (refund_states(&maru, MEMBER).await, given_back(&maru, MEMBER).await),
            (vec![state.into()], moved)
        );
        money_agrees(&maru).await;
        assert_eq!(told(&maru, MEMBER).await.len(), if moved > 0 { 2 } else { 1 });
        assert_eq!(comes_after(&maru, FUNCTION, 60).await, json!({ "looked_up": 0, "unknown": 0 }));
        assert_eq!(maru.stack.parts().access.refusals(), []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_that_could_not_be_looked_up_is_one() {
    let maru = setup().start().await;
    let order = buys(&maru, MEMBER, "good").await;
    goes_wrong(&maru, "cancel", FaultKind::Refusal(-781), 1);
    goes_wrong(&maru, "order", FaultKind::Error, 2);
    refund(&maru, &order, None).await.expect(202);
    assert_eq!(comes_after(&maru, FUNCTION, 1).await["looked_up"], 1);
    assert_eq!(
        (refund_states(&maru, MEMBER).await, given_back(&maru, MEMBER).await),
        (vec!["refused".into()], 0)
    );
}
