//! A tiny HTTP server that stands in for KakaoPay, and for SSM with the secret key: it answers as it is told and
//! notes what it was asked.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_types::SdkConfig;
use aws_types::region::Region;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use maru_lambda::{Clock, Environment};
use maru_partner::Terms;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::kakaopay::KakaoPay;
use crate::kakaopay::client::{MONEY, QUESTION};

/// Nothing is answered to this.
pub const SILENCE: Option<Response> = None;

type Answer = Arc<dyn Fn(usize) -> Option<Response> + Send + Sync>;

/// One request as it came.
#[derive(Clone, Debug)]
pub struct Seen {
    pub target: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

#[derive(Clone)]
struct Server {
    seen: Arc<Mutex<Vec<Seen>>>,
    answer: Answer,
    secret_key: Option<&'static str>,
}

/// A running server.
pub struct Service {
    url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Service {
    /// Answers the request to KakaoPay of this number (from 0) with what `answer` gives.
    pub async fn start(answer: impl Fn(usize) -> Option<Response> + Send + Sync + 'static) -> Self {
        Self::with_secret_key(Some("the secret key"), answer).await
    }

    /// The same with this secret key; without one, SSM refuses.
    pub async fn with_secret_key(
        secret_key: Option<&'static str>,
        answer: impl Fn(usize) -> Option<Response> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = Server { seen: Arc::default(), answer: Arc::new(answer), secret_key };
        let seen = Arc::clone(&server.seen);
        let router = Router::new().fallback(serve).with_state(server);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, seen }
    }

    /// One that answers everything with this.
    pub async fn answering(status: u16, body: &Value) -> Self {
        let body = body.to_string();
        Self::start(move |_| answer(status, body.clone())).await
    }

    /// One that answers each request with the next of these.
    pub async fn answering_each(answers: &[(u16, String)]) -> Self {
        let answers = answers.to_vec();
        Self::start(move |number| {
            let (status, body) = answers[number].clone();
            answer(status, body)
        })
        .await
    }

    /// KakaoPay at this server.
    pub fn kakaopay(&self) -> KakaoPay {
        self.kakaopay_at(&self.url)
    }

    /// The same without much patience.
    pub fn hasty_kakaopay(&self) -> KakaoPay {
        let hasty = |terms| Terms { patience: Duration::from_millis(200), ..terms };
        KakaoPay::open(&self.environment(&self.url), hasty(MONEY), hasty(QUESTION)).unwrap()
    }

    /// KakaoPay elsewhere, with the secret key from this server.
    pub fn kakaopay_at(&self, url: &str) -> KakaoPay {
        KakaoPay::open(&self.environment(url), MONEY, QUESTION).unwrap()
    }

    /// What KakaoPay was asked.
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    fn environment(&self, kakaopay_url: &str) -> Environment {
        let variables = [
            ("KAKAOPAY_URL", kakaopay_url),
            ("KAKAOPAY_CID", "TCSUBSCRIP"),
            ("KAKAOPAY_AUTHORIZATION_SCHEME", "SECRET_KEY"),
            ("KAKAOPAY_SECRET_KEY_PARAMETER", "/maru/kakaopay/secret-key"),
        ];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let credentials = Credentials::new("test", "test", None, None, "test");
        let aws = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(&self.url)
            .region(Region::new("ap-northeast-2"))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .http_client(aws_smithy_http_client::Builder::new().build_http());
        Environment::new(BTreeMap::from(variables), aws.build(), Clock::system())
    }
}

async fn serve(State(server): State<Server>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    if parts.headers.contains_key("x-amz-target") {
        return parameter(server.secret_key, &body);
    }
    let number = {
        let mut seen = server.seen.lock().unwrap();
        let target = format!("{} {}", parts.method, parts.uri);
        seen.push(Seen { target, headers: parts.headers, body });
        seen.len() - 1
    };
    match (server.answer)(number) {
        Some(answer) => answer,
        None => std::future::pending().await,
    }
}

/// SSM's answer to `GetParameter`.
fn parameter(secret_key: Option<&str>, asked: &[u8]) -> Response {
    let asked: Value = serde_json::from_slice(asked).unwrap();
    assert_eq!(asked, json!({"Name": "/maru/kakaopay/secret-key", "WithDecryption": true}));
    match secret_key {
        Some(value) => {
            json!({"Parameter": {"Type": "SecureString", "Value": value}}).to_string().into_response()
        }
        None => (StatusCode::BAD_REQUEST, r#"{"__type":"ParameterNotFound"}"#).into_response(),
    }
}

/// An answer without headers.
pub fn answer(status: u16, body: impl Into<Body>) -> Option<Response> {
    Some((StatusCode::from_u16(status).unwrap(), body.into()).into_response())
}

/// The first half of an answer with status 200, then a broken line.
pub fn half_of(body: &Value) -> Option<Response> {
    let body = body.to_string();
    let (length, half) = (body.len().to_string(), body[..body.len() / 2].to_owned());
    let body = Body::from_stream(async_stream::stream! {
        yield Ok(half);
        // A moment for the half to go out: what is unsent when a line breaks is lost with it.
        tokio::time::sleep(Duration::from_millis(20)).await;
        yield Err(std::io::Error::other("the line is broken"));
    });
    Some(([("content-length", length)], body).into_response())
}

/// A server that gives this answer to the first request of each line, which stays open, and breaks the line when it
/// has read the second. Gives its address, and the number of requests that it has read.
pub async fn breaking_lines(first: &Value) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let read = Arc::new(AtomicUsize::new(0));
    let (counter, body) = (Arc::clone(&read), first.to_string());
    let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    tokio::spawn(async move {
        while let Ok((mut line, _)) = listener.accept().await {
            let (counter, answer) = (Arc::clone(&counter), answer.clone());
            tokio::spawn(async move {
                if reads_request(&mut line).await {
                    counter.fetch_add(1, Ordering::SeqCst);
                    line.write_all(answer.as_bytes()).await.unwrap();
                }
                if reads_request(&mut line).await {
                    counter.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
    });
    (url, read)
}

/// Whether a request came whose body is a JSON object, which ends where its brace does.
async fn reads_request(line: &mut TcpStream) -> bool {
    let mut request = Vec::new();
    while !request.ends_with(b"}") {
        if line.read_buf(&mut request).await.unwrap_or(0) == 0 {
            return false;
        }
    }
    true
}
