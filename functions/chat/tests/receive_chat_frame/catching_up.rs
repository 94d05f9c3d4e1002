//! What is there at once, and what was missed.

use serde_json::json;

use crate::chatting::{
    Page, ROOM, ask, close_room, connect, database, key, said_before, setup, table, texts, with_room,
};

fn numbers(frame: &serde_json::Value) -> Vec<u64> {
    texts(&frame["messages"]).into_iter().map(|(sequence, _)| sequence).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_hundred_are_there_at_once_and_what_was_missed_comes_in_pages() {
    let maru = with_room().await;
    said_before(&maru, ROOM, 250, "말").await;
    let mut socket = connect(&maru, "usr_a").await;
    let joined = ask(&mut socket, &json!({ "action": "join", "roomId": ROOM })).await;
    assert_eq!((numbers(&joined), &joined["more"]), ((151..=250).collect(), &json!(false)));
    for (after, first, last, more) in [(0, 1, 100, true), (100, 101, 200, true), (200, 201, 250, false)] {
        let page = ask(&mut socket, &json!({ "action": "join", "roomId": ROOM, "after": after })).await;
        assert_eq!((numbers(&page), &page["more"]), ((first..=last).collect(), &json!(more)));
    }
    for after in [250, 9_000_000_000_000_000_u64] {
        let page = ask(&mut socket, &json!({ "action": "join", "roomId": ROOM, "after": after })).await;
        assert_eq!((numbers(&page).len(), &page["more"]), (0, &json!(false)));
    }
}

/// A query may see a transaction in part; who was given the rest would never hear of what was passed over.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_joins_is_given_no_page_with_a_hole() {
    let maru = with_room().await;
    said_before(&maru, ROOM, 5, "말").await;
    let delete = database(&maru).delete_item().table_name(table(&maru));
    let hole = key(&format!("messages#{ROOM}"), &format!("{:016}", 3));
    delete.set_key(Some(hole)).send().await.unwrap();
    let mut socket = connect(&maru, "usr_a").await;
    let refused = ask(&mut socket, &json!({ "action": "join", "roomId": ROOM })).await;
    assert_eq!((&refused["code"], &refused["retryAfter"]), (&json!("busy"), &json!(1)));
    let behind = ask(&mut socket, &json!({ "action": "join", "roomId": ROOM, "after": 3 })).await;
    assert_eq!(numbers(&behind), [4, 5]);
    // A closed room may be deleted at this moment: there is nothing to wait for.
    close_room(&maru, ROOM).await;
    let joined = ask(&mut socket, &json!({ "action": "join", "roomId": ROOM })).await;
    assert_eq!(numbers(&joined), [1, 2, 4, 5]);
}

/// A hundred messages of 500 characters of four bytes are more than one frame takes.
#[tokio::test(flavor = "multi_thread")]
async fn pages_that_would_be_too_large_for_a_frame_are_shorter() {
    let maru = setup().start().await;
    crate::chatting::open_room(&maru, ROOM).await;
    said_before(&maru, ROOM, 100, &"🌧".repeat(500)).await;
    let mut socket = connect(&maru, "usr_a").await;
    let (mut page, mut frames) = (Page::default(), 0);
    let mut next = Some(page.join());
    while let Some(frame) = next.take() {
        let joined = ask(&mut socket, &frame).await;
        assert!(joined.to_string().len() < 128 * 1024);
        next = page.hear(&joined);
        frames += 1;
    }
    assert_eq!(
        page.shown.iter().map(|(sequence, _)| *sequence).collect::<Vec<_>>(),
        (1..=100).collect::<Vec<_>>()
    );
    assert_eq!(frames, 3);
}
