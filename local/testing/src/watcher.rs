//! Whoever watches a job: reads server-sent events as a browser's `EventSource` does (HTML standard §9.2).

use std::time::Duration;

use reqwest::{Method, RequestBuilder};
use serde_json::Value;

use crate::Maru;

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// An event of a job's log, as it came.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its number.
    pub id: u64,
    /// What it is, such as `item`.
    pub kind: String,
    /// The rest of it.
    pub data: Value,
}

/// The events in the beginning of a stream: those that are there with the empty line behind them. Comments
/// and the time to reconnect are no events.
pub fn complete_events(bytes: &[u8]) -> Vec<Event> {
    let end = bytes.windows(2).rposition(|pair| pair == b"\n\n").map_or(0, |position| position + 2);
    let blocks = std::str::from_utf8(&bytes[..end]).unwrap().split_terminator("\n\n");
    blocks.filter_map(event).collect()
}

fn event(block: &str) -> Option<Event> {
    let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    let data = field("data")?;
    Some(Event {
        id: field("id").unwrap().parse().unwrap(),
        kind: field("event").unwrap().to_owned(),
        data: serde_json::from_str(data).unwrap(),
    })
}

/// The number of the last event that was seen, by which a watcher resumes; 0 if none was.
pub fn last_seen(events: &[Event]) -> u64 {
    events.last().map_or(0, |event| event.id)
}

/// A request for the events of a job by its owner, or by `token`'s account.
pub fn request(maru: &Maru, id: &str, token: &str) -> RequestBuilder {
    maru.request(Method::GET, &format!("/jobs/{id}/events"), token)
}

/// The whole answer to a request whose stream ends by itself.
pub async fn watch(request: RequestBuilder) -> Vec<u8> {
    let reading = async {
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        response.bytes().await.unwrap().to_vec()
    };
    tokio::time::timeout(PATIENCE, reading).await.expect("the stream ends")
}

/// A stream that is being read.
pub struct Watcher {
    response: reqwest::Response,
    bytes: Vec<u8>,
}

impl Watcher {
    /// Opens the stream.
    pub async fn open(request: RequestBuilder) -> Self {
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        Self { response, bytes: Vec::new() }
    }

    /// Reads on until the stream holds `text`.
    pub async fn until_text(&mut self, text: &str) {
        self.until(|bytes| String::from_utf8_lossy(bytes).contains(text)).await;
    }

    /// Reads on until `count` events are there, and gives all so far.
    pub async fn until_events(&mut self, count: usize) -> Vec<Event> {
        self.until(|bytes| complete_events(bytes).len() >= count).await;
        self.events()
    }

    async fn until(&mut self, enough: impl Fn(&[u8]) -> bool) {
        let reading = async {
            while !enough(&self.bytes) {
                let piece = self.response.chunk().await.unwrap();
                self.bytes.extend(piece.expect("the stream goes on"));
            }
        };
        tokio::time::timeout(PATIENCE, reading).await.expect("more comes");
    }

    /// Reads to the end, whether the stream ends by itself or breaks off; tells which.
    pub async fn until_end(&mut self) -> Result<(), reqwest::Error> {
        let reading = async {
            loop {
                match self.response.chunk().await {
                    Ok(Some(piece)) => self.bytes.extend(piece),
                    Ok(None) => return Ok(()),
                    Err(error) => return Err(error),
                }
            }
        };
        tokio::time::timeout(PATIENCE, reading).await.expect("the stream ends")
    }

    /// The events so far.
    pub fn events(&self) -> Vec<Event> {
        complete_events(&self.bytes)
    }
}
