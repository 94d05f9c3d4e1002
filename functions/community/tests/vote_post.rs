//! `PUT /posts/{postId}/vote`.

use futures::future::join_all;
use maru_stack::crash::{CrashPlan, Moment};
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_testing::Maru;
use reqwest::Method;
use serde_json::json;

use crate::people::{expect_members_only, id, leaves, post_at, read, send, side_by_side, town, vote, votes};

async fn with_post() -> (Maru, String) {
    let maru = town().await;
    let post = id(&post_at(&maru, "usr_author", (37.5, 127.0)).await);
    (maru, post)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_has_one_vote_and_can_change_it() {
    let (maru, post) = with_post().await;
    for (choice, up, down) in [
        ("up", 1, 0),
        ("up", 1, 0),
        ("down", 0, 1),
        ("none", 0, 0),
        ("none", 0, 0),
        ("down", 0, 1),
        ("up", 1, 0),
    ] {
        let answer = vote(&maru, "usr_a", &post, choice).await.expect(200);
        assert_eq!(answer, json!({ "vote": choice, "up": up, "down": down }));
        assert_eq!(votes(&maru, &post).await, (up, down));
    }
    let answer = vote(&maru, "usr_b", &post, "down").await.expect(200);
    assert_eq!(answer, json!({ "vote": "down", "up": 1, "down": 1 }));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_counts_are_the_votes_whatever_a_hundred_do_at_once() {
    let (maru, post) = with_post().await;
    let choice = |step: usize| ["up", "down", "none"][step % 3];
    // Each changes their mind six times, and sends everything twice, all at the same time.
    let waves = (0..100).map(async |member| {
        let name = format!("usr_{member}");
        for step in 0..6 {
            let vote = || vote(&maru, &name, &post, choice(member + step));
            for answer in join_all([vote(), vote()]).await {
                let answer = answer.expect(200);
                assert!(answer["up"].as_i64() >= Some(0) && answer["down"].as_i64() >= Some(0), "{answer}");
            }
        }
    });
    join_all(waves).await;
    let path = format!("/posts/{post}");
    let own = side_by_side(0..100, async |member| {
        read(&maru, &path, &format!("usr_{member}")).await["vote"].clone()
    });
    let own = own.await;
    let count = |choice: &str| i64::try_from(own.iter().filter(|vote| *vote == choice).count()).unwrap();
    assert_eq!(votes(&maru, &post).await, (count("up"), count("down")));
    // The last thing that each asked for is what is there.
    let expected: Vec<&str> = (0..100).map(|member| choice(member + 5)).collect();
    assert_eq!(own, expected);
}

/// Whatever order the requests of one member have in the end, one of them was the last.
#[tokio::test(flavor = "multi_thread")]
async fn one_member_who_sends_everything_at_once_has_one_vote() {
    let (maru, post) = with_post().await;
    vote(&maru, "usr_b", &post, "up").await.expect(200);
    let sent = (0..30).map(async |step: usize| {
        let choice = ["up", "down", "none"][step % 3];
        vote(&maru, "usr_a", &post, choice).await.status
    });
    let statuses = join_all(sent).await;
    assert!(statuses.iter().all(|status| *status == 200), "{statuses:?}");
    let own = read(&maru, &format!("/posts/{post}"), "usr_a").await["vote"].clone();
    let expected = (1 + i64::from(own == "up"), i64::from(own == "down"));
    assert_eq!(votes(&maru, &post).await, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vote_whose_function_dies_or_whose_answer_is_lost_counts_once() {
    for moment in [Moment::Before, Moment::After] {
        for at_call in 1.. {
            let (maru, post) = with_post().await;
            vote(&maru, "usr_a", &post, "down").await.expect(200);
            let crashes = &maru.stack.parts().crashes;
            let function = "vote_post".to_owned();
            crashes.arm(CrashPlan { function, at_call, operation: None, moment });
            let first = vote(&maru, "usr_a", &post, "up").await;
            let hit = crashes.hit();
            crashes.disarm();
            assert_eq!(first.status == 200, !hit, "{first:#?}");
            let again = vote(&maru, "usr_a", &post, "up").await.expect(200);
            assert_eq!(again, json!({ "vote": "up", "up": 1, "down": 0 }), "{moment:?} call {at_call}");
            if !hit {
                break;
            }
        }
    }
    let (maru, post) = with_post().await;
    let lost = Fault::new(FaultTarget::Database, FaultKind::LostAnswer, 1).of_operation("TransactWriteItems");
    maru.stack.parts().faults.push(lost);
    vote(&maru, "usr_a", &post, "up").await.expect(200);
    assert_eq!(votes(&maru, &post).await, (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_votes_of_who_left_are_taken_back_also_from_posts_that_are_gone() {
    let (maru, post) = with_post().await;
    let gone = id(&post_at(&maru, "usr_author", (37.5, 127.0)).await);
    for (member, choice) in [("usr_a", "up"), ("usr_b", "down"), ("usr_c", "up")] {
        vote(&maru, member, &post, choice).await.expect(200);
        vote(&maru, member, &gone, choice).await.expect(200);
    }
    crate::people::ask(&maru, Method::DELETE, &format!("/posts/{gone}"), "usr_author").await.expect(204);
    leaves(&maru, "usr_a").await;
    leaves(&maru, "usr_b").await;
    assert_eq!(votes(&maru, &post).await, (1, 0));
    let table = crate::people::table(&maru);
    assert_eq!(table.keys_of("VOTES#usr_a").await.unwrap(), []);
    assert_eq!(table.keys_of("VOTES#usr_c").await.unwrap().len(), 2);
}

/// What says that a post was deleted is kept for a day; a vote on it may be taken back much later.
#[tokio::test(flavor = "multi_thread")]
async fn a_vote_on_a_post_that_was_deleted_long_ago_leaves_no_counts_behind() {
    let (maru, post) = with_post().await;
    vote(&maru, "usr_a", &post, "up").await.expect(200);
    crate::people::ask(&maru, Method::DELETE, &format!("/posts/{post}"), "usr_author").await.expect(204);
    let (table, counts) = (crate::people::table(&maru), format!("POST#{post}"));
    assert_eq!(table.keys_of(&counts).await.unwrap().len(), 4);
    table.delete_partition(&counts).await.unwrap();
    leaves(&maru, "usr_a").await;
    assert_eq!(table.keys_of(&counts).await.unwrap(), []);
    assert_eq!(table.keys_of("VOTES#usr_a").await.unwrap(), []);
    let record: Option<serde_json::Value> = table.get(&maru_store::erasure_key("usr_a"), true).await.unwrap();
    assert_eq!(record.unwrap()["what"]["votes"], 1);
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_vote_is_refused() {
    let (maru, post) = with_post().await;
    let path = format!("/posts/{post}/vote");
    for body in [
        json!({}),
        json!({ "vote": "sideways" }),
        json!({ "vote": null }),
        json!({ "vote": "up", "times": 3 }),
    ] {
        send(&maru, Method::PUT, &path, "usr_a", &body).await.expect_problem(400, "invalid_body");
    }
    vote(&maru, "usr_a", "pst_unknown", "up").await.expect_problem(404, "not_found");
    assert_eq!(votes(&maru, &post).await, (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_has_no_account_or_closed_it() {
    let (maru, post) = with_post().await;
    expect_members_only(&maru, Method::PUT, &format!("/posts/{post}/vote")).await;
    leaves(&maru, "usr_a").await;
    vote(&maru, "usr_a", &post, "up").await.expect_problem(401, "unauthenticated");
    assert_eq!(votes(&maru, &post).await, (0, 0));
}
