//! The nightly deletion of what ended.

use std::time::Duration;

use aws_sdk_dynamodb::types::AttributeValue;
use maru_stack::crash::{CrashPlan, Moment};
use maru_testing::Maru;
use maru_testing::kma::{SEOUL, issued, lifted};

use crate::chatting::{items, items_of, key, put, said_before};
use crate::warned::{alerts, an_hour_later, look, names, rooms, setup};

/// A room with messages that was closed at 01:10.
async fn with_closed_room() -> Maru {
    let maru = setup().start().await;
    maru.kma().warnings([issued("2026-01-16T00:00", SEOUL, 2, 0), lifted("2026-01-16T01:00", SEOUL, 2)]);
    look(&maru).await;
    let room = rooms(&maru).await[0]["id"].as_str().unwrap().to_owned();
    said_before(&maru, &room, 120, "비가 많이 와요.").await;
    an_hour_later(&maru).await;
    assert_eq!(names(&maru).await, [""; 0]);
    maru
}

async fn after(maru: &Maru, hours: u64) {
    maru.stack.clock().advance(Duration::from_secs(hours * 3_600));
    maru.stack.run_scheduled("cron_delete_ended_rooms").await.unwrap();
}

/// How many items there are but those of provinces and of the newest reading.
async fn left(maru: &Maru) -> usize {
    let all = items(maru).await;
    let pk = |item: &maru_testing::Item| item["pk"].as_s().unwrap().clone();
    all.iter().filter(|item| !pk(item).starts_with("province#") && pk(item) != "reading").count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_its_messages_and_its_alerts_are_deleted_after_seven_days() {
    let maru = with_closed_room().await;
    // The room, that it was closed, and its messages.
    after(&maru, 7 * 24 - 1).await;
    assert_eq!((left(&maru).await, alerts(&maru, "&state=ended").await.len()), (122, 1));
    after(&maru, 2).await;
    assert_eq!((left(&maru).await, alerts(&maru, "&state=ended").await.len()), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_counted_in_it_without_a_connection_goes_with_it() {
    let maru = with_closed_room().await;
    let closed = items_of(&maru, "closed").await;
    let room = closed[0]["roomId"].as_s().unwrap();
    let mut present = key(&format!("present#{room}#usr_a"), "present");
    present.insert("connections".to_owned(), AttributeValue::N("1".to_owned()));
    put(&maru, present).await;
    let mut message = key(&format!("messages#{room}"), &format!("{:016}", 121));
    let text = |text: &str| AttributeValue::S(text.to_owned());
    message.insert("sequence".to_owned(), AttributeValue::N("121".to_owned()));
    for (name, value) in [("authorId", "usr_a"), ("text", "말"), ("sentAt", "2026-01-15T15:00:00Z")] {
        message.insert(name.to_owned(), text(value));
    }
    put(&maru, message).await;
    after(&maru, 8 * 24).await;
    assert_eq!(left(&maru).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_room_stays_however_old_it_is() {
    let maru = setup().start().await;
    maru.kma().warnings([issued("2026-01-16T00:00", SEOUL, 2, 0)]);
    look(&maru).await;
    after(&maru, 30 * 24).await;
    assert_eq!((names(&maru).await.len(), alerts(&maru, "").await.len()), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_that_dies_at_any_call_is_finished_by_the_next() {
    for at_call in 1.. {
        let maru = with_closed_room().await;
        maru.stack.clock().advance(Duration::from_secs(8 * 24 * 3_600));
        let crashes = &maru.stack.parts().crashes;
        let function = "cron_delete_ended_rooms".to_owned();
        crashes.arm(CrashPlan { function, at_call, operation: None, moment: Moment::After });
        // The scheduler may have tried again by then.
        let _ = maru.stack.run_scheduled("cron_delete_ended_rooms").await;
        let hit = crashes.hit();
        crashes.disarm();
        // What is deleted in part is shown to nobody.
        if items_of(&maru, "messages#").await.len() < 120 {
            assert!(items_of(&maru, "room#").await.is_empty(), "call {at_call}");
        }
        after(&maru, 24).await;
        assert_eq!(left(&maru).await, 0, "call {at_call}");
        if !hit {
            break;
        }
    }
}
