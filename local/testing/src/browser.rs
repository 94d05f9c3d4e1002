//! A browser: it keeps cookies, and follows a redirect only when the test says so.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use reqwest::redirect::Policy;
use reqwest::{Client, Method};
use serde_json::Value;

use crate::{Answer, Maru};

/// A browser that is on nobody's side: it sends a cookie to the paths that it was set for, and nowhere else.
pub struct Browser<'a> {
    maru: &'a Maru,
    client: Client,
    /// Name → value and path.
    pub cookies: BTreeMap<String, (String, String)>,
}

impl<'a> Browser<'a> {
    /// A browser without cookies.
    #[must_use]
    pub fn new(maru: &'a Maru) -> Self {
        let client = Client::builder().redirect(Policy::none()).build().expect("a client");
        Self { maru, client, cookies: BTreeMap::new() }
    }

    /// The same browser in another place: its cookies go apart from now on.
    #[must_use]
    pub fn copy(&self) -> Self {
        Self { maru: self.maru, client: self.client.clone(), cookies: self.cookies.clone() }
    }

    /// Asks the API.
    pub async fn ask(&mut self, method: Method, path: &str, body: Option<&Value>) -> Answer {
        self.ask_as("", method, path, body).await
    }

    /// Asks the API with an access token; without one if it is empty.
    pub async fn ask_as(&mut self, token: &str, method: Method, path: &str, body: Option<&Value>) -> Answer {
        let mut request = self.client.request(method, format!("{}{path}", self.maru.stack.url()));
        if !token.is_empty() {
            request = request.bearer_auth(token);
        }
        let fitting = self.cookies.iter().filter(|(_, (_, place))| path.starts_with(place.as_str()));
        let cookies: Vec<String> = fitting.map(|(name, (value, _))| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = Answer::read(request.send().await.expect("an answer")).await;
        self.keep_cookies(&answer);
        answer
    }

    /// GET.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.ask(Method::GET, path, None).await
    }

    /// POST of a JSON body.
    pub async fn post(&mut self, path: &str, body: &Value) -> Answer {
        self.ask(Method::POST, path, Some(body)).await
    }

    /// Begins to sign in; gives the address of the provider's page.
    pub async fn begin(&mut self, provider: &str) -> String {
        location(&self.get(&format!("/auth/{provider}")).await)
    }

    /// Chooses who to be on the provider's page, nobody if it is empty; gives the path of the way back.
    pub async fn choose(&self, page: &str, account: &str) -> String {
        let form = format!("account={account}");
        let request = self.client.post(page).header("content-type", "application/x-www-form-urlencoded");
        let answer = request.body(form).send().await.expect("an answer");
        let back = location(&Answer::read(answer).await);
        back.strip_prefix(self.maru.stack.url()).expect("it leads back here").to_owned()
    }

    /// Goes the whole way; gives the login code.
    pub async fn sign_in(&mut self, provider: &str, account: &str) -> String {
        let page = self.begin(provider).await;
        let back = self.choose(&page, account).await;
        let app = location(&self.get(&back).await);
        parameter(&app, "code").unwrap_or_else(|| panic!("no code in {app}"))
    }

    fn keep_cookies(&mut self, answer: &Answer) {
        for cookie in answer.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().expect("it is a text");
            let mut parts = cookie.split("; ");
            let (name, value) =
                parts.next().expect("a first part").split_once('=').expect("a cookie has a value");
            let path = parts.clone().find_map(|part| part.strip_prefix("Path=")).unwrap_or("/");
            if parts.any(|part| part == "Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), (value.to_owned(), path.to_owned()));
            }
        }
    }
}

/// Where an answer sends the browser, which has to be somewhere.
#[track_caller]
pub fn location(answer: &Answer) -> String {
    assert!([302, 303].contains(&answer.status), "{answer:#?}");
    answer.headers["location"].to_str().expect("it is a text").to_owned()
}

/// A parameter of a URL's query.
#[must_use]
pub fn parameter(url: &str, name: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
    Some(percent_decode_str(value).decode_utf8().expect("it is UTF-8").into_owned())
}
