use std::collections::BTreeSet;
use std::time::Duration;

use futures::future::join_all;
use maru_stack::crash::{CrashPlan, Moment};
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_testing::{Maru, Socket};

use crate::chatting::{ROOM, counted, counted_to, enter, hear, say, vanish, with_room};

/// A room that is too large for one function.
async fn crowd(maru: &Maru, size: usize) -> Vec<Socket> {
    let mut sockets = Vec::with_capacity(size);
    for number in 0..size {
        sockets.push(enter(maru, &format!("usr_{number}")).await.0);
    }
    sockets
}

/// How often a function called an operation since the counts were cleared.
fn calls(maru: &Maru, function: &str, operation: &str) -> u64 {
    let calls = maru.stack.parts().counts.calls();
    let meant = |call: &&maru_stack::aws::CallCount| {
        call.function.as_deref() == Some(function) && call.operation == operation
    };
    calls.iter().filter(meant).map(|call| call.count).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_room_is_dealt_out_and_everybody_hears_once() {
    let maru = with_room().await;
    let mut sockets = crowd(&maru, 120).await;
    maru.stack.parts().counts.clear();
    say(&mut sockets[0], "c1", "모두에게").await;
    let heard = join_all(sockets.iter_mut().skip(1).map(hear)).await;
    assert!(heard.iter().all(|heard| *heard == [(1, "모두에게".to_owned())]));
    maru.settle().await;
    assert_eq!(calls(&maru, "on_message_posted", "PostToConnection"), 0);
    assert_eq!(calls(&maru, "on_fan_out_requested", "PostToConnection"), 120);
    assert_eq!(calls(&maru, "on_fan_out_requested", "Query"), 2, "a query for each of two parts");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_is_gone_is_removed_with_its_presence() {
    let maru = with_room().await;
    let mut sockets = crowd(&maru, 3).await;
    vanish(&maru, sockets.pop().unwrap()).await;
    assert_eq!(counted(&maru, ROOM).await, (3, 3));
    say(&mut sockets[0], "c1", "누가 있나요").await;
    counted_to(&maru, ROOM, 2).await;
    assert_eq!(hear(&mut sockets[1]).await.len(), 1);
}

/// The management API is tried three times for each; who is not reached even so, and nobody else, is tried again.
#[tokio::test(flavor = "multi_thread")]
async fn what_fails_for_the_moment_is_sent_again_to_those_only() {
    let maru = with_room().await;
    let mut sockets = crowd(&maru, 4).await;
    say(&mut sockets[0], "c0", "먼저").await;
    // They are told how many they are, too, before it begins.
    maru.stack.clock().advance(Duration::from_secs(2));
    maru.settle().await;
    maru.stack.parts().counts.clear();
    // Three for the answer, and nine for four connections: one of them at least fails each time.
    let fault = Fault::new(FaultTarget::Connections, FaultKind::Error, 12);
    maru.stack.parts().faults.push(fault);
    sockets[0].send(&crate::chatting::saying("c1", "들리나요")).await;
    while calls(&maru, "on_message_posted", "PostToConnection") == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    maru.settle().await;
    let sent = calls(&maru, "on_fan_out_requested", "PostToConnection");
    assert_eq!(sent, 0, "not at once: what fails for the moment is given a moment");
    maru.stack.clock().advance(Duration::from_secs(2));
    maru.settle().await;
    assert!(calls(&maru, "on_fan_out_requested", "PostToConnection") > 0);
    for socket in &mut sockets[1..] {
        let mut heard = BTreeSet::new();
        while !heard.contains(&2) {
            heard.extend(hear(socket).await.into_iter().map(|(sequence, _)| sequence));
        }
        assert!(socket.next_within(Duration::from_millis(20)).await.is_none(), "nobody hears it twice");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_comes_again_is_harmless() {
    let maru = with_room().await;
    let mut sockets = crowd(&maru, 101).await;
    let crashes = &maru.stack.parts().crashes;
    let function = "on_fan_out_requested".to_owned();
    crashes.arm(CrashPlan { function, at_call: 20, operation: None, moment: Moment::After });
    say(&mut sockets[0], "c1", "모두에게").await;
    maru.settle().await;
    assert!(crashes.hit());
    crashes.disarm();
    maru.stack.clock().advance(Duration::from_secs(361));
    maru.settle().await;
    let heard = join_all(sockets.iter_mut().skip(1).map(hear)).await;
    assert!(heard.iter().all(|heard| *heard == [(1, "모두에게".to_owned())]));
    assert_eq!(counted(&maru, ROOM).await, (101, 101));
}
