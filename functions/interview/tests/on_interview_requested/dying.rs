//! A worker that dies anywhere leaves to the next what it has not shown yet.

use std::collections::BTreeSet;
use std::time::Duration;

use maru_stack::crash::{CrashPlan, Moment};

use crate::{BATCH, OWNER, SHOP, about, job_of, log_of, questions, seen, setup, shown, started};

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_dies_at_any_call_has_shown_nothing_twice_and_lost_nothing() {
    let mut crashes = 0;
    for (moment, contents) in [(Moment::Before, &[SHOP][..]), (Moment::After, &[SHOP, BATCH])] {
        for at_call in 1.. {
            let maru = setup().start().await;
            let function = "on_interview_requested".to_owned();
            maru.stack.parts().crashes.arm(CrashPlan { function, at_call, operation: None, moment });
            let link = started(&maru, OWNER, &about(contents)).await;
            maru.settle().await;
            if !maru.stack.parts().crashes.hit() {
                break;
            }
            crashes += 1;
            // Until the message of the job comes back, and what the outbox has is relayed.
            for _ in 0..2 {
                maru.stack.clock().advance(Duration::from_secs(721));
                maru.stack.run_scheduled("cron_relay_messages").await.unwrap();
                maru.settle().await;
            }
            let case = format!("{moment:?} call {at_call}");
            let job = job_of(&maru, &link).await;
            assert_eq!(job["status"], "succeeded", "{case}: {job:#}");
            let mut items = shown(&log_of(&maru, &link).await);
            items.sort_by_key(|question| question["id"].to_string());
            assert_eq!(items, questions(&job["result"]), "{case}");
            let texts: BTreeSet<String> = items.iter().map(|it| it["question"].to_string()).collect();
            let all = 3 * contents.len();
            assert_eq!((items.len(), texts.len()), (all, all), "{case}: {items:#?}");
            // A call whose outcome nobody knows is counted, and made once more at most.
            let sent = maru.stack.parts().bedrock.calls().len() as u64;
            let most = 2 * contents.len() as u64;
            assert!(job["usage"]["calls"].as_u64().unwrap() >= sent && sent <= most, "{case}: {sent}");
            assert_eq!(job["progress"]["done"], contents.len(), "{case}");
            let kept = seen(&maru, job["result"]["interviewId"].as_str().unwrap()).await.expect(200);
            assert_eq!(kept["questionCount"], all, "{case}");
        }
    }
    assert!(crashes > 20, "the worker makes many calls: {crashes}");
}

/// Lets the worker die at one of its next calls.
fn die(maru: &maru_testing::Maru, operation: &str, at_call: u32, moment: Moment) {
    let (function, operation) = ("on_interview_requested".to_owned(), Some(operation.to_owned()));
    maru.stack.parts().crashes.arm(CrashPlan { function, at_call, operation, moment });
}

/// Lets the lease end and the job be sent again.
async fn come_again(maru: &maru_testing::Maru) {
    maru.stack.clock().advance(Duration::from_secs(46));
    maru.stack.run_scheduled("cron_requeue_jobs").await.unwrap();
    maru.settle().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_kills_its_workers_ends_with_what_they_have_shown() {
    let maru = setup().start().await;
    // The first one sets tokens aside, asks, shows a question and dies; the others before they have asked a model.
    die(&maru, "TransactWriteItems", 3, Moment::After);
    let link = started(&maru, OWNER, &about(&[SHOP])).await;
    maru.settle().await;
    for _ in 0..5 {
        assert!(maru.stack.parts().crashes.hit());
        die(&maru, "ConverseStream", 1, Moment::Before);
        come_again(&maru).await;
    }
    maru.stack.parts().crashes.disarm();
    come_again(&maru).await;
    let job = job_of(&maru, &link).await;
    assert_eq!(job["status"], "partly_succeeded", "{job:#}");
    let shown = shown(&log_of(&maru, &link).await);
    assert!(shown.len() == 1, "{shown:#?}");
    assert_eq!(questions(&job["result"]).len(), shown.len());
    assert_eq!(job["result"]["sections"][0]["error"]["code"], "attempts_exhausted", "{job:#}");
}
