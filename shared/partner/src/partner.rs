//! A partner: where it is, and the terms that it is called under.

use std::sync::Arc;
use std::time::Duration;

use http::Method;
use maru_lambda::{ConfigurationError, Environment};
use reqwest::{Client, Request, Url};
use tokio::sync::OnceCell;

use crate::{Call, PartnerError};

/// How long the connection may take to be made.
const CONNECT: Duration = Duration::from_secs(5);

/// What Maru calls itself; GitHub refuses requests without a `User-Agent`.
const USER_AGENT: &str = "maru";

/// What a partner is called, and what its calls may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Its name in errors and logs, such as `GitHub`.
    pub name: &'static str,
    /// How long one attempt may take, from the connection to the answer's last byte.
    pub patience: Duration,
    /// The most bytes of an answer's body.
    pub largest_body: usize,
}

/// A service of somebody else. Clones share their connections.
#[derive(Clone, Debug)]
pub struct Partner {
    pub(crate) terms: Terms,
    base: Url,
    client: Arc<OnceCell<Client>>,
}

impl Partner {
    /// The partner whose base URL is in the environment variable `variable`; a slash at its end is no matter.
    ///
    /// # Errors
    /// [`ConfigurationError`] when the variable is not set, or is no `http` or `https` URL.
    pub fn open(environment: &Environment, variable: &str, terms: Terms) -> Result<Self, ConfigurationError> {
        let invalid =
            |reason: maru_lambda::BoxError| ConfigurationError::Invalid { name: variable.to_owned(), reason };
        let base = Url::parse(environment.require(variable)?).map_err(|error| invalid(error.into()))?;
        if !matches!(base.scheme(), "http" | "https") {
            return Err(invalid("is neither http nor https".into()));
        }
        Ok(Self { terms, base, client: Arc::default() })
    }

    /// What it is called, and what its calls may take.
    #[must_use]
    pub fn terms(&self) -> Terms {
        self.terms
    }

    /// The URL below the base that these segments make, for a browser to be sent to.
    ///
    /// # Errors
    /// [`PartnerError::Request`] when a segment is `.`, `..` or empty.
    pub fn url<'a>(&self, segments: impl IntoIterator<Item = &'a str>) -> Result<Url, PartnerError> {
        let mut url = self.base.clone();
        let mut path = url.path_segments_mut().map_err(|()| self.unfit("the base URL has no path"))?;
        path.pop_if_empty();
        for segment in segments {
            // `.` and `..` would name another resource than the caller means.
            if matches!(segment, "" | "." | "..") {
                return Err(self.unfit("a segment of the path is empty or dots"));
            }
            path.push(segment);
        }
        drop(path);
        Ok(url)
    }

    /// GET of a path below the base URL: its segments, which are escaped here.
    pub fn get<'a>(&self, segments: impl IntoIterator<Item = &'a str>) -> Call<'_> {
        self.call(Method::GET, segments)
    }

    /// POST to a path below the base URL: its segments, which are escaped here.
    pub fn post<'a>(&self, segments: impl IntoIterator<Item = &'a str>) -> Call<'_> {
        self.call(Method::POST, segments)
    }

    /// A call of a path below the base URL: its segments, which are escaped here.
    pub fn call<'a>(&self, method: Method, segments: impl IntoIterator<Item = &'a str>) -> Call<'_> {
        Call::new(self, self.url(segments).map(|url| Request::new(method, url)))
    }

    /// GET of a URL that the partner gave, such as the next page's, taken verbatim. It fails when it leads
    /// to another host.
    pub fn follow(&self, url: &str) -> Call<'_> {
        let url = Url::parse(url).map_err(|error| self.unfit(error)).and_then(|url| self.own(url));
        Call::new(self, url.map(|url| Request::new(Method::GET, url)))
    }

    /// `url`, if it is of this partner's scheme, host and port.
    pub(crate) fn own(&self, url: Url) -> Result<Url, PartnerError> {
        if url.origin() == self.base.origin() {
            Ok(url)
        } else {
            let host = url.host_str().unwrap_or_default().to_owned();
            Err(PartnerError::Elsewhere { partner: self.terms.name, host })
        }
    }

    /// The HTTP client, made at the first call and not at the start: it reads the system's certificates.
    pub(crate) async fn client(&self) -> Result<&Client, PartnerError> {
        let make = || async {
            // Followed by `Call::send`, which sees where they lead.
            let builder = Client::builder().redirect(reqwest::redirect::Policy::none());
            let client = builder.connect_timeout(CONNECT).user_agent(USER_AGENT).build();
            client.map_err(|error| PartnerError::Client { partner: self.terms.name, source: error.into() })
        };
        self.client.get_or_try_init(make).await
    }

    pub(crate) fn unfit(&self, source: impl Into<maru_lambda::BoxError>) -> PartnerError {
        PartnerError::Request { partner: self.terms.name, source: source.into() }
    }
}
