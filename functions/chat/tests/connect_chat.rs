use std::time::Duration;

use maru_testing::Socket;

use crate::chatting::{ROOM, connect, counted_to, enter, items_of, leaves, saying, setup, token, with_room};

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_has_no_good_token() {
    let maru = setup().start().await;
    for token in ["", "not.a.token"] {
        assert_eq!(Socket::connect(&maru.socket_url(), token).await.err(), Some(401));
    }
    let socket = Socket::connect(&maru.socket_url(), &token(&maru, "usr_a")).await.ok().unwrap();
    assert_eq!(socket.protocol.as_deref(), Some("maru.v1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_has_ten_connections_and_the_oldest_makes_room_for_one_more() {
    let maru = with_room().await;
    let (mut oldest, _) = enter(&maru, "usr_a").await;
    let mut sockets = Vec::new();
    for _ in 1..10 {
        maru.stack.clock().advance(Duration::from_secs(1));
        sockets.push(connect(&maru, "usr_a").await);
    }
    let _another = connect(&maru, "usr_b").await;
    assert_eq!(
        items_of(&maru, "connection#")
            .await
            .iter()
            .filter(|item| item["sk"].as_s().unwrap() == "connection")
            .count(),
        11
    );
    counted_to(&maru, ROOM, 1).await;

    let _eleventh = connect(&maru, "usr_a").await;
    assert_ne!(oldest.ended().await, 0);
    counted_to(&maru, ROOM, 0).await;
    assert_eq!(items_of(&maru, "connection#").await.len(), 11, "ten, and that of another");
    // The second is still there.
    let answer = crate::chatting::ask(&mut sockets[0], &saying("c1", "저 여기 있어요")).await;
    assert_eq!(answer["code"], "not_joined");

    // Nobody said that they ended; after two hours they count no more.
    maru.stack.clock().advance(Duration::from_secs(2 * 60 * 60));
    let _first = connect(&maru, "usr_a").await;
    counted_to(&maru, ROOM, 0).await;
    let left = items_of(&maru, "connection#").await;
    let theirs = left.iter().filter(|item| item["memberId"].as_s().is_ok_and(|member| member == "usr_a"));
    assert_eq!(theirs.count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_at_once_ten_stay_at_most() {
    let maru = setup().start().await;
    let token = token(&maru, "usr_a");
    let url = maru.socket_url();
    let many = (0..20).map(|_| Socket::connect(&url, &token));
    let taken: Vec<Socket> = futures::future::join_all(many).await.into_iter().flatten().collect();
    assert!(!taken.is_empty());
    maru.settle().await;
    let left = items_of(&maru, "connection#").await.len();
    assert!((1..=10).contains(&left), "{left}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_account_connects_no_more() {
    let maru = with_room().await;
    let (_socket, _) = enter(&maru, "usr_a").await;
    leaves(&maru, "usr_a").await;
    assert_eq!(Socket::connect(&maru.socket_url(), &token(&maru, "usr_a")).await.err(), Some(401));
}
