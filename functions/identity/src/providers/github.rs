//! GitHub as a login provider (OAuth app, <https://docs.github.com/en/apps/oauth-apps>).
//!
//! The token endpoint answers a refusal with status 200 and an `error` in the body, so the body decides.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{Method, StatusCode, header};
use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_partner::{Answer, Partner, PartnerError, Retry, Secret, Terms};
use serde::Deserialize;
use serde_json::json;

use super::{ProviderError, Vouched, secure, unclear};
use crate::pkce::Verifier;

/// What is asked for: who they are, and their verified addresses. Public repositories need no scope.
const SCOPE: &str = "read:user user:email";

/// What one call may take. Five of them fit into the function's time.
const TERMS: Terms = Terms { name: "GitHub", patience: Duration::from_secs(4), largest_body: 256 * 1024 };

/// A read is asked for twice.
const READ: Retry = Retry::attempts(2)
    .first_pause(Duration::from_millis(200))
    .longest_pause(Duration::from_secs(2))
    .when(is_passing);

/// GitHub's login page.
#[derive(Clone, Debug)]
pub(super) struct LoginPage {
    web: Partner,
    client_id: String,
}

/// GitHub.
#[derive(Clone, Debug)]
pub struct Github {
    web: Partner,
    api: Partner,
    client_id: String,
    client_secret: Secret,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum TokenAnswer {
    Token {
        access_token: String,
        #[serde(default)]
        scope: String,
    },
    Refusal {
        error: String,
    },
}

#[derive(Deserialize)]
struct User {
    id: i64,
    login: String,
    name: Option<String>,
    avatar_url: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    message: String,
}

#[derive(Deserialize)]
struct Email {
    email: String,
    primary: bool,
    verified: bool,
}

impl LoginPage {
    pub(super) fn open(environment: &Environment) -> Result<Self, ConfigurationError> {
        let client_id = environment.require("GITHUB_CLIENT_ID")?.to_owned();
        Ok(Self { web: Partner::open(environment, "GITHUB_URL", TERMS)?, client_id })
    }

    pub(super) fn url(&self, callback: &str, state: &str, challenge: &str) -> Result<String, PartnerError> {
        let mut url = self.web.url(["login", "oauth", "authorize"])?;
        url.query_pairs_mut()
            .append_pair("client_id", &self.client_id)
            .append_pair("redirect_uri", callback)
            .append_pair("scope", SCOPE)
            .append_pair("state", state)
            .append_pair("code_challenge", challenge)
            .append_pair("code_challenge_method", "S256");
        Ok(url.into())
    }
}

impl FromEnvironment for Github {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self {
            web: Partner::open(environment, "GITHUB_URL", TERMS)?,
            api: Partner::open(environment, "GITHUB_API_URL", TERMS)?,
            client_id: environment.require("GITHUB_CLIENT_ID")?.to_owned(),
            client_secret: Secret::open(environment, "GITHUB_CLIENT_SECRET_PARAMETER")?,
        })
    }
}

impl Github {
    pub(super) async fn vouch(
        &self,
        code: &str,
        callback: &str,
        verifier: &Verifier,
    ) -> Result<Vouched, ProviderError> {
        let (token, scope) = self.token(code, callback, verifier).await?;
        let user = self.get(&["user"], &token).send(&READ).await?;
        if user.status != StatusCode::OK {
            return Err(unclear(&user));
        }
        let User { id, login, name, avatar_url } = user.json()?;
        let emails = self.emails(&token).await?;
        let scopes = scope.split(',').filter(|scope| !scope.is_empty()).map(str::to_owned).collect();
        Ok(Vouched { id, login: Some(login), name, emails, image_url: secure(avatar_url), token, scopes })
    }

    /// Takes the grant back: all tokens of this person for our app end.
    pub async fn revoke(&self, token: &str) -> Result<(), ProviderError> {
        let secret = self.client_secret.value().await?;
        let credentials = STANDARD.encode(format!("{}:{secret}", self.client_id));
        let call = self.api.call(Method::DELETE, ["applications", self.client_id.as_str(), "grant"]);
        let call = call.authorization("Basic", &credentials).json(&json!({ "access_token": token }));
        let answer = headers(call).send(&READ).await?;
        match answer.status {
            // 404 and 422: the token is not good any more, so there is nothing to take back.
            StatusCode::NO_CONTENT | StatusCode::NOT_FOUND | StatusCode::UNPROCESSABLE_ENTITY => Ok(()),
            _ => Err(unclear(&answer)),
        }
    }

    async fn token(
        &self,
        code: &str,
        callback: &str,
        verifier: &Verifier,
    ) -> Result<(String, String), ProviderError> {
        let form = [
            ("client_id", self.client_id.as_str()),
            ("client_secret", self.client_secret.value().await?),
            ("code", code),
            ("redirect_uri", callback),
            ("code_verifier", verifier.as_str()),
        ];
        let call = self.web.post(["login", "oauth", "access_token"]).form(&form);
        // Without it the answer is a form.
        let call = call.header(header::ACCEPT, "application/json");
        // Once: a code is good for one use, and a second try would say that it was used.
        let answer = call.send(&Retry::NEVER).await?;
        match read_token(&answer) {
            Some(TokenAnswer::Token { access_token, scope }) => Ok((access_token, scope)),
            Some(TokenAnswer::Refusal { error }) => Err(ProviderError::Refused(error)),
            None => Err(unclear(&answer)),
        }
    }

    /// The verified addresses, the main one first; none if the person narrowed the scope.
    async fn emails(&self, token: &str) -> Result<Vec<String>, ProviderError> {
        let answer = self.get(&["user", "emails"], token).send(&READ).await?;
        let withheld = answer.status == StatusCode::FORBIDDEN && !is_limit(&answer);
        if withheld || answer.status == StatusCode::NOT_FOUND {
            return Ok(Vec::new());
        }
        if answer.status != StatusCode::OK {
            return Err(unclear(&answer));
        }
        let mut emails: Vec<Email> = answer.json()?;
        emails.retain(|email| email.verified);
        emails.sort_by_key(|email| !email.primary);
        Ok(emails.into_iter().map(|email| email.email).collect())
    }

    fn get<'a>(&'a self, path: &[&'a str], token: &str) -> maru_partner::Call<'a> {
        headers(self.api.get(path.iter().copied()).bearer(token))
    }
}

fn headers(call: maru_partner::Call<'_>) -> maru_partner::Call<'_> {
    call.header(header::ACCEPT, "application/vnd.github+json")
        .header(http::HeaderName::from_static("x-github-api-version"), "2022-11-28")
}

/// Whether the same request may be answered better in a moment: a failure of GitHub's own, or a limit. One that
/// comes as a 403 has to say how long to wait; an hour that is spent is not worth it.
fn is_passing(answer: &Answer) -> bool {
    let asks_to_wait = answer.status == StatusCode::FORBIDDEN && answer.retry_after().is_some();
    answer.status.is_server_error() || answer.status == StatusCode::TOO_MANY_REQUESTS || asks_to_wait
}

/// Whether a 403 says that we ask too often, and not that we may not ("Rate limits for the REST API").
fn is_limit(answer: &Answer) -> bool {
    let message = answer.json::<Message>().map(|body| body.message.to_lowercase()).unwrap_or_default();
    answer.header("retry-after").is_some()
        || answer.number("x-ratelimit-remaining") == Some(0)
        || message.contains("rate limit")
}

/// The body says what it is, whatever the status.
fn read_token(answer: &Answer) -> Option<TokenAnswer> {
    serde_json::from_slice(&answer.body).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_one_though_its_status_is_200() {
        let refusal = r#"{"error":"bad_verification_code","error_description":"The code passed is incorrect or expired."}"#;
        assert!(
            matches!(serde_json::from_str(refusal), Ok(TokenAnswer::Refusal { error }) if error == "bad_verification_code")
        );
        let token = r#"{"access_token":"gho_example","scope":"read:user,user:email","token_type":"bearer"}"#;
        assert!(
            matches!(serde_json::from_str(token), Ok(TokenAnswer::Token { scope, .. }) if scope == "read:user,user:email")
        );
        assert!(serde_json::from_str::<TokenAnswer>("{}").is_err());
    }
}
