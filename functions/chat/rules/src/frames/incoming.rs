//! What a client sends: `{action: join|leave|send|read}`.

use garde::Validate;
use maru_document::rules::{filled, paragraph};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

/// The most bytes of a frame: the longest text, with every character escaped as JSON can, and the rest.
pub const MOST_BYTES: usize = 8 * 1024;

/// The most characters (Unicode scalar values) of a message.
pub const MOST_CHARACTERS: usize = 500;

/// The highest sequence that a client can name: what JavaScript counts exactly.
pub const MOST_SEQUENCE: u64 = (1 << 53) - 1;

/// A frame of a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    /// Wants to be in a room, and what was said there after the message of this sequence; without it, the last ones.
    Join {
        /// The room.
        room: String,
        /// The sequence of the last message that the client has, 0 for none.
        after: Option<u64>,
    },
    /// Wants to be in a room no more.
    Leave {
        /// The room.
        room: String,
    },
    /// Says something. Sent again with the same `client_id` it is stored once.
    Send {
        /// The room.
        room: String,
        /// The client's own name of the message: 1 to 64 letters, digits, `-` and `_`.
        client_id: String,
        /// What is said: 1 to 500 characters, not blank, no control characters but line feeds.
        text: String,
    },
    /// Has read everything up to a message.
    Read {
        /// The room.
        room: String,
        /// The sequence of that message.
        sequence: u64,
    },
}

/// Why a frame is not answered with what it asks for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Longer than [`MOST_BYTES`].
    #[error("a frame has at most {MOST_BYTES} bytes")]
    TooLarge,
    /// Not UTF-8, not a JSON object with an `action`, or not what that action takes.
    #[error("{0}")]
    Invalid(String),
    /// An object whose `action` is none of the four.
    #[error("the actions are join, leave, send and read")]
    UnknownAction,
}

#[derive(Deserialize)]
struct Probe {
    action: String,
}

#[derive(Deserialize, Validate)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Join {
    #[serde(rename = "action")]
    #[garde(skip)]
    _action: IgnoredAny,
    #[garde(length(bytes, min = 1, max = 100), ascii)]
    room_id: String,
    #[garde(range(max = MOST_SEQUENCE))]
    after: Option<u64>,
}

#[derive(Deserialize, Validate)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Leave {
    #[serde(rename = "action")]
    #[garde(skip)]
    _action: IgnoredAny,
    #[garde(length(bytes, min = 1, max = 100), ascii)]
    room_id: String,
}

#[derive(Deserialize, Validate)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Send {
    #[serde(rename = "action")]
    #[garde(skip)]
    _action: IgnoredAny,
    #[garde(length(bytes, min = 1, max = 100), ascii)]
    room_id: String,
    #[garde(length(bytes, min = 1, max = 64), custom(name))]
    client_id: String,
    #[garde(length(chars, max = MOST_CHARACTERS), custom(paragraph), custom(filled))]
    text: String,
}

#[derive(Deserialize, Validate)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Read {
    #[serde(rename = "action")]
    #[garde(skip)]
    _action: IgnoredAny,
    #[garde(length(bytes, min = 1, max = 100), ascii)]
    room_id: String,
    #[garde(range(min = 1, max = MOST_SEQUENCE))]
    sequence: u64,
}

impl Frame {
    /// Reads a frame.
    ///
    /// # Errors
    /// [`Unreadable`], whose text is for whoever wrote the client, and short.
    pub fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        if bytes.len() > MOST_BYTES {
            return Err(Unreadable::TooLarge);
        }
        let Probe { action } = serde_json::from_slice(bytes)
            .map_err(|_| Unreadable::Invalid("a frame is a JSON object with an action".to_owned()))?;
        match action.as_str() {
            "join" => checked(bytes).map(|Join { room_id: room, after, .. }| Self::Join { room, after }),
            "leave" => checked(bytes).map(|Leave { room_id: room, .. }| Self::Leave { room }),
            "send" => checked(bytes).map(|Send { room_id: room, client_id, text, .. }| Self::Send {
                room,
                client_id,
                text,
            }),
            "read" => {
                checked(bytes).map(|Read { room_id: room, sequence, .. }| Self::Read { room, sequence })
            }
            _ => Err(Unreadable::UnknownAction),
        }
    }

    /// The room that it is about.
    #[must_use]
    pub fn room(&self) -> &str {
        match self {
            Self::Join { room, .. }
            | Self::Leave { room }
            | Self::Send { room, .. }
            | Self::Read { room, .. } => room,
        }
    }

    /// The client's own name of the message, if it is one.
    #[must_use]
    pub fn client_id(&self) -> Option<&str> {
        match self {
            Self::Send { client_id, .. } => Some(client_id),
            _ => None,
        }
    }
}

fn checked<T: DeserializeOwned + Validate<Context = ()>>(bytes: &[u8]) -> Result<T, Unreadable> {
    let frame: T = serde_json::from_slice(bytes).map_err(|error| invalid(&error))?;
    frame.validate().map_err(|report| invalid(&report))?;
    Ok(frame)
}

/// What is wrong, without more of the frame than somebody needs to find it.
fn invalid(error: &impl ToString) -> Unreadable {
    Unreadable::Invalid(error.to_string().trim_end().chars().take(200).collect())
}

fn name(text: &str, (): &()) -> garde::Result {
    let good = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if text.bytes().all(good) { Ok(()) } else { Err(garde::Error::new("must be letters, digits, - and _")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(frame: &str) -> Result<Frame, Unreadable> {
        Frame::read(frame.as_bytes())
    }

    #[test]
    fn each_action_is_read() {
        let room = || "room_1".to_owned();
        let good = [
            (r#"{"action":"join","roomId":"room_1"}"#, Frame::Join { room: room(), after: None }),
            (
                r#"{"action":"join","roomId":"room_1","after":0}"#,
                Frame::Join { room: room(), after: Some(0) },
            ),
            (r#"{"action":"leave","roomId":"room_1"}"#, Frame::Leave { room: room() }),
            (
                r#"{"action":"read","roomId":"room_1","sequence":3}"#,
                Frame::Read { room: room(), sequence: 3 },
            ),
            (
                r#"{"roomId":"room_1","clientId":"a-1_B","text":"비가\n와요 ☔","action":"send"}"#,
                Frame::Send { room: room(), client_id: "a-1_B".into(), text: "비가\n와요 ☔".into() },
            ),
        ];
        for (text, frame) in good {
            assert_eq!(read(text), Ok(frame), "{text}");
        }
    }

    #[test]
    fn a_text_has_up_to_500_characters_however_they_are_escaped() {
        let send =
            |text: &str| read(&format!(r#"{{"action":"send","roomId":"r","clientId":"c","text":"{text}"}}"#));
        assert!(send(&"가".repeat(500)).is_ok());
        assert!(send(&r"\ud83c\udf27".repeat(500)).is_ok());
        for bad in ["", " ", "\u{200b}", r"a\u0000b", r"\r", &"가".repeat(501)] {
            assert!(matches!(send(bad), Err(Unreadable::Invalid(_))), "{bad:?}");
        }
    }

    #[test]
    fn whatever_else_is_refused() {
        let invalid = [
            "",
            "hello",
            "[]",
            "1",
            "null",
            "{}",
            r#"{"action":1}"#,
            r#"{"action":"join"}"#,
            r#"{"action":"join","roomId":""}"#,
            r#"{"action":"join","roomId":"r","after":-1}"#,
            r#"{"action":"join","roomId":"r","after":1.5}"#,
            r#"{"action":"join","roomId":"r","after":9007199254740992}"#,
            r#"{"action":"join","roomId":"r","token":"x"}"#,
            r#"{"action":"join","roomId":"r","roomId":"s"}"#,
            r#"{"action":"leave","roomId":"r","after":1}"#,
            r#"{"action":"read","roomId":"r","sequence":0}"#,
            r#"{"action":"read","roomId":"r"}"#,
            r#"{"action":"send","roomId":"r","clientId":"","text":"a"}"#,
            r#"{"action":"send","roomId":"r","clientId":"a b","text":"a"}"#,
            r#"{"action":"send","roomId":"r","clientId":"a","text":["a"]}"#,
            r#"{"action":"send","roomId":"방","clientId":"a","text":"a"}"#,
        ];
        for text in invalid {
            assert!(matches!(read(text), Err(Unreadable::Invalid(_))), "{text}: {:?}", read(text));
        }
        assert_eq!(read(r#"{"action":"shout"}"#), Err(Unreadable::UnknownAction));
        assert!(matches!(Frame::read(&[0xff, 0x00]), Err(Unreadable::Invalid(_))));
        assert_eq!(Frame::read(&vec![b' '; MOST_BYTES + 1]), Err(Unreadable::TooLarge));
        let deep = format!(r#"{{"action":{}"#, "[".repeat(5_000));
        assert!(matches!(read(&deep), Err(Unreadable::Invalid(_))));
    }

    #[test]
    fn what_is_wrong_is_said_in_short() {
        let long = format!(r#"{{"action":"join","roomId":"r","{}":1}}"#, "x".repeat(5_000));
        let Err(Unreadable::Invalid(text)) = read(&long) else { panic!("it is refused") };
        assert!(text.chars().count() <= 200);
    }
}
