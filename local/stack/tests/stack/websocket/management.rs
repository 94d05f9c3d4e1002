//! Sending to connections: what arrives, what is refused, what goes wrong on demand.

use aws_sdk_apigatewaymanagement::Client;
use aws_sdk_apigatewaymanagement::config::Builder;
use aws_sdk_apigatewaymanagement::error::ProvideErrorMetadata;
use aws_sdk_apigatewaymanagement::primitives::Blob;
use maru_stack::Stack;
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use serde_json::json;

use super::{connect, ids, notes, start};

fn client(stack: &Stack) -> Client {
    let url = format!("{}/talkapi/live", stack.aws_url());
    Client::from_conf(Builder::from(&stack.sdk_config()).endpoint_url(url).build())
}

/// Sends as an operator; the code of a refusal.
pub(super) async fn send(stack: &Stack, id: &str, text: &str) -> Result<(), String> {
    let sending = client(stack).post_to_connection().connection_id(id).data(Blob::new(text)).send();
    sending.await.map(drop).map_err(|error| error.code().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn a_message_arrives_in_order_up_to_its_limit() {
    let (stack, _) = start().await;
    let mut socket = connect(&stack, "usr_1").await.unwrap();
    let id = ids(&stack).remove(0);
    for number in 0..20 {
        send(&stack, &id, &number.to_string()).await.unwrap();
    }
    for number in 0..20 {
        assert_eq!(socket.next().await, number);
    }
    let text = |length: usize| format!("\"{}\"", "x".repeat(length - 2));
    send(&stack, &id, &text(128 * 1024)).await.unwrap();
    assert_eq!(socket.next().await.as_str().unwrap().len(), 128 * 1024 - 2);
    let refused = send(&stack, &id, &text(128 * 1024 + 1)).await;
    assert_eq!(refused, Err("PayloadTooLargeException".to_owned()));
}

#[tokio::test]
async fn a_connection_is_described_and_closed() {
    let (stack, lab) = start().await;
    let mut socket = connect(&stack, "usr_1").await.unwrap();
    let id = ids(&stack).remove(0);
    let described = client(&stack).get_connection().connection_id(&id).send().await.unwrap();
    assert_eq!(described.identity.unwrap().source_ip.as_deref(), Some("127.0.0.1"));
    assert_eq!(described.connected_at.unwrap().secs(), 1_767_225_600);

    client(&stack).delete_connection().connection_id(&id).send().await.unwrap();
    assert_eq!(socket.ended().await, 1000);
    assert_eq!(notes(&stack, &lab, 2).await[1..], ["left 1000"]);
    assert_eq!(send(&stack, &id, "{}").await, Err("GoneException".to_owned()));
    let described = client(&stack).get_connection().connection_id(&id).send().await;
    assert_eq!(described.unwrap_err().code(), Some("GoneException"));
}

#[tokio::test]
async fn a_connection_that_was_cut_is_gone() {
    let (stack, lab) = start().await;
    let mut one = connect(&stack, "usr_1").await.unwrap();
    let other = connect(&stack, "usr_2").await.unwrap();
    let all = ids(&stack);
    let first = stack.parts().connections();
    assert_eq!(first.len(), 2);
    other.cut();
    notes(&stack, &lab, 3).await;
    let gone = all.iter().find(|id| !ids(&stack).contains(id)).unwrap();
    one.send(&json!({ "action": "say", "to": gone, "text": "{}" })).await;
    assert_eq!(notes(&stack, &lab, 4).await[2..], ["left 1006", "Gone"]);
    // An id of another API's stage is none of this one's.
    let url = format!("{}/talkapi/test", stack.aws_url());
    let client = Client::from_conf(Builder::from(&stack.sdk_config()).endpoint_url(url).build());
    let sent = client.post_to_connection().connection_id(&ids(&stack)[0]).data(Blob::new("{}")).send().await;
    assert_eq!(sent.unwrap_err().code(), Some("GoneException"));
}

#[tokio::test]
async fn a_function_may_do_what_its_policy_says_and_no_more() {
    let (stack, lab) = start().await;
    let mut socket = connect(&stack, "usr_1").await.unwrap();
    socket.send_text("try").await;
    assert_eq!(notes(&stack, &lab, 2).await[1..], ["refused: true"]);
    socket.send(&json!({ "action": "say" })).await;
    assert_eq!(notes(&stack, &lab, 3).await[2..], ["refused: true"]);
    let refusals = stack.parts().access.refusals();
    let arn = |method: &str| {
        let id = &ids(&stack)[0];
        format!("arn:aws:execute-api:ap-northeast-2:000000000000:talkapi/live/{method}/@connections/{id}")
    };
    let refused: Vec<_> =
        refusals.iter().map(|refusal| (&*refusal.function, &*refusal.action, &*refusal.resource)).collect();
    let action = "execute-api:ManageConnections";
    assert_eq!(refused, [("hear", action, &*arn("POST")), ("say", action, &*arn("DELETE"))]);
}

#[tokio::test]
async fn what_goes_wrong_on_demand_is_tried_again() {
    let (stack, lab) = start().await;
    let mut socket = connect(&stack, "usr_1").await.unwrap();
    let say = json!({ "action": "say", "text": "{}" });
    let faults = &stack.parts().faults;
    for (kind, times, arrives) in
        [(FaultKind::Throttle, 2, 1), (FaultKind::Error, 2, 1), (FaultKind::LostAnswer, 1, 2)]
    {
        let before = lab.notes().len();
        faults.push(Fault::new(FaultTarget::Connections, kind, times).of_operation("PostToConnection"));
        socket.send(&say).await;
        for _ in 0..arrives {
            assert_eq!(socket.next().await, json!({}), "{kind:?}");
        }
        assert_eq!(notes(&stack, &lab, before + 1).await[before..], ["Delivered"], "{kind:?}");
    }
    // After the third attempt it is the caller's to decide.
    faults.push(Fault::new(FaultTarget::Connections, FaultKind::Error, 3));
    let before = lab.notes();
    socket.send(&say).await;
    while !faults.pending().is_empty() {
        tokio::task::yield_now().await;
    }
    stack.settle(crate::PATIENCE).await.unwrap();
    assert_eq!(lab.notes(), before);
    let calls = stack.parts().counts.calls();
    let posts = calls.iter().find(|call| call.operation == "PostToConnection").unwrap();
    assert_eq!((posts.resource.as_str(), posts.count), ("talkapi", 3 + 3 + 2 + 3));
}
