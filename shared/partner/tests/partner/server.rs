//! A tiny HTTP server that answers as it is told and notes what it was asked.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_types::SdkConfig;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use maru_lambda::{Clock, Environment};
use maru_partner::{Partner, Retry, Terms};

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// The most bytes that the partner may answer with.
pub const LARGEST_BODY: usize = 64;

/// Three attempts without pauses to speak of.
pub const RETRY: Retry = Retry::attempts(3).first_pause(Duration::from_millis(2));

type Answer = Arc<dyn Fn(usize) -> Response + Send + Sync>;

/// One request as it came.
#[derive(Clone, Debug)]
pub struct Seen {
    pub method: Method,
    pub target: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

#[derive(Clone)]
struct Server {
    seen: Arc<Mutex<Vec<Seen>>>,
    answer: Answer,
}

/// A running server.
pub struct Service {
    pub url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Service {
    /// Answers the request of this number (from 0) with what `answer` gives; `/slow` never.
    pub async fn start(answer: impl Fn(usize) -> Response + Send + Sync + 'static) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = Server { seen: Arc::default(), answer: Arc::new(answer) };
        let seen = Arc::clone(&server.seen);
        let router = Router::new().fallback(serve).with_state(server);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, seen }
    }

    pub fn partner(&self) -> Partner {
        partner(&self.url)
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

/// The partner at this base URL.
pub fn partner(base: &str) -> Partner {
    partner_with(base, terms())
}

/// The partner at this base URL, on other terms.
pub fn partner_with(base: &str, terms: Terms) -> Partner {
    Partner::open(&environment(base), "PARTNER_URL", terms).unwrap()
}

pub fn terms() -> Terms {
    Terms { name: "the partner", patience: PATIENCE, largest_body: LARGEST_BODY }
}

pub fn environment(base: &str) -> Environment {
    let variables = BTreeMap::from([("PARTNER_URL".to_owned(), base.to_owned())]);
    Environment::new(variables, SdkConfig::builder().build(), Clock::system())
}

async fn serve(State(server): State<Server>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    if parts.uri.path() == "/slow" {
        std::future::pending::<()>().await;
    }
    let number = {
        let mut seen = server.seen.lock().unwrap();
        let target = parts.uri.to_string();
        seen.push(Seen { method: parts.method, target, headers: parts.headers, body });
        seen.len() - 1
    };
    (server.answer)(number)
}

/// An answer without headers.
pub fn answer(status: u16, body: &'static str) -> Response {
    (StatusCode::from_u16(status).unwrap(), body).into_response()
}

/// A redirect.
pub fn redirect(status: u16, to: &str) -> Response {
    (StatusCode::from_u16(status).unwrap(), [("location", to.to_owned())]).into_response()
}

/// Half of an answer, then a broken line.
pub fn half() -> Response {
    let body = Body::from_stream(async_stream::stream! {
        yield Ok("half");
        // A moment for the half to go out: what is unsent when a line breaks is lost with it.
        tokio::time::sleep(Duration::from_millis(20)).await;
        yield Err(std::io::Error::other("the line is broken"));
    });
    ([("content-length", "8")], body).into_response()
}
