//! WebSocket connections: how they begin and end, and what the functions hear of them.

mod management;
mod many;
mod talk;

use std::time::Duration;

use maru_auth::Role;
use maru_stack::{Stack, StackOptions};
use maru_testing::Socket;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use crate::PATIENCE;
use crate::functions::{Lab, lab};

/// A stack with the talking functions, on a clock that stands still.
async fn start() -> (Stack, Lab) {
    let (id, lab) = lab();
    let templates = vec![include_str!("../websocket.yaml").to_owned()];
    let mut options = StackOptions::new(templates, vec![talk::FUNCTIONS]);
    options.parameters.insert("TestId".to_owned(), id);
    options.frozen = true;
    options.now = Some("2026-01-01T00:00:00Z".parse().unwrap());
    (Stack::start(options).await.unwrap(), lab)
}

fn token(stack: &Stack, account: &str) -> String {
    stack.tokens().issue(account, &[Role::User]).unwrap()
}

async fn connect(stack: &Stack, account: &str) -> Result<Socket, u16> {
    Socket::connect(&stack.websocket_url("TalkApi").unwrap(), &token(stack, account)).await
}

/// The ids of the connections, the oldest first.
fn ids(stack: &Stack) -> Vec<String> {
    stack.parts().connections().into_iter().map(|connection| connection.id).collect()
}

/// The lab's notes, once there are so many of them.
async fn notes(stack: &Stack, lab: &Lab, count: usize) -> Vec<String> {
    let waiting = async {
        while lab.notes().len() < count {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, waiting).await.unwrap_or_else(|_| panic!("{:?}", lab.notes()));
    stack.settle(PATIENCE).await.unwrap();
    lab.notes()
}

#[tokio::test]
async fn a_connection_begins_only_if_connect_says_so() {
    let (stack, lab) = start().await;
    let url = stack.websocket_url("TalkApi").unwrap();
    assert!(url.starts_with("ws://127.0.0.1:") && url.ends_with("/talk"), "{url}");
    assert_eq!(Socket::connect(&url, "").await.err(), Some(401));
    assert_eq!(Socket::connect(&url, "nonsense").await.err(), Some(401));
    assert_eq!(connect(&stack, "usr_full").await.err(), Some(409));
    assert_eq!((lab.notes(), ids(&stack)), (vec![], vec![]));

    let socket = connect(&stack, "usr_1").await.unwrap();
    assert_eq!(socket.protocol.as_deref(), Some("maru.v1"));
    assert_eq!(lab.notes(), ["enter usr_1 from 127.0.0.1"]);
    let ids = ids(&stack);
    assert!(ids.len() == 1 && ids[0].len() == 16 && ids[0].ends_with('='), "{ids:?}");

    let bearer = format!("Bearer {}", token(&stack, "usr_2"));
    let plain = Socket::open(&url, &[("authorization", &bearer)]).await.unwrap();
    assert_eq!(plain.protocol, None);
}

#[tokio::test]
async fn a_refusal_does_not_say_why() {
    let (stack, _) = start().await;
    let request = |token: String| {
        let url = format!("{}/talk", stack.url());
        let protocol = format!("maru.v1, bearer.{token}");
        let request = reqwest::Client::new().get(url).header("connection", "upgrade");
        let request = request.header("upgrade", "websocket").header("sec-websocket-version", "13");
        let request = request.header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");
        request.header("sec-websocket-protocol", protocol).send()
    };
    let answer = request(token(&stack, "usr_full")).await.unwrap();
    assert_eq!(answer.status(), 409);
    assert_eq!(answer.json::<Value>().await.unwrap(), json!({ "message": "Conflict" }));
    // What is no handshake is none of a function's business.
    let plain = reqwest::get(format!("{}/talk", stack.url())).await.unwrap();
    assert!(plain.status().is_client_error(), "{plain:?}");
}

#[tokio::test]
async fn a_frame_goes_to_the_route_that_it_names_else_to_the_default() {
    let (stack, lab) = start().await;
    let mut socket = connect(&stack, "usr_1").await.unwrap();
    socket.send(&json!({ "action": "say", "text": r#"{"n":1}"# })).await;
    assert_eq!(socket.next().await, json!({ "n": 1 }));
    let mut expected = vec!["enter usr_1 from 127.0.0.1".to_owned(), "Delivered".to_owned()];
    for text in ["안녕", r#"{"action":"sing"}"#, r#"{"action":"$connect"}"#, "[1]"] {
        socket.send_text(text).await;
        expected.push(format!("heard {} {text}", text.len()));
        assert_eq!(notes(&stack, &lab, expected.len()).await, expected);
    }
    assert_eq!(socket.next_within(Duration::from_millis(50)).await, None);
}

#[tokio::test]
async fn a_function_that_gives_no_answer_is_told_of_in_the_gateways_words() {
    let (stack, _) = start().await;
    let mut socket = connect(&stack, "usr_1").await.unwrap();
    socket.send_text("panic").await;
    let answer = socket.next().await;
    assert_eq!(answer["message"], "Internal server error");
    assert_eq!(answer["connectionId"], *ids(&stack)[0]);
    // An error of the handler's is an answer: 500, which reaches nobody.
    socket.send_text("err").await;
    assert_eq!(socket.next_within(Duration::from_millis(50)).await, None);
}

#[tokio::test]
async fn what_the_gateway_does_not_take_ends_the_connection() {
    let (stack, lab) = start().await;
    let text = |length: usize| Message::text("x".repeat(length));
    let cases = [(Message::binary(vec![0, 1, 2]), 1003), (text(32 * 1024 + 1), 1009)];
    for (message, code) in cases {
        let mut socket = connect(&stack, "usr_1").await.unwrap();
        socket.send_message(message).await;
        assert_eq!(socket.ended().await, code);
    }
    let mut socket = connect(&stack, "usr_1").await.unwrap();
    socket.send_message(text(32 * 1024)).await;
    let notes = notes(&stack, &lab, 6).await;
    let (left, rest): (Vec<_>, Vec<_>) = notes.iter().partition(|note| note.starts_with("left"));
    assert_eq!(left, ["left 1003", "left 1009"]);
    assert!(rest.iter().any(|note| note.starts_with("heard 32768 ")), "{rest:?}");
}

#[tokio::test]
async fn the_end_of_a_connection_is_told_once_however_it_comes() {
    let (stack, lab) = start().await;
    connect(&stack, "usr_1").await.unwrap().close().await;
    assert_eq!(notes(&stack, &lab, 2).await[1..], ["left 1000"]);
    connect(&stack, "usr_2").await.unwrap().cut();
    assert_eq!(notes(&stack, &lab, 4).await[3..], ["left 1006"]);
    assert_eq!(ids(&stack), Vec::<String>::new());
    let functions = stack.parts().functions();
    let left = functions.iter().find(|function| function.name == "left").unwrap();
    assert_eq!(left.invocations, 2);
}

#[tokio::test]
async fn silence_and_age_end_a_connection_on_the_stacks_clock() {
    let (stack, lab) = start().await;
    let mut socket = connect(&stack, "usr_1").await.unwrap();
    for round in 1..12_usize {
        stack.clock().advance(Duration::from_secs(9 * 60 + 59));
        socket.send_text("still here").await;
        notes(&stack, &lab, 1 + round).await;
    }
    assert_eq!(ids(&stack).len(), 1);
    stack.clock().advance(Duration::from_mins(10));
    assert_eq!(socket.ended().await, 1001);

    let mut socket = connect(&stack, "usr_1").await.unwrap();
    for _ in 0..12 {
        stack.clock().advance(Duration::from_mins(9));
        let ids = ids(&stack);
        let sent = management::send(&stack, ids.last().unwrap(), "{}").await;
        assert_eq!(sent, Ok(()));
        assert_eq!(socket.next().await, json!({}));
    }
    stack.clock().advance(Duration::from_mins(12));
    assert_eq!(socket.ended().await, 1001);
}

#[tokio::test]
async fn the_connections_are_listed() {
    let (stack, lab) = start().await;
    let mut socket = connect(&stack, "usr_1").await.unwrap();
    socket.send_text("hello").await;
    notes(&stack, &lab, 2).await;
    let url = format!("{}/_local/connections", stack.url());
    let listed: Value = reqwest::get(url).await.unwrap().json().await.unwrap();
    assert_eq!(listed[0]["api"], "talkapi");
    assert_eq!((&listed[0]["sent"], &listed[0]["received"]), (&json!(0), &json!(1)));
    assert_eq!(listed[0]["connectedAt"], "2026-01-01T00:00:00Z");
    let functions = stack.parts().functions();
    let enter = functions.iter().find(|function| function.name == "enter").unwrap();
    assert_eq!(enter.trigger, "WebSocket TalkApi $connect");
}

#[tokio::test]
async fn a_stack_that_stops_drops_its_connections() {
    let (stack, _) = start().await;
    let mut socket = connect(&stack, "usr_1").await.unwrap();
    stack.stop().await.unwrap();
    assert_eq!(socket.ended().await, 1006);
}
