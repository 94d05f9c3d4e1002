//! What a client is sent: `{type: joined|messages|participants|sent|read|left|error}`.

use jiff::Timestamp;
use serde::Serialize;

/// Who said something, as others see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Author {
    /// Names the member in this room and nowhere else.
    pub id: String,
    /// What they were called; null for a moment after somebody signed up.
    pub nickname: Option<String>,
}

/// A message of a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Its place in the room, from 1 on, without gaps.
    pub sequence: u64,
    /// Who said it; null when they have left Maru.
    pub author: Option<Author>,
    /// What was said.
    pub text: String,
    /// When it was stored.
    pub sent_at: Timestamp,
}

/// Whether something can be said in a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Status {
    /// It can.
    Open,
    /// It can only be read any more.
    Closed,
}

/// The answer to a `join`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Joined {
    /// The room.
    pub room_id: String,
    /// Whether it is open.
    pub status: Status,
    /// The sequence of its last message, 0 if there is none.
    pub sequence: u64,
    /// How many members are in it.
    pub participants: u64,
    /// Who the client is in this room, as in the messages' authors.
    pub you: String,
    /// The sequence up to which the member has read, 0 at first.
    pub read: u64,
    /// Messages in their order.
    pub messages: Vec<Message>,
    /// Whether there are later ones: join again, `after` the last of these.
    pub more: bool,
}

/// Why something was not done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Notice {
    /// A stable `snake_case` string.
    pub code: &'static str,
    /// What is wrong, for whoever wrote the client.
    pub detail: String,
    /// The room of the frame that this answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room_id: Option<String>,
    /// The message that this answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// In how many seconds it is worth trying again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
}

/// A frame to a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Outgoing {
    /// The client is in a room.
    Joined(Joined),
    /// Something was said, by oneself too. One frame can have several messages; frames can overtake each other.
    Messages {
        /// The room.
        room_id: String,
        /// One or more messages in their order.
        messages: Vec<Message>,
    },
    /// So many are in a room by now.
    Participants {
        /// The room.
        room_id: String,
        /// How many members.
        participants: u64,
    },
    /// The client's own message is stored.
    Sent {
        /// The room.
        room_id: String,
        /// The client's own name of it.
        client_id: String,
        /// Its place.
        sequence: u64,
    },
    /// The member has read up to here.
    Read {
        /// The room.
        room_id: String,
        /// The sequence; that of a later mark, if one was set before.
        sequence: u64,
    },
    /// The client is in a room no more.
    Left {
        /// The room.
        room_id: String,
    },
    /// Something was not done.
    Error(Notice),
}

impl Outgoing {
    /// The frame as it is sent.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        // Nothing in a frame can fail to become JSON: no maps, no numbers that are not.
        serde_json::to_vec(self).unwrap_or_default()
    }
}

impl Message {
    /// How many bytes it takes in a frame.
    #[must_use]
    pub fn size(&self) -> usize {
        serde_json::to_vec(self).map_or(usize::MAX, |bytes| bytes.len() + 1)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn frames_are_what_the_clients_expect() {
        let message = Message {
            sequence: 7,
            author: Some(Author { id: "p_1".into(), nickname: Some("하늘".into()) }),
            text: "비".into(),
            sent_at: "2026-01-15T15:10:00Z".parse().unwrap(),
        };
        let room_id = || "room_1".to_owned();
        let said = json!({"sequence": 7, "author": {"id": "p_1", "nickname": "하늘"}, "text": "비", "sentAt": "2026-01-15T15:10:00Z"});
        let frames = [
            (
                Outgoing::Messages { room_id: room_id(), messages: vec![message] },
                json!({"type": "messages", "roomId": "room_1", "messages": [said]}),
            ),
            (
                Outgoing::Sent { room_id: room_id(), client_id: "c".into(), sequence: 7 },
                json!({"type": "sent", "roomId": "room_1", "clientId": "c", "sequence": 7}),
            ),
            (Outgoing::Left { room_id: room_id() }, json!({"type": "left", "roomId": "room_1"})),
            (
                Outgoing::Error(Notice {
                    code: "not_joined",
                    detail: "d".into(),
                    room_id: Some(room_id()),
                    client_id: None,
                    retry_after: None,
                }),
                json!({"type": "error", "code": "not_joined", "detail": "d", "roomId": "room_1"}),
            ),
        ];
        for (frame, expected) in frames {
            let sent: Value = serde_json::from_slice(&frame.to_bytes()).unwrap();
            assert_eq!(sent, expected);
        }
    }
}
