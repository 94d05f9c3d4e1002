//! As many connections as one process is asked for.

use std::time::Duration;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use serde_json::json;

use super::{connect, ids, management, notes, start};

/// More than the usual limit of open files allows: each connection has two in this process.
const MANY: usize = 1_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_connections_are_held_at_once() {
    let (stack, lab) = start().await;
    let mut sockets = Vec::new();
    for _ in 0..MANY / 50 {
        let connecting: FuturesUnordered<_> = (0..50).map(|_| connect(&stack, "usr_1")).collect();
        sockets.extend(connecting.map(Result::unwrap).collect::<Vec<_>>().await);
    }
    let ids = ids(&stack);
    assert_eq!(ids.len(), MANY);
    for id in &ids {
        management::send(&stack, id, "1").await.unwrap();
    }
    for socket in &mut sockets {
        assert_eq!(socket.next().await, json!(1));
    }
    sockets.into_iter().for_each(maru_testing::Socket::cut);
    let notes = tokio::time::timeout(Duration::from_secs(60), notes(&stack, &lab, 2 * MANY)).await.unwrap();
    assert_eq!(notes.iter().filter(|note| *note == "left 1006").count(), MANY);
}
