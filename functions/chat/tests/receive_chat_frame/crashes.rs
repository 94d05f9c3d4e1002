//! A send whose function dies at any of its calls: the client sends it again, and what was left behind is sent.

use std::time::Duration;

use maru_stack::crash::{CrashPlan, Moment};
use serde_json::json;

use crate::chatting::{ROOM, counted, enter, items_of, say, saying, texts, with_room};

#[tokio::test(flavor = "multi_thread")]
async fn a_message_whose_function_dies_at_any_call_is_stored_once_and_heard() {
    for moment in [Moment::Before, Moment::After] {
        for at_call in 1.. {
            let maru = with_room().await;
            let (mut sender, _) = enter(&maru, "usr_a").await;
            let (mut hearer, _) = enter(&maru, "usr_b").await;
            let crashes = &maru.stack.parts().crashes;
            let function = "receive_chat_frame".to_owned();
            crashes.arm(CrashPlan { function, at_call, operation: None, moment });
            sender.send(&saying("c1", "들리나요")).await;
            maru.settle().await;
            let hit = crashes.hit();
            crashes.disarm();
            assert_eq!(say(&mut sender, "c1", "들리나요").await, 1, "{moment:?} call {at_call}");
            // Without the second send, too: the relay comes every minute.
            maru.stack.clock().advance(Duration::from_secs(61));
            maru.stack.run_scheduled("cron_relay_messages").await.unwrap();
            let heard = hearer.until(|frame| frame["type"] == "messages").await;
            assert_eq!(texts(&heard["messages"]), [(1, "들리나요".to_owned())], "{moment:?} call {at_call}");
            assert_eq!(items_of(&maru, "messages#").await.len(), 1);
            if !hit {
                break;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_join_whose_function_dies_at_any_call_is_counted_once() {
    for moment in [Moment::Before, Moment::After] {
        for at_call in 1.. {
            let maru = with_room().await;
            let mut socket = crate::chatting::connect(&maru, "usr_a").await;
            let crashes = &maru.stack.parts().crashes;
            let function = "receive_chat_frame".to_owned();
            crashes.arm(CrashPlan { function, at_call, operation: None, moment });
            let join = json!({ "action": "join", "roomId": ROOM });
            socket.send(&join).await;
            maru.settle().await;
            let hit = crashes.hit();
            crashes.disarm();
            let joined = crate::chatting::ask(&mut socket, &join).await;
            assert_eq!(joined["participants"], 1, "{moment:?} call {at_call}");
            assert_eq!(counted(&maru, ROOM).await, (1, 1));
            if !hit {
                break;
            }
        }
    }
}
