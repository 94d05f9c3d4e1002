//! Writing down what messages tell.

use std::collections::BTreeSet;

use maru_stack::crash::{CrashPlan, Moment};
use maru_testing::Maru;
use serde_json::{Value, json};

use crate::{OWNER, comments, done, likes, list, mark, paid, pass, start, tell, told};

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_comes_five_times_is_told_once() {
    let maru = start().await;
    let like = ("m1", done(&maru, "LIKE", "usr_a"));
    let comment = ("m2", done(&maru, "COMMENT", "usr_a"));
    let messages: Vec<(&str, Value)> = (0..5).flat_map(|_| [like.clone(), comment.clone()]).collect();
    tell(&maru, &messages).await;
    let told = told(&maru).await;
    let kinds: BTreeSet<&str> = told.iter().map(|each| each["kind"].as_str().unwrap()).collect();
    assert_eq!((told.len(), kinds), (2, BTreeSet::from(["COMMENT", "LIKE"])));
    assert!(told.iter().all(|each| each["count"] == 1), "{told:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_comes_again_hours_later_is_still_known() {
    let maru = start().await;
    let like = [("m1", done(&maru, "LIKE", "usr_a"))];
    tell(&maru, &like).await;
    pass(&maru, 14 * 24 * 60 * 60);
    tell(&maru, &like).await;
    assert_eq!((told(&maru).await.len(), &told(&maru).await[0]["count"]), (1, &json!(1)));
}

#[tokio::test(flavor = "multi_thread")]
async fn likes_of_one_hour_are_one_and_the_next_hour_begins_another() {
    let maru = start().await;
    likes(&maru, "m1", "usr_a").await;
    pass(&maru, 3_599);
    likes(&maru, "m2", "usr_b").await;
    pass(&maru, 1);
    likes(&maru, "m3", "usr_c").await;
    let told = told(&maru).await;
    let counts: Vec<&Value> = told.iter().map(|each| &each["count"]).collect();
    assert_eq!(counts, [1, 2], "the newest first");
}

#[tokio::test(flavor = "multi_thread")]
async fn comments_are_one_each_and_other_resumes_have_hours_of_their_own() {
    let maru = start().await;
    comments(&maru, "m1", "usr_a").await;
    comments(&maru, "m2", "usr_a").await;
    likes(&maru, "m3", "usr_a").await;
    let mut other = done(&maru, "LIKE", "usr_a");
    other["resumeId"] = json!("res_2");
    tell(&maru, &[("m4", other)]).await;
    assert_eq!(told(&maru).await.len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_member_counts_once_in_an_hour_and_again_in_the_next() {
    let maru = start().await;
    likes(&maru, "m1", "usr_a").await;
    likes(&maru, "m2", "usr_a").await;
    assert_eq!(told(&maru).await[0]["count"], 1);
    pass(&maru, 3_600);
    likes(&maru, "m3", "usr_a").await;
    assert_eq!(told(&maru).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_told_of_their_own_act() {
    let maru = start().await;
    likes(&maru, "m1", OWNER).await;
    comments(&maru, "m2", OWNER).await;
    assert_eq!(told(&maru).await.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_in_the_wrong_order_make_no_second_notification() {
    let maru = start().await;
    let mut messages = Vec::new();
    for (id, actor) in [("m1", "usr_a"), ("m2", "usr_b"), ("m3", "usr_c")] {
        messages.insert(0, (id, done(&maru, "LIKE", actor)));
        pass(&maru, 600);
    }
    pass(&maru, 3_600);
    tell(&maru, &messages).await;
    let told = told(&maru).await;
    assert_eq!((told.len(), &told[0]["count"]), (1, &json!(3)));
}

#[tokio::test(flavor = "multi_thread")]
async fn forty_likes_at_once_are_one_notification_that_counts_them_all() {
    let maru = start().await;
    let actors: Vec<(String, String)> = (0..40).map(|n| (format!("m{n}"), format!("usr_{n}"))).collect();
    let messages: Vec<(&str, Value)> =
        actors.iter().map(|(id, actor)| (id.as_str(), done(&maru, "LIKE", actor))).collect();
    tell(&maru, &messages).await;
    let told = told(&maru).await;
    assert_eq!((told.len(), &told[0]["count"]), (1, &json!(40)));
    assert_eq!(list(&maru, "?unread=true").await, told);
}

/// One message of each kind that is about payments or the plan.
fn payments(maru: &Maru) -> Vec<(&'static str, Value)> {
    [
        ("m1", "PAYMENT_RECEIVED", json!({ "amount": 19_900, "paidThrough": "2026-02-14" })),
        ("m2", "PAYMENT_DECLINED", json!({ "amount": 19_900, "retryOn": "2026-02-16" })),
        ("m3", "PLAN_ENDED", json!({ "because": "GIVEN_UP_AT_KAKAOPAY" })),
        ("m4", "PAYMENT_REFUNDED", json!({ "amount": 19_900 })),
    ]
    .map(|(id, kind, said)| (id, paid(maru, kind, &said)))
    .into()
}

#[tokio::test(flavor = "multi_thread")]
async fn payments_are_told_one_each_and_once_however_often_their_messages_come() {
    let maru = start().await;
    let messages = payments(&maru);
    let again: Vec<(&str, Value)> = (0..3).flat_map(|_| messages.clone()).collect();
    tell(&maru, &again).await;
    pass(&maru, 14 * 24 * 60 * 60);
    tell(&maru, &messages).await;
    let told = told(&maru).await;
    let kinds: BTreeSet<&str> = told.iter().map(|each| each["kind"].as_str().unwrap()).collect();
    let all = ["PAYMENT_DECLINED", "PAYMENT_RECEIVED", "PAYMENT_REFUNDED", "PLAN_ENDED"];
    assert_eq!((told.len(), kinds), (4, BTreeSet::from(all)));
    assert_eq!(list(&maru, "?unread=true").await.len(), 4);
    let read = mark(&maru, OWNER, &told[0], true).await.expect(200);
    assert_eq!((&read["kind"], &read["read"]), (&told[0]["kind"], &json!(true)));
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_payments_of_one_moment_are_two_notifications() {
    let maru = start().await;
    let refund = paid(&maru, "PAYMENT_REFUNDED", &json!({ "amount": 9_900 }));
    tell(&maru, &[("m1", refund.clone()), ("m2", refund)]).await;
    assert_eq!(told(&maru).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_lacks_what_its_kind_says_is_told_to_nobody() {
    let maru = start().await;
    for (kind, said) in [
        ("PAYMENT_RECEIVED", json!({ "amount": 19_900 })),
        ("PLAN_ENDED", json!({ "because": "BORED" })),
        ("LIKE", json!({ "amount": 19_900 })),
        ("GREETING", json!({})),
    ] {
        tell(&maru, &[("m1", paid(&maru, kind, &said))]).await;
    }
    assert_eq!(told(&maru).await.len(), 0);
}

/// Whichever call is the last of an invocation that dies, the message comes again and is told once.
#[tokio::test(flavor = "multi_thread")]
async fn a_consumer_that_dies_at_any_call_tells_it_once() {
    for moment in [Moment::Before, Moment::After] {
        for at_call in 1.. {
            let maru = start().await;
            let crashes = &maru.stack.parts().crashes;
            let function = "on_notification_requested".to_owned();
            crashes.arm(CrashPlan { function, at_call, operation: None, moment });
            let refund = paid(&maru, "PAYMENT_REFUNDED", &json!({ "amount": 19_900 }));
            tell(&maru, &[("m1", done(&maru, "LIKE", "usr_a")), ("m2", refund)]).await;
            let hit = crashes.hit();
            // What the invocation had received is hidden for the queue's visibility.
            pass(&maru, 181);
            maru.settle().await;
            let told = told(&maru).await;
            let counts: i64 = told.iter().filter_map(|each| each["count"].as_i64()).sum();
            assert_eq!((told.len(), counts), (2, 1), "{moment:?} call {at_call}");
            if !hit {
                break;
            }
        }
    }
}
