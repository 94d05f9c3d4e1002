//! Answers that GitHub gives by its rules, from a server that gives them as a test says.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use aws_types::SdkConfig;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};
use maru_lambda::{Clock, Environment, FromEnvironment};

use super::*;

mod answers;
mod counts;
mod limits;

/// An answer: its status, its headers, its body.
type Said = (u16, Vec<(&'static str, String)>, String);

/// A server that gives these answers one after the other, the last one for ever, and notes the paths.
#[derive(Clone)]
struct Server {
    answers: Arc<Vec<Said>>,
    asked: Arc<Mutex<Vec<String>>>,
    url: String,
}

impl Server {
    async fn start(answers: Vec<Said>) -> Self {
        Self::start_at(|_| answers).await
    }

    /// The same with answers that name the server's own address.
    async fn start_at(answers: impl FnOnce(&str) -> Vec<Said>) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = Self { answers: Arc::new(answers(&url)), asked: Arc::default(), url };
        let router = Router::new().fallback(answer).with_state(server.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        server
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    fn github(&self) -> Github {
        let variables = BTreeMap::from([("GITHUB_API_URL".to_owned(), self.url.clone())]);
        let configuration = SdkConfig::builder().build();
        let environment = Environment::new(variables, configuration, Clock::from_fn(now));
        Github::from_environment(&environment).unwrap()
    }

    /// What comes of asking for a repository.
    async fn repository(&self) -> Result<String, GithubError> {
        let github = self.github();
        let session = github.with_token("gho_secret", Patience::Short);
        session.repository("octo/pay").await.map(|repository| repository.full_name)
    }
}

async fn answer(State(server): State<Server>, request: Request) -> Response {
    let mut asked = server.asked.lock().unwrap();
    let (status, headers, body) = server.answers[asked.len().min(server.answers.len() - 1)].clone();
    asked.push(request.uri().to_string());
    let mut response = (StatusCode::from_u16(status).unwrap(), body).into_response();
    for (name, value) in headers {
        response.headers_mut().insert(name, value.parse().unwrap());
    }
    response
}

fn now() -> Timestamp {
    "2026-01-15T15:10:00Z".parse().unwrap()
}

fn after(seconds: i64) -> Timestamp {
    now() + SignedDuration::from_secs(seconds)
}

/// The account that tests read as.
fn connection() -> Connection {
    let connected = Connected {
        user_id: "usr_1".to_owned(),
        github_id: 1,
        login: "octo".to_owned(),
        name: None,
        emails: vec!["octo@example.com".to_owned()],
        sealed_token: String::new(),
        scopes: Vec::new(),
    };
    Connection { connected, connected_at: 0 }
}

fn said(status: u16, body: &str) -> Said {
    with(status, &[], body)
}

fn with(status: u16, headers: &[(&'static str, &str)], body: &str) -> Said {
    let headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    (status, headers, body.to_owned())
}

const PAY: &str = r#"{ "name": "pay", "full_name": "octo/pay", "html_url": "https://github.com/octo/pay" }"#;
const SECONDARY: &str = r#"{ "message": "You have exceeded a secondary rate limit." }"#;
