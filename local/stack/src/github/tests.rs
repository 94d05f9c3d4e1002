//! The sandbox over HTTP, as an application and a browser see it.

mod conditions;
mod git_repositories;
mod repositories;
mod sign_in;
mod work;

use std::sync::Arc;

use reqwest::header::HeaderMap;
use reqwest::{Client, RequestBuilder, Response};
use serde_json::Value;

use super::token::Token;
use super::{GitHub, Repositories, router};
use crate::clock::LocalClock;
use crate::faults::{Fault, FaultKind, FaultTarget, Faults};

/// A served sandbox on a clock that stands still.
struct Service {
    base: String,
    client: Client,
    clock: LocalClock,
    faults: Arc<Faults>,
}

/// Status, headers and JSON of an answer.
struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Value,
}

impl Service {
    async fn start(repositories: Repositories) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/_partners/github", listener.local_addr().unwrap());
        let clock = LocalClock::frozen("2026-01-15T00:00:00Z".parse().unwrap());
        let faults = Arc::<Faults>::default();
        let github = router(GitHub::new(repositories, clock.clone(), Arc::clone(&faults)));
        let stack = axum::Router::new().nest("/_partners/github", github);
        tokio::spawn(async move { axum::serve(listener, stack).await });
        let redirect = reqwest::redirect::Policy::none();
        let client = Client::builder().user_agent("maru").redirect(redirect).build().unwrap();
        Self { base, client, clock, faults }
    }

    async fn built_in() -> Self {
        Self::start(Repositories::built_in()).await
    }

    /// A request to the API by somebody with these scopes.
    fn request(&self, login: &str, scope: &str, path: &str) -> RequestBuilder {
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}/api{path}", self.base) };
        self.client.get(url).bearer_auth(Token::new(login.to_owned(), scope).write())
    }

    /// What the demo user is answered, with the scopes that Maru asks for.
    async fn get(&self, path: &str) -> Answer {
        Answer::read(self.request("minseo-kim", "read:user,user:email", path).send().await.unwrap()).await
    }

    /// The answer's body, which must be good.
    async fn json(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.body
    }

    fn suffer(&self, operation: &str, kind: FaultKind) {
        self.faults.push(Fault::new(FaultTarget::Partner, kind, 1).of_operation(operation));
    }
}

impl Answer {
    async fn read(response: Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.unwrap();
        Self { status, headers, body: serde_json::from_slice(&bytes).unwrap_or_default() }
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// The target of the link with this relation.
    fn link(&self, relation: &str) -> Option<String> {
        let wanted = format!("rel=\"{relation}\"");
        let link = self.header("link").split(", ").find(|link| link.ends_with(&wanted))?;
        Some(link.split(['<', '>']).nth(1)?.to_owned())
    }
}

/// A field of each item of a list, as texts.
fn each(list: &Value, pointer: &str) -> Vec<String> {
    let text = |item: &Value| match item.pointer(pointer) {
        Some(Value::String(text)) => text.clone(),
        other => other.map(ToString::to_string).unwrap_or_default(),
    };
    list.as_array().unwrap().iter().map(text).collect()
}
