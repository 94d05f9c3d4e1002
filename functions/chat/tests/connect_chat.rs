use std::time::Duration;

use maru_testing::Socket;

use crate::chatting::{connect, enter, items_of, leaves, setup, token, with_room};

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
async fn a_member_has_ten_connections_at_most_and_those_that_are_over_make_room() {
    let maru = setup().start().await;
    let mut sockets = Vec::new();
    for _ in 0..10 {
        sockets.push(connect(&maru, "usr_a").await);
    }
    let again = async || Socket::connect(&maru.socket_url(), &token(&maru, "usr_a")).await.err();
    assert_eq!(again().await, Some(429));
    assert!(Socket::connect(&maru.socket_url(), &token(&maru, "usr_b")).await.is_ok());
    sockets.pop().unwrap().close().await;
    while items_of(&maru, "connection#").await.len() > 10 {
        maru.settle().await;
    }
    sockets.push(connect(&maru, "usr_a").await);
    assert_eq!(again().await, Some(429));
    // Nobody said that they ended; after two hours they count no more.
    maru.stack.clock().advance(Duration::from_secs(2 * 60 * 60));
    assert_eq!(again().await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_at_once_ten_are_taken() {
    let maru = setup().start().await;
    let token = token(&maru, "usr_a");
    let url = maru.socket_url();
    let many = (0..20).map(|_| Socket::connect(&url, &token));
    let taken: Vec<Socket> = futures::future::join_all(many).await.into_iter().flatten().collect();
    assert_eq!(taken.len(), 10);
    assert_eq!(items_of(&maru, "connection#").await.len(), 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_account_connects_no_more() {
    let maru = with_room().await;
    let (_socket, _) = enter(&maru, "usr_a").await;
    leaves(&maru, "usr_a").await;
    assert_eq!(Socket::connect(&maru.socket_url(), &token(&maru, "usr_a")).await.err(), Some(401));
}
