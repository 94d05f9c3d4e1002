//! Server-sent events, as a page reads them (HTML standard §9.2), with the moment at which each was there.

use std::collections::VecDeque;
use std::time::Instant;

use maru_measure::Outcome;
use reqwest::{Client, Response};
use serde_json::Value;

/// An event of a job's log.
#[derive(Debug)]
pub struct Event {
    /// Its number.
    pub id: u64,
    /// Its kind, such as `item`.
    pub kind: String,
    /// What it tells.
    pub data: Value,
    /// When it was there.
    pub at: Instant,
}

/// A stream of them that is being read.
#[derive(Debug)]
pub struct Events {
    response: Response,
    /// What has come of the next event.
    begun: Vec<u8>,
    whole: VecDeque<Event>,
}

impl Events {
    /// Opens the stream at `url`.
    pub async fn open(client: &Client, url: &str) -> Outcome<Self> {
        let response = client.get(url).send().await?.error_for_status()?;
        Ok(Self { response, begun: Vec::new(), whole: VecDeque::new() })
    }

    /// The next event; none when the stream has ended.
    pub async fn next(&mut self) -> Outcome<Option<Event>> {
        while self.whole.is_empty() {
            let Some(piece) = self.response.chunk().await? else { return Ok(None) };
            let at = Instant::now();
            self.begun.extend(piece);
            while let Some(end) = self.begun.windows(2).position(|pair| pair == b"\n\n") {
                let block: Vec<u8> = self.begun.drain(..end + 2).collect();
                self.whole.extend(event(std::str::from_utf8(&block)?, at)?);
            }
        }
        Ok(self.whole.pop_front())
    }
}

/// The event in a block; comments and the time to reconnect are none.
fn event(block: &str, at: Instant) -> Outcome<Option<Event>> {
    let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    let (Some(id), Some(kind), Some(data)) = (field("id"), field("event"), field("data")) else {
        return Ok(None);
    };
    Ok(Some(Event { id: id.parse()?, kind: kind.to_owned(), data: serde_json::from_str(data)?, at }))
}
