//! The functions of a small WebSocket API. They note what they see in the test's lab.

use maru_connections::{ConnectionError, Connections};
use maru_lambda::http::problem::Problem;
use maru_lambda::websocket::{Connected, Disconnected, Frame};
use maru_lambda::{BoxError, Function, Member};
use serde_json::Value;

use crate::functions::Lab;

pub static FUNCTIONS: &[Function] = &[
    Function::new("enter", |start| start.websocket_connect(enter)),
    Function::new("left", |start| start.websocket_disconnect(left)),
    Function::new("hear", |start| start.websocket_frame(hear)),
    Function::new("say", |start| start.websocket_frame(say)),
];

async fn enter(lab: Lab, connected: Connected<Member>) -> Result<(), Problem> {
    if connected.caller.id == "usr_full" {
        return Err(Problem::conflict("the_secret_reason", "A sentence for people."));
    }
    lab.note(format!("enter {} from {}", connected.caller.id, connected.source_ip));
    Ok(())
}

async fn left(lab: Lab, disconnected: Disconnected) -> Result<(), BoxError> {
    lab.note(format!("left {}", disconnected.code.unwrap_or_default()));
    Err("nobody tries again".into())
}

async fn hear((lab, connections): (Lab, Connections), frame: Frame) -> Result<(), BoxError> {
    match frame.text.as_str() {
        "panic" => panic!("on purpose"),
        "err" => return Err("on purpose".into()),
        "try" => {
            let refused = connections.send(&frame.connection_id, "{}").await;
            let refused = matches!(refused, Err(ConnectionError::Refused(_)));
            lab.note(format!("refused: {refused}"));
        }
        text => lab.note(format!("heard {} {text}", text.len())),
    }
    Ok(())
}

/// `{"action": "say", "to", "text"}`; without `to` to whoever says it; without `text` it closes the connection.
async fn say((lab, connections): (Lab, Connections), frame: Frame) -> Result<(), BoxError> {
    let said: Value = serde_json::from_str(&frame.text)?;
    let to = said["to"].as_str().unwrap_or(&frame.connection_id);
    match said["text"].as_str() {
        Some(text) => lab.note(format!("{:?}", connections.send(to, text.as_bytes()).await?)),
        None => {
            let refused = matches!(connections.close(to).await, Err(ConnectionError::Refused(_)));
            lab.note(format!("refused: {refused}"));
        }
    }
    Ok(())
}
