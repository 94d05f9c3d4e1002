//! Asking again for what follows where nobody asked.

use std::time::Duration;

use maru_stack::faults::{Fault, FaultKind, FaultTarget};

use crate::publishing::{Resume, publish};
use crate::{ids, like, setup, told};

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_could_ask_for_is_done_a_minute_later() {
    let maru = setup().start().await;
    for id in ["res_1", "res_2"] {
        publish(&maru, &Resume::new(id, "usr_owner")).await;
    }
    let faults = &maru.stack.parts().faults;
    faults.push(Fault::new(FaultTarget::Queue, FaultKind::Error, 100).of_operation("SendMessage"));
    like(&maru, "usr_a", "res_1").await.expect(200);
    faults.clear();
    let by_likes = async || ids(&maru.get("/hub/resumes?sort=likes", "").await.expect(200));
    let fire = async |seconds| {
        maru.stack.clock().advance(Duration::from_secs(seconds));
        let answer = maru.stack.run_scheduled("cron_follow_up_activity").await.unwrap().answer;
        crate::followed_up(&maru).await;
        answer["overdue"].clone()
    };
    assert_eq!(fire(29).await, 0, "its message may still be on its way");
    assert_eq!(by_likes().await, ["res_2", "res_1"]);
    assert_eq!(fire(31).await, 1);
    assert_eq!(by_likes().await, ["res_1", "res_2"]);
    assert_eq!(told(&maru, "usr_owner").await.len(), 1);
    assert_eq!(fire(60).await, 0);
}
