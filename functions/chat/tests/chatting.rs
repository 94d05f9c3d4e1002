//! A room, and those who talk in it.

use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use chat_rules::view::{Heard, View};
use maru_auth::Role;
use maru_stack::crash::{CrashPlan, Moment};
use maru_testing::{Item, Maru, Setup, Socket};
use serde_json::{Value, json};

/// The room of these tests.
pub const ROOM: &str = "room_1";

/// The functions of this domain and those that send what was left behind, on a clock that stands still.
pub fn setup() -> Setup {
    Setup::new(vec![chat::FUNCTIONS, jobs::FUNCTIONS]).frozen()
}

/// A stack with an open room.
pub async fn with_room() -> Maru {
    let maru = setup().start().await;
    open_room(&maru, ROOM).await;
    maru
}

/// Opens a room as an alert would.
pub async fn open_room(maru: &Maru, room: &str) {
    let attributes = [("pk", format!("room#{room}")), ("sk", "room".to_owned()), ("id", room.to_owned())];
    let item = attributes.map(|(name, value)| (name.to_owned(), AttributeValue::S(value)));
    put(maru, item.into()).await;
}

/// Closes a room as its last alert would.
pub async fn close_room(maru: &Maru, room: &str) {
    let update = database(maru)
        .update_item()
        .table_name(table(maru))
        .set_key(Some(key(&format!("room#{room}"), "room")));
    let at = AttributeValue::S("2026-01-15T15:10:00Z".to_owned());
    let update = update.update_expression("SET closedAt = :at").expression_attribute_values(":at", at);
    update.send().await.unwrap();
}

/// What was said in a room before the test, by nobody.
pub async fn said_before(maru: &Maru, room: &str, messages: u64, text: &str) {
    for sequence in 1..=messages {
        let mut item = key(&format!("messages#{room}"), &format!("{sequence:016}"));
        item.insert("sequence".to_owned(), AttributeValue::N(sequence.to_string()));
        item.insert("text".to_owned(), AttributeValue::S(text.to_owned()));
        item.insert("sentAt".to_owned(), AttributeValue::S("2026-01-15T15:00:00Z".to_owned()));
        put(maru, item).await;
    }
    let update = database(maru)
        .update_item()
        .table_name(table(maru))
        .set_key(Some(key(&format!("room#{room}"), "room")));
    let update =
        update.update_expression("SET #sequence = :last").expression_attribute_names("#sequence", "sequence");
    update
        .expression_attribute_values(":last", AttributeValue::N(messages.to_string()))
        .send()
        .await
        .unwrap();
}

/// The client of the database.
pub fn database(maru: &Maru) -> Client {
    Client::new(&maru.stack.sdk_config())
}

/// The name of this domain's table.
pub fn table(maru: &Maru) -> String {
    let tables = &maru.stack.parts().template.tables;
    tables.iter().find(|table| table.logical_id == "ChatTable").unwrap().name.clone()
}

/// A key's attributes.
pub fn key(pk: &str, sk: &str) -> Item {
    [("pk", pk), ("sk", sk)]
        .map(|(name, value)| (name.to_owned(), AttributeValue::S(value.to_owned())))
        .into()
}

/// Writes an item by hand.
pub async fn put(maru: &Maru, item: Item) {
    database(maru).put_item().table_name(table(maru)).set_item(Some(item)).send().await.unwrap();
}

/// Every item of the table.
pub async fn items(maru: &Maru) -> Vec<Item> {
    let pages = database(maru).scan().table_name(table(maru)).into_paginator().items().send();
    pages.collect::<Result<Vec<_>, _>>().await.unwrap()
}

/// The items whose partition begins so.
pub async fn items_of(maru: &Maru, beginning: &str) -> Vec<Item> {
    let mut items = items(maru).await;
    items.retain(|item| item["pk"].as_s().unwrap().starts_with(beginning));
    items
}

/// How many participants are counted in a room, and how many members have a connection in it. They have to be equal
/// whenever nothing is under way.
pub async fn counted(maru: &Maru, room: &str) -> (i64, usize) {
    let number = |item: &Item| item["participants"].as_n().unwrap().parse::<i64>().unwrap();
    let parts = items_of(maru, &format!("room#{room}")).await;
    let count = parts.iter().filter(|item| item.contains_key("participants")).map(number).sum();
    let entered = items_of(maru, &format!("entered#{room}#")).await;
    let members: std::collections::BTreeSet<&String> =
        entered.iter().map(|item| item["memberId"].as_s().unwrap()).collect();
    (count, members.len())
}

/// Waits until so many participants are counted, and as many members are there: the end of a connection is noticed a
/// moment after it is cut.
pub async fn counted_to(maru: &Maru, room: &str, participants: usize) {
    let expected = (i64::try_from(participants).unwrap(), participants);
    for _ in 0..500 {
        maru.settle().await;
        if counted(maru, room).await == expected {
            // The function that counted may have something left to do.
            return maru.settle().await;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(counted(maru, room).await, expected);
}

/// Cuts a connection, of which nobody hears because the function that would be told dies at its first call.
pub async fn vanish(maru: &Maru, socket: Socket) {
    let crashes = &maru.stack.parts().crashes;
    let function = "disconnect_chat".to_owned();
    crashes.arm(CrashPlan { function, at_call: 1, operation: None, moment: Moment::Before });
    socket.cut();
    while !crashes.hit() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    maru.settle().await;
    crashes.disarm();
}

/// A member's access token.
pub fn token(maru: &Maru, member: &str) -> String {
    maru.token(member, Role::User)
}

/// A member's connection.
pub async fn connect(maru: &Maru, member: &str) -> Socket {
    maru.socket(&token(maru, member)).await
}

/// A member's connection that is in the room; gives the answer to the join as well.
pub async fn enter(maru: &Maru, member: &str) -> (Socket, Value) {
    let mut socket = connect(maru, member).await;
    let joined = ask(&mut socket, &json!({ "action": "join", "roomId": ROOM })).await;
    assert_eq!(joined["type"], "joined", "{joined}");
    (socket, joined)
}

/// Sends a frame and waits for its answer; news of the room are passed over.
pub async fn ask(socket: &mut Socket, frame: &Value) -> Value {
    socket.send(frame).await;
    let is_news = |frame: &Value| frame["type"] == "messages" || frame["type"] == "participants";
    // A frame without a type is the gateway's own, about a function that died.
    socket.until(|answer| answer["type"].is_string() && !is_news(answer)).await
}

/// A frame that says something.
pub fn saying(client_id: &str, text: &str) -> Value {
    json!({ "action": "send", "roomId": ROOM, "clientId": client_id, "text": text })
}

/// Says something; gives its sequence.
pub async fn say(socket: &mut Socket, client_id: &str, text: &str) -> u64 {
    let sent = ask(socket, &saying(client_id, text)).await;
    assert_eq!((&sent["type"], &sent["clientId"]), (&json!("sent"), &json!(client_id)), "{sent}");
    sent["sequence"].as_u64().unwrap()
}

/// The sequences and texts of a frame's or a list's messages.
pub fn texts(messages: &Value) -> Vec<(u64, String)> {
    let one = |message: &Value| {
        (message["sequence"].as_u64().unwrap(), message["text"].as_str().unwrap().to_owned())
    };
    messages.as_array().unwrap().iter().map(one).collect()
}

/// Waits until messages come; gives their sequences and texts.
pub async fn hear(socket: &mut Socket) -> Vec<(u64, String)> {
    texts(&socket.until(|frame| frame["type"] == "messages").await["messages"])
}

/// A client as a page has one: its view of the room, and what it has shown.
#[derive(Default)]
pub struct Page {
    pub view: View<String>,
    pub shown: Vec<(u64, String)>,
}

impl Page {
    /// The frame with which it joins.
    pub fn join(&mut self) -> Value {
        match self.view.joining() {
            None => json!({ "action": "join", "roomId": ROOM }),
            Some(after) => json!({ "action": "join", "roomId": ROOM, "after": after }),
        }
    }

    /// A frame arrives; gives what the client sends then.
    pub fn hear(&mut self, frame: &Value) -> Option<Value> {
        let Heard { shown, ask } = match frame["type"].as_str().unwrap() {
            "joined" => self.view.joined(frame["sequence"].as_u64().unwrap(), texts(&frame["messages"])),
            "messages" => self.view.said(texts(&frame["messages"])),
            _ => return None,
        };
        self.shown.extend(shown);
        ask.map(|after| json!({ "action": "join", "roomId": ROOM, "after": after }))
    }
}

/// Sends an event of the bus to a function.
pub async fn happens(maru: &Maru, function: &str, kind: &str, data: &Value) {
    let detail = json!({
        "id": format!("evt_{kind}"), "type": kind, "version": 1, "occurredAt": "2026-01-15T15:10:00Z", "data": data,
    });
    let event = json!({ "detail-type": kind, "source": "maru.test", "detail": detail });
    if let Err(error) = maru.stack.invoke(function, event).await {
        panic!("{function} fails: {error:?}");
    }
}

/// A member has a nickname.
pub async fn is_called(maru: &Maru, member: &str, revision: i64, nickname: &str) {
    let data = json!({ "userId": member, "revision": revision, "nickname": nickname, "profile": {} });
    happens(maru, "on_profile_changed_for_chat", "member.profile_changed", &data).await;
}

/// A member closed the account.
pub async fn leaves(maru: &Maru, member: &str) {
    let data = json!({ "userId": member, "deletedAt": "2026-01-15T15:10:00Z" });
    happens(maru, "on_member_deleted_for_chat", "member.deleted", &data).await;
}
