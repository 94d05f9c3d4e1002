//! A client of a WebSocket, as a browser's page is one.

use std::time::Duration;

use futures::{SinkExt, StreamExt};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::{Error, Message, http};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// The close code of a line that ended without one (RFC 6455 §7.1.5).
const BROKEN: u16 = 1006;

/// A WebSocket that is open.
pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// The subprotocol that the server selected.
    pub protocol: Option<String>,
}

impl Socket {
    /// Connects with an access token, as a browser does: both go as offered subprotocols. An empty token is left out.
    ///
    /// # Errors
    /// The HTTP status of a refusal.
    pub async fn connect(url: &str, token: &str) -> Result<Self, u16> {
        let bearer = format!("maru.v1, bearer.{token}");
        let offered = if token.is_empty() { "maru.v1" } else { &bearer };
        Self::open(url, &[("sec-websocket-protocol", offered)]).await
    }

    /// Connects with these headers.
    ///
    /// # Errors
    /// The HTTP status of a refusal.
    pub async fn open(url: &str, headers: &[(&'static str, &str)]) -> Result<Self, u16> {
        let mut request = url.into_client_request().expect("an address");
        for (name, value) in headers {
            let value = http::HeaderValue::from_str(value).expect("a header's value");
            request.headers_mut().append(*name, value);
        }
        let connecting = tokio::time::timeout(PATIENCE, connect_async(request));
        match connecting.await.expect("the server answers") {
            Ok((stream, response)) => {
                let protocol = response.headers().get("sec-websocket-protocol");
                let protocol = protocol.map(|protocol| protocol.to_str().expect("a protocol").to_owned());
                Ok(Self { stream, protocol })
            }
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("no WebSocket at {url}: {error}"),
        }
    }

    /// Sends a JSON text.
    pub async fn send(&mut self, value: &Value) {
        self.send_text(&value.to_string()).await;
    }

    /// Sends a text.
    pub async fn send_text(&mut self, text: &str) {
        self.stream.send(Message::text(text)).await.expect("the connection is there");
    }

    /// Sends a message of any kind, in one frame.
    pub async fn send_message(&mut self, message: Message) {
        self.stream.send(message).await.expect("the connection is there");
    }

    /// The next JSON text; waits for it.
    pub async fn next(&mut self) -> Value {
        let next = self.next_within(PATIENCE).await;
        next.expect("something comes")
    }

    /// The next JSON text, if one comes so soon.
    pub async fn next_within(&mut self, patience: Duration) -> Option<Value> {
        let text = tokio::time::timeout(patience, self.text()).await.ok()?;
        let text = text.unwrap_or_else(|code| panic!("the connection ended with {code}"));
        Some(serde_json::from_str(&text).unwrap_or_else(|_| panic!("not JSON: {text}")))
    }

    /// The first of the next JSON texts for which `wanted` holds; those before it are dropped.
    pub async fn until(&mut self, mut wanted: impl FnMut(&Value) -> bool) -> Value {
        loop {
            let next = self.next().await;
            if wanted(&next) {
                return next;
            }
        }
    }

    /// Reads until the connection ends, and gives the close code; 1006 if the line broke.
    pub async fn ended(&mut self) -> u16 {
        let reading = async {
            loop {
                if let Err(code) = self.text().await {
                    return code;
                }
            }
        };
        tokio::time::timeout(PATIENCE, reading).await.expect("the connection ends")
    }

    /// Ends the connection in good manners, and waits for the server's word.
    pub async fn close(mut self) {
        let frame = CloseFrame { code: CloseCode::Normal, reason: "".into() };
        self.stream.close(Some(frame)).await.expect("the connection is there");
        self.ended().await;
    }

    /// Cuts the line without a word.
    pub fn cut(self) {
        drop(self.stream.into_inner());
    }

    /// The next text, or the code with which the connection ended.
    async fn text(&mut self) -> Result<String, u16> {
        loop {
            match self.stream.next().await {
                Some(Ok(Message::Text(text))) => return Ok(text.as_str().to_owned()),
                Some(Ok(Message::Close(frame))) => {
                    return Err(frame.map_or(1005, |frame| frame.code.into()));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(BROKEN),
            }
        }
    }
}
