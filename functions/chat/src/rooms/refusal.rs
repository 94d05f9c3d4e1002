//! What is refused in a room, and the frame that says so.

use chat_rules::frames::{Frame, Notice, Unreadable};
use chat_rules::presence::{MOST_CONNECTIONS, MOST_ROOMS};
use maru_store::LimitError;

use crate::error::Error;

/// Why something is not done in a room.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The frame says nothing that can be done.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The connection is not known, or is two hours old.
    #[error("the connection has ended; connect again")]
    NotConnected,
    /// The account was closed.
    #[error("the account is closed")]
    AccountClosed,
    /// There is no such room.
    #[error("there is no such room")]
    NoSuchRoom,
    /// The connection is not in the room.
    #[error("join the room first")]
    NotJoined,
    /// The room can only be read any more.
    #[error("the room is closed; it can be read only")]
    RoomClosed,
    /// The connection is in as many rooms as it can be.
    #[error("a connection is in at most {MOST_ROOMS} rooms; leave one first")]
    TooManyRooms,
    /// Too many connections of the member began at the same moment for this one to find its place.
    #[error(
        "too many connections at the same moment, of {MOST_CONNECTIONS} that a member has; connect again"
    )]
    TooManyConnections,
    /// Too many at once each time that it was tried. Nothing is lost: it may be sent again, a message under the same client
    /// id.
    #[error("too much is said at the moment; send it again, a message with the same clientId")]
    Busy,
}

impl Refusal {
    /// A stable `snake_case` string.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(Unreadable::TooLarge) => "frame_too_large",
            Self::Unreadable(Unreadable::UnknownAction) => "unknown_action",
            Self::Unreadable(Unreadable::Invalid(_)) => "invalid_frame",
            Self::NotConnected => "not_connected",
            Self::AccountClosed => "account_closed",
            Self::NoSuchRoom => "room_not_found",
            Self::NotJoined => "not_joined",
            Self::RoomClosed => "room_closed",
            Self::TooManyRooms => "too_many_rooms",
            Self::TooManyConnections => "too_many_connections",
            Self::Busy => "busy",
        }
    }
}

/// The frame that answers `frame` with what went wrong.
#[must_use]
pub fn notice(error: &Error, frame: Option<&Frame>) -> Notice {
    let (code, detail, retry_after) = match error {
        Error::Refused(refusal) => {
            (refusal.code(), refusal.to_string(), (*refusal == Refusal::Busy).then_some(1))
        }
        Error::Limit(LimitError::Reached { resets_in, .. }) => {
            let detail = format!("too many frames; try again in {resets_in} seconds");
            ("too_many_requests", detail, Some(*resets_in))
        }
        // What failed is for the log.
        _ => ("unavailable", "try again in a moment, a message with the same clientId".to_owned(), Some(1)),
    };
    Notice {
        code,
        detail,
        room_id: frame.map(|frame| frame.room().to_owned()),
        client_id: frame.and_then(Frame::client_id).map(str::to_owned),
        retry_after,
    }
}
