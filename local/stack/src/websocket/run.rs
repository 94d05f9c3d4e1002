//! A connection while it lasts.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use futures::stream::{SplitSink, SplitStream};
use futures::{SinkExt, StreamExt};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tokio::sync::{Semaphore, mpsc};

use super::connection::{Connection, Outgoing, random_id};
use super::{Api, FRAMES_AT_ONCE, Failure, WebSockets, event, invoke};

/// A connection on which nothing is said for so long is ended (WebSocket API quotas).
const LONGEST_SILENCE: SignedDuration = SignedDuration::from_mins(10);

/// A connection is ended when it is so old (WebSocket API quotas).
const LONGEST_LIFE: SignedDuration = SignedDuration::from_hours(2);

/// How long the last words may take; the client may be gone.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// How a connection ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct End {
    /// The close code (RFC 6455 §7.4).
    pub(super) code: u16,
    pub(super) reason: String,
    /// Whether it is the client who has to be told.
    ours: bool,
}

impl End {
    /// The line broke.
    pub(super) const BROKEN: Self = Self { code: close_code::ABNORMAL, reason: String::new(), ours: false };

    fn ours(code: u16, reason: &str) -> Self {
        Self { code, reason: reason.to_owned(), ours: true }
    }

    fn theirs(frame: Option<CloseFrame>) -> Self {
        let (code, reason) =
            frame.map_or((close_code::STATUS, String::new()), |frame| (frame.code, frame.reason.to_string()));
        Self { code, reason, ours: false }
    }
}

/// Serves a connection to its end, and tells of that.
pub(super) async fn run(
    sockets: Arc<WebSockets>,
    api: Arc<Api>,
    connection: Arc<Connection>,
    socket: WebSocket,
    mut outgoing: mpsc::Receiver<Outgoing>,
) {
    let (mut sink, mut stream) = socket.split();
    let end = tokio::select! {
        end = read(&sockets, &api, &connection, &mut stream) => end,
        end = write(&mut sink, &mut outgoing) => end,
        end = expire(&sockets, &connection) => end,
        () = connection.abandoned() => return,
    };
    drop(outgoing);
    // The others hear of it first: from now on the connection is gone.
    let ending = end_with(&sockets, &api, &connection, &end);
    let telling = async {
        if end.ours {
            let frame = CloseFrame { code: end.code, reason: end.reason.clone().into() };
            drop(tokio::time::timeout(LAST_WORDS, sink.send(Message::Close(Some(frame)))).await);
        }
        drop(tokio::time::timeout(LAST_WORDS, sink.close()).await);
        // The client's own words of farewell, so that the line is not cut before ours have arrived; a line on which
        // something lies unread would be, when it is closed.
        drop(tokio::time::timeout(LAST_WORDS, async { while stream.next().await.is_some() {} }).await);
        if end.code == close_code::SIZE {
            tokio::time::sleep(LAST_WORDS).await;
        }
    };
    tokio::join!(ending, telling);
}

/// Forgets a connection and tells `$disconnect` of it, once.
pub(super) async fn end(sockets: &WebSockets, api: &Api, connection: &Connection, end: &End) {
    end_with(sockets, api, connection, end).await;
}

async fn end_with(sockets: &WebSockets, api: &Api, connection: &Connection, end: &End) {
    let _busy = sockets.activity.begin();
    if !sockets.remove(&connection.id) {
        return;
    }
    if let Some(Some(lambda)) = api.route("$disconnect") {
        let event = event::disconnect(connection, end, sockets.clock.now());
        // Nobody tries again; the runtime has said in the log what went wrong.
        drop(invoke(lambda, event).await);
    }
}

async fn write(sink: &mut SplitSink<WebSocket, Message>, outgoing: &mut mpsc::Receiver<Outgoing>) -> End {
    while let Some(next) = outgoing.recv().await {
        match next {
            Outgoing::Text(text) => {
                if sink.send(Message::Text(text.into())).await.is_err() {
                    return End::BROKEN;
                }
            }
            Outgoing::Close => return End::ours(close_code::NORMAL, "Connection Closed Normally"),
        }
    }
    End::BROKEN
}

async fn expire(sockets: &WebSockets, connection: &Connection) -> End {
    let after = |moment: Timestamp, by| moment.saturating_add(by).unwrap_or(Timestamp::MAX);
    let end = after(connection.connected_at, LONGEST_LIFE);
    loop {
        let silent = after(connection.last_active(), LONGEST_SILENCE);
        sockets.clock.wait_until(silent.min(end)).await;
        if sockets.clock.now() >= end
            || after(connection.last_active(), LONGEST_SILENCE) <= sockets.clock.now()
        {
            return End::ours(close_code::AWAY, "Going away");
        }
    }
}

async fn read(
    sockets: &Arc<WebSockets>,
    api: &Arc<Api>,
    connection: &Arc<Connection>,
    stream: &mut SplitStream<WebSocket>,
) -> End {
    let places = Arc::new(Semaphore::new(FRAMES_AT_ONCE));
    while let Some(message) = stream.next().await {
        let text = match message {
            Ok(Message::Text(text)) => text,
            Ok(Message::Binary(_)) => {
                return End::ours(close_code::UNSUPPORTED, "Unsupported data");
            }
            Ok(Message::Close(frame)) => return End::theirs(frame),
            Ok(Message::Ping(_) | Message::Pong(_)) => continue,
            Err(error) if is_too_long(&error) => return End::ours(close_code::SIZE, "Message Too Big"),
            Err(_) => return End::BROKEN,
        };
        let busy = sockets.activity.begin();
        let now = sockets.clock.now();
        connection.heard(now);
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return End::BROKEN };
        let (sockets, api, connection) = (Arc::clone(sockets), Arc::clone(api), Arc::clone(connection));
        tokio::spawn(async move {
            let _held = (busy, place);
            deliver(&sockets, &api, &connection, text.as_str(), now).await;
        });
    }
    End::BROKEN
}

fn is_too_long(error: &axum::Error) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<tokio_tungstenite::tungstenite::Error>() {
            return matches!(error, tokio_tungstenite::tungstenite::Error::Capacity(_));
        }
        cause = error.source();
    }
    false
}

/// Hands a frame to its function. Where that gives no answer the gateway tells the client in its own words.
async fn deliver(sockets: &WebSockets, api: &Api, connection: &Connection, text: &str, now: Timestamp) {
    let failure = match api.route_of(text) {
        None => Some("Forbidden"),
        Some((_, None)) => Some("Internal server error"),
        Some((route, Some(lambda))) => {
            match invoke(lambda, event::message(connection, route, text, now)).await {
                Ok(_) => None,
                Err(Failure::TookTooLong) => Some("Endpoint request timed out"),
                Err(Failure::Failed) => Some("Internal server error"),
            }
        }
    };
    if let Some(message) = failure {
        let answer = json!({
            "message": message,
            "connectionId": connection.id,
            "requestId": random_id(),
        });
        // A client that is gone needs no answer.
        let _gone = connection.send(answer.to_string(), sockets.clock.now()).await;
    }
}
