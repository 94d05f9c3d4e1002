//! The clients of the room: each reads what it is sent and says when it came.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use aws_sdk_dynamodb::types::AttributeValue;
use futures::{StreamExt, TryStreamExt, stream};
use maru_auth::Role;
use maru_connections::{Connections, Sent};
use maru_lambda::{Clock, Environment, FromEnvironment};
use maru_measure::Outcome;
use maru_testing::{Maru, Socket};
use serde_json::json;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};

/// The room.
pub const ROOM: &str = "room_measured";

/// How many clients connect at the same time.
const CONNECTING: usize = 16;

/// Sends that are under way at the same time when nothing but them is measured: as many as a room of a thousand has,
/// ten functions with 32 each.
const BARE: usize = 320;

/// Longer than a measurement takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a client heard: the text of the message, and when.
type Heard = (String, Instant);

pub struct Crowd {
    speaker: Socket,
    /// Who listens beside the speaker.
    listeners: usize,
    heard: UnboundedReceiver<Heard>,
    connections: Vec<String>,
    api: Connections,
}

impl Crowd {
    /// So many clients in the room.
    pub async fn gather(maru: &Maru, clients: usize) -> Outcome<Self> {
        open_room(maru).await?;
        let (hear, heard) = mpsc::unbounded_channel();
        let numbers = stream::iter(1..clients);
        let enter_as = async |number: usize| enter(maru, &format!("usr_{number}")).await;
        let sockets: Vec<Socket> = numbers.map(enter_as).buffer_unordered(CONNECTING).try_collect().await?;
        let listeners = sockets.len();
        for socket in sockets {
            tokio::spawn(listen(socket, hear.clone()));
        }
        let speaker = enter(maru, "usr_speaker").await?;
        let connections = connections(maru).await?;
        if connections.len() < clients {
            return Err(format!("{} of {clients} are in the room", connections.len()).into());
        }
        Ok(Self { speaker, listeners, heard, connections, api: management(maru)? })
    }

    /// One says something; gives how long it took until the last had it.
    pub async fn told(&mut self, round: usize) -> Outcome<Duration> {
        let text = format!("{round:07} 지금 비가 많이 옵니다. 하천 가까이 가지 마세요.");
        let frame =
            json!({ "action": "send", "roomId": ROOM, "clientId": format!("c{round}"), "text": text });
        let began = Instant::now();
        self.speaker.send(&frame).await;
        // The speaker hears it, too.
        let own = self.speaker.until(|frame| frame["type"] == "messages" || frame["type"] == "error").await;
        if own["messages"][0]["text"] != text {
            return Err(format!("the speaker is answered with {own}").into());
        }
        let own = Instant::now();
        Ok(self.last(&text, own).await?.duration_since(began))
    }

    /// So many bare sends of a frame of the same size; gives how long it took until the last had it.
    pub async fn sent(&mut self, round: usize) -> Outcome<Duration> {
        let text = format!("{round:07} 이번에는 비가 많이 옵니다. 하천 가까이 가지 마세요.");
        let message = json!({
            "sequence": round, "text": text, "sentAt": "2026-01-15T15:10:00Z",
            "author": { "id": "p_00000000000000000000", "nickname": null },
        });
        let frame = json!({ "type": "messages", "roomId": ROOM, "messages": [message] }).to_string();
        let (frame, api) = (frame.as_bytes(), &self.api);
        let began = Instant::now();
        let sends = stream::iter(&self.connections).map(async |id| api.send(id, frame).await);
        let sent: Vec<Sent> = sends.buffer_unordered(BARE).try_collect().await?;
        if sent.contains(&Sent::Gone) {
            return Err("a connection is gone".into());
        }
        let last = self.last(&text, Instant::now()).await?;
        self.speaker.until(|frame| frame["messages"][0]["text"] == text.as_str()).await;
        Ok(last.duration_since(began))
    }

    /// Joins again and again; gives how long each took until the messages were there.
    pub async fn joins(&mut self, maru: &Maru, times: usize) -> Outcome<Vec<Duration>> {
        let mut found = Vec::with_capacity(times);
        for number in 0..times {
            if number % 50 == 0 {
                maru.stack.clock().advance(Duration::from_secs(10));
            }
            let began = Instant::now();
            self.speaker.send(&json!({ "action": "join", "roomId": ROOM })).await;
            let joined =
                self.speaker.until(|frame| frame["type"] == "joined" || frame["type"] == "error").await;
            found.push(began.elapsed());
            if joined["messages"].as_array().map_or(0, Vec::len) != 100 {
                return Err(format!("the join is answered with {joined}").into());
            }
        }
        Ok(found)
    }

    /// When the last listener had `text`.
    async fn last(&mut self, text: &str, own: Instant) -> Outcome<Instant> {
        let mut last = own;
        for _ in 0..self.listeners {
            let heard = tokio::time::timeout(PATIENCE, self.heard.recv()).await?;
            let (heard, at) = heard.ok_or("the listeners are gone")?;
            if heard != text {
                return Err(format!("a client heard {heard:?} and not {text:?}").into());
            }
            last = last.max(at);
        }
        Ok(last)
    }
}

async fn enter(maru: &Maru, member: &str) -> Outcome<Socket> {
    let mut socket = maru.socket(&maru.token(member, Role::User)).await;
    socket.send(&json!({ "action": "join", "roomId": ROOM })).await;
    let joined = socket.next().await;
    if joined["type"] == "joined" {
        Ok(socket)
    } else {
        Err(format!("{member} is answered with {joined}").into())
    }
}

async fn listen(mut socket: Socket, hear: UnboundedSender<Heard>) {
    while let Some(frame) = socket.next_within(Duration::from_secs(3_600)).await {
        let at = Instant::now();
        for message in frame["messages"].as_array().unwrap_or(&Vec::new()) {
            let text = message["text"].as_str().unwrap_or_default().to_owned();
            if hear.send((text, at)).is_err() {
                return;
            }
        }
    }
}

fn table(maru: &Maru) -> Outcome<String> {
    let tables = &maru.stack.parts().template.tables;
    let table = tables.iter().find(|table| table.logical_id == "ChatTable").ok_or("no ChatTable")?;
    Ok(table.name.clone())
}

/// Opens the room as an alert would; an open one stays as it is.
async fn open_room(maru: &Maru) -> Outcome<()> {
    let attributes = [("pk", format!("room#{ROOM}")), ("sk", "room".to_owned()), ("id", ROOM.to_owned())];
    let item = attributes.map(|(name, value)| (name.to_owned(), AttributeValue::S(value))).into();
    let put = aws_sdk_dynamodb::Client::new(&maru.stack.sdk_config()).put_item().table_name(table(maru)?);
    let put = put.set_item(Some(item)).condition_expression("attribute_not_exists(pk)");
    match put.send().await {
        Ok(_) => Ok(()),
        Err(error)
            if error
                .as_service_error()
                .is_some_and(|error| error.is_conditional_check_failed_exception()) =>
        {
            Ok(())
        }
        Err(error) => Err(error.into()),
    }
}

/// The connections in the room.
async fn connections(maru: &Maru) -> Outcome<Vec<String>> {
    let database = aws_sdk_dynamodb::Client::new(&maru.stack.sdk_config());
    let mut items = database.scan().table_name(table(maru)?).into_paginator().items().send();
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        let item = item?;
        let partition = item.get("pk").and_then(|pk| pk.as_s().ok());
        if partition.is_some_and(|pk| pk.starts_with(&format!("entered#{ROOM}#"))) {
            found.extend(item.get("connectionId").and_then(|id| id.as_s().ok()).cloned());
        }
    }
    Ok(found)
}

/// The management API, as the functions call it.
fn management(maru: &Maru) -> Outcome<Connections> {
    let functions = &maru.stack.parts().template.functions;
    let function = functions.iter().find(|function| function.name == "on_fan_out_requested");
    let variables: BTreeMap<String, String> = function.ok_or("no on_fan_out_requested")?.variables.clone();
    let environment = Environment::new(variables, maru.stack.sdk_config(), Clock::system());
    Ok(Connections::from_environment(&environment)?)
}
