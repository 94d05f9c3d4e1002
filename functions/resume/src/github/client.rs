//! One request to GitHub.

use std::time::Duration;

use http::header::{ACCEPT, IF_NONE_MATCH};
use http::{HeaderName, StatusCode};
use maru_lambda::{Clock, ConfigurationError, Environment, FromEnvironment};
use maru_partner::{Answer, Call, Partner, Retry, Silence, Terms};
use serde::de::DeserializeOwned;

use super::{GithubError, refusal};

/// How long one attempt may take, and how large an answer may be: a hundred commits have 500 KB.
const TERMS: Terms =
    Terms { name: "GitHub", patience: Duration::from_secs(15), largest_body: 8 * 1024 * 1024 };

/// The version of the API whose fields are read.
const API_VERSION: &str = "2022-11-28";

/// Renamed repositories are answered with a redirect, an account's as well: one each, and one to spare.
const REDIRECTS: u32 = 3;

/// The longest pause that a worker makes: GitHub's usual limit asks for a minute.
pub(super) const LONGEST_PAUSE: Duration = Duration::from_secs(90);

/// GitHub's REST API.
#[derive(Clone, Debug)]
pub struct Github {
    partner: Partner,
    clock: Clock,
}

/// How long a caller can wait for GitHub to recover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// Somebody waits for the answer.
    Short,
    /// A worker has time.
    Long,
}

/// GitHub as one member's token sees it. A pause that GitHub asks of one request is kept by all.
#[derive(Debug)]
pub struct Session<'a> {
    github: &'a Github,
    token: &'a str,
    retry: Retry,
    pub(super) silence: Silence,
}

/// A page of a list, or that it is as it was.
#[derive(Debug)]
pub(super) enum Page<T> {
    /// As it is now.
    Changed {
        items: Vec<T>,
        /// By which it is asked for the next time.
        etag: Option<String>,
        next: Option<String>,
        last: Option<String>,
    },
    /// As the entity tag names it.
    Unchanged,
}

impl FromEnvironment for Github {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let partner = Partner::open(environment, "GITHUB_API_URL", TERMS)?;
        Ok(Self { partner, clock: environment.clock().clone() })
    }
}

impl Github {
    /// GitHub as `token` sees it.
    #[must_use]
    pub fn with_token<'a>(&'a self, token: &'a str, patience: Patience) -> Session<'a> {
        let retry = match patience {
            Patience::Short => Retry::attempts(2)
                .first_pause(Duration::from_millis(200))
                .longest_pause(Duration::from_secs(2)),
            Patience::Long => {
                Retry::attempts(4).first_pause(Duration::from_secs(1)).longest_pause(LONGEST_PAUSE)
            }
        };
        let retry = retry.when(refusal::is_passing).asking(refusal::asked_pause);
        Session { github: self, token, retry, silence: Silence::default() }
    }
}

impl Session<'_> {
    /// The JSON answer to a GET of these segments.
    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        segments: &[&str],
        query: &[(&str, &str)],
    ) -> Result<T, GithubError> {
        let call = self.github.partner.get(segments.iter().copied()).query(&query);
        let answer = self.send(call).await?;
        answer.json().map_err(|error| GithubError::Contract(error.into()))
    }

    /// The first page of a list; unchanged if `etag` still names it.
    pub(super) async fn page<T: DeserializeOwned>(
        &self,
        segments: &[&str],
        query: &[(&str, &str)],
        etag: Option<&str>,
    ) -> Result<Page<T>, GithubError> {
        let call = self.github.partner.get(segments.iter().copied()).query(&query);
        self.page_of(call, etag).await
    }

    /// Another page of a list, at the address that GitHub gave for it.
    pub(super) async fn follow<T: DeserializeOwned>(
        &self,
        url: &str,
        etag: Option<&str>,
    ) -> Result<Page<T>, GithubError> {
        self.page_of(self.github.partner.follow(url), etag).await
    }

    async fn page_of<T: DeserializeOwned>(
        &self,
        call: Call<'_>,
        etag: Option<&str>,
    ) -> Result<Page<T>, GithubError> {
        let call = match etag {
            Some(etag) => call.header(IF_NONE_MATCH, etag),
            None => call,
        };
        let answer = self.send(call).await?;
        if answer.status == StatusCode::NOT_MODIFIED {
            return Ok(Page::Unchanged);
        }
        let link = |relation| answer.link(relation).map(str::to_owned);
        Ok(Page::Changed {
            items: answer.json().map_err(|error| GithubError::Contract(error.into()))?,
            etag: answer.header("etag").map(str::to_owned),
            next: link("next"),
            last: link("last"),
        })
    }

    async fn send(&self, call: Call<'_>) -> Result<Answer, GithubError> {
        let call = call
            .bearer(self.token)
            .header(ACCEPT, "application/vnd.github+json")
            .header(HeaderName::from_static("x-github-api-version"), API_VERSION)
            .redirects(REDIRECTS)
            .sharing(&self.silence);
        let answered = call.send(&self.retry).await;
        let now = self.github.clock.now();
        refusal::judge(answered.map_err(|error| refusal::failed(error, now))?, now)
    }
}
