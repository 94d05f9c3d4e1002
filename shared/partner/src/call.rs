//! One call: its making, its attempts, the redirects within the partner.

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, LOCATION};
use http::{HeaderName, HeaderValue, Method, StatusCode};
use maru_lambda::BoxError;
use reqwest::{Body, Request, Response, Url};
use serde::Serialize;

use crate::{Answer, Failure, Partner, PartnerError, Retry, Silence};

/// A call that is being made. What is wrong with it is said by [`Call::send`].
#[must_use = "a call goes out when it is sent"]
pub struct Call<'p> {
    partner: &'p Partner,
    request: Result<Request, PartnerError>,
    redirects: u32,
    silence: Option<&'p Silence>,
}

impl<'p> Call<'p> {
    pub(crate) fn new(partner: &'p Partner, request: Result<Request, PartnerError>) -> Self {
        Self { partner, request, redirects: 0, silence: None }
    }

    /// With these fields, a struct or a list of pairs, as the query; an absent field is left out.
    pub fn query(self, fields: &impl Serialize) -> Self {
        self.with(|partner, request| {
            let query = serde_html_form::to_string(fields).map_err(|error| partner.unfit(error))?;
            request.url_mut().set_query((!query.is_empty()).then_some(&query));
            Ok(())
        })
    }

    /// With a header.
    pub fn header(self, name: HeaderName, value: &str) -> Self {
        self.with(|partner, request| {
            let value = HeaderValue::from_str(value).map_err(|error| partner.unfit(error))?;
            request.headers_mut().insert(name, value);
            Ok(())
        })
    }

    /// With `Authorization: Bearer <token>`.
    pub fn bearer(self, token: &str) -> Self {
        self.authorization("Bearer", token)
    }

    /// With `Authorization: <scheme> <credentials>`.
    pub fn authorization(self, scheme: &str, credentials: &str) -> Self {
        self.with(|partner, request| {
            let value = HeaderValue::from_str(&format!("{scheme} {credentials}"));
            let mut value = value.map_err(|error| partner.unfit(error))?;
            value.set_sensitive(true);
            request.headers_mut().insert(AUTHORIZATION, value);
            Ok(())
        })
    }

    /// With a JSON body.
    pub fn json(self, body: &impl Serialize) -> Self {
        let body = serde_json::to_vec(body).map_err(BoxError::from);
        self.body("application/json", body)
    }

    /// With these fields, a struct or a list of pairs, as a form; an absent field is left out.
    pub fn form(self, fields: &impl Serialize) -> Self {
        let body = serde_html_form::to_string(fields).map(String::into_bytes).map_err(BoxError::from);
        self.body("application/x-www-form-urlencoded;charset=utf-8", body)
    }

    /// Follows up to so many redirects of a GET within the partner; one to another host is
    /// [`PartnerError::Elsewhere`]. Without this, a redirect is an answer like any other.
    pub fn redirects(self, most: u32) -> Self {
        Self { redirects: most, ..self }
    }

    /// Keeps `silence` before each attempt, and lets it last when the partner asks this call for a pause.
    pub fn sharing(self, silence: &'p Silence) -> Self {
        Self { silence: Some(silence), ..self }
    }

    /// Sends it, as often as `retry` allows, and gives the answer, which may be a refusal: whatever is not
    /// worth another attempt.
    ///
    /// # Errors
    /// [`PartnerError`].
    pub async fn send(self, retry: &Retry) -> Result<Answer, PartnerError> {
        let Self { partner, request, redirects, silence } = self;
        let (request, name) = (request?, partner.terms.name);
        let mut attempt = 1;
        loop {
            if let Some(silence) = silence {
                silence.end(retry.longest()).await.map_err(|left| PartnerError::Unavailable {
                    partner: name,
                    attempts: attempt - 1,
                    last: Failure::Silent(left),
                })?;
            }
            let last = match follow(partner, &request, redirects).await? {
                Ok(answer) if !retry.is_worth(&answer) => return Ok(answer),
                Ok(answer) => Failure::Answered(Box::new(answer)),
                Err(failure) => failure,
            };
            tracing::warn!(partner = name, attempt, error = %maru_lambda::logs::chain(&last), "a partner failed");
            let asked = match &last {
                Failure::Answered(answer) => retry.asked(answer, attempt),
                _ => None,
            };
            if let (Some(silence), Some(asked)) = (silence, asked) {
                silence.lasts(asked);
            }
            let Some(pause) = retry.pause(attempt, asked, rand::random()) else {
                return Err(PartnerError::Unavailable { partner: name, attempts: attempt, last });
            };
            tokio::time::sleep(pause).await;
            attempt += 1;
        }
    }

    fn body(self, content_type: &'static str, body: Result<Vec<u8>, BoxError>) -> Self {
        self.with(|partner, request| {
            *request.body_mut() = Some(Body::from(body.map_err(|error| partner.unfit(error))?));
            request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
            Ok(())
        })
    }

    fn with(mut self, change: impl FnOnce(&Partner, &mut Request) -> Result<(), PartnerError>) -> Self {
        if let Ok(request) = &mut self.request
            && let Err(error) = change(self.partner, request)
        {
            self.request = Err(error);
        }
        self
    }
}

/// One attempt, through up to `redirects` redirects.
async fn follow(
    partner: &Partner,
    request: &Request,
    redirects: u32,
) -> Result<Result<Answer, Failure>, PartnerError> {
    let mut url = request.url().clone();
    let mut followed = 0;
    loop {
        let answer = match attempt(partner, request, url.clone()).await? {
            Ok(answer) => answer,
            Err(failure) => return Ok(Err(failure)),
        };
        match target(request.method(), &answer).filter(|_| followed < redirects) {
            Some(target) => url = partner.own(target)?,
            None => return Ok(Ok(answer)),
        }
        followed += 1;
    }
}

/// Where a redirect leads; none for an answer that is no redirect, or whose request has a body.
fn target(method: &Method, answer: &Answer) -> Option<Url> {
    let redirected = matches!(
        answer.status,
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    );
    let location = answer.header(LOCATION.as_str()).filter(|_| redirected && method == Method::GET)?;
    answer.url.join(location).ok()
}

async fn attempt(
    partner: &Partner,
    request: &Request,
    url: Url,
) -> Result<Result<Answer, Failure>, PartnerError> {
    let mut copy = Request::new(request.method().clone(), url);
    copy.headers_mut().clone_from(request.headers());
    // The bodies are bytes in memory, so there is always a copy of them.
    *copy.body_mut() =
        request.body().and_then(Body::as_bytes).map(|bytes| Bytes::copy_from_slice(bytes).into());
    *copy.timeout_mut() = Some(partner.terms.patience);
    match partner.client().await?.execute(copy).await {
        Ok(response) => receive(partner, response).await,
        Err(error) if error.is_connect() => Ok(Err(Failure::Unreachable(plain(error)))),
        Err(error) => Ok(Err(Failure::Lost(plain(error)))),
    }
}

async fn receive(partner: &Partner, mut response: Response) -> Result<Result<Answer, Failure>, PartnerError> {
    let most = partner.terms.largest_body;
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if chunk.len() > most - body.len() => {
                return Err(PartnerError::TooLarge { partner: partner.terms.name, most });
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => break,
            // Cut off in the middle: the answer is worth nothing.
            Err(error) => return Ok(Err(Failure::Lost(plain(error)))),
        }
    }
    let (status, url) = (response.status(), response.url().clone());
    let headers = std::mem::take(response.headers_mut());
    Ok(Ok(Answer { partner: partner.terms.name, status, headers, body: body.into(), url }))
}

/// Without the URL, whose query may hold a code.
fn plain(error: reqwest::Error) -> BoxError {
    error.without_url().into()
}
