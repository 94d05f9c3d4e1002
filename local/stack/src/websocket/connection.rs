//! One connection, as the rest of the stack sees it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE;
use jiff::Timestamp;
use tokio::sync::{mpsc, watch};

use super::report::ConnectionReport;

/// How much may wait for a client that reads slowly; then those who send to it wait, too.
const WAITING: usize = 256;

/// A connection that is no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Gone;

/// What goes out to the client.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outgoing {
    Text(String),
    /// The end, from our side.
    Close,
}

/// One connection.
pub(crate) struct Connection {
    pub(crate) id: String,
    /// The id of its API, and the stage.
    pub(crate) api: String,
    pub(crate) stage: String,
    pub(crate) connected_at: Timestamp,
    pub(crate) source_ip: String,
    pub(crate) user_agent: String,
    /// The host that the client called.
    pub(super) host: String,
    last_active: Mutex<Timestamp>,
    sent: AtomicU64,
    received: AtomicU64,
    outgoing: mpsc::Sender<Outgoing>,
    abandoned: watch::Sender<bool>,
}

/// Who connects, from where.
pub(super) struct Client {
    pub(super) host: String,
    pub(super) source_ip: String,
    pub(super) user_agent: String,
}

impl Connection {
    /// A new connection, and what is to go out on it.
    pub(super) fn new(
        api: &str,
        stage: &str,
        client: Client,
        now: Timestamp,
    ) -> (Self, mpsc::Receiver<Outgoing>) {
        let (outgoing, receiver) = mpsc::channel(WAITING);
        let connection = Self {
            id: random_id(),
            api: api.to_owned(),
            stage: stage.to_owned(),
            connected_at: now,
            source_ip: client.source_ip,
            user_agent: client.user_agent,
            host: client.host,
            last_active: Mutex::new(now),
            sent: AtomicU64::new(0),
            received: AtomicU64::new(0),
            outgoing,
            abandoned: watch::Sender::new(false),
        };
        (connection, receiver)
    }

    /// Gives the client a text, after those that were given before.
    pub(crate) async fn send(&self, text: String, now: Timestamp) -> Result<(), Gone> {
        self.outgoing.send(Outgoing::Text(text)).await.map_err(|_| Gone)?;
        self.sent.fetch_add(1, Ordering::Relaxed);
        self.touch(now);
        Ok(())
    }

    /// Ends the connection, after what was given before.
    pub(crate) async fn close(&self) -> Result<(), Gone> {
        self.outgoing.send(Outgoing::Close).await.map_err(|_| Gone)
    }

    /// Drops the connection.
    pub(super) fn abandon(&self) {
        self.abandoned.send_replace(true);
    }

    /// Waits until the connection is to be dropped.
    pub(super) async fn abandoned(&self) {
        // The sender lives in `self`, so that the wait cannot fail.
        drop(self.abandoned.subscribe().wait_for(|abandoned| *abandoned).await);
    }

    /// Something was said.
    pub(super) fn heard(&self, now: Timestamp) {
        self.received.fetch_add(1, Ordering::Relaxed);
        self.touch(now);
    }

    /// When something was last said, by either side.
    pub(crate) fn last_active(&self) -> Timestamp {
        *self.last_active.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn touch(&self, now: Timestamp) {
        *self.last_active.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }

    pub(super) fn report(&self) -> ConnectionReport {
        ConnectionReport {
            id: self.id.clone(),
            api: self.api.clone(),
            source_ip: self.source_ip.clone(),
            connected_at: self.connected_at,
            last_active_at: self.last_active(),
            sent: self.sent.load(Ordering::Relaxed),
            received: self.received.load(Ordering::Relaxed),
        }
    }
}

/// An id of the form of API Gateway's: 16 characters, the last a `=`.
pub(super) fn random_id() -> String {
    URL_SAFE.encode(rand::random::<[u8; 11]>())
}
