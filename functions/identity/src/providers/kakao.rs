//! Kakao as a login provider (<https://developers.kakao.com/docs/latest/ko/kakaologin/rest-api>).
//!
//! Its two hosts refuse in two shapes: `kauth` with `{error, error_description, error_code}`, `kapi` with
//! `{msg, code}`.

use std::time::Duration;

use http::StatusCode;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_partner::{Answer, Partner, PartnerError, Retry, Secret, Terms};
use serde::Deserialize;

use super::{ProviderError, Vouched, secure, unclear};
use crate::pkce::Verifier;

/// What one call may take. Three of them fit into the function's time.
const TERMS: Terms = Terms { name: "Kakao", patience: Duration::from_secs(4), largest_body: 256 * 1024 };

/// A read is asked for twice.
const READ: Retry =
    Retry::attempts(2).first_pause(Duration::from_millis(200)).longest_pause(Duration::from_secs(2));

/// Kakao's login page.
#[derive(Clone, Debug)]
pub(super) struct LoginPage {
    web: Partner,
    client_id: String,
}

/// Kakao.
#[derive(Clone, Debug)]
pub struct Kakao {
    web: Partner,
    api: Partner,
    client_id: String,
    client_secret: Secret,
}

#[derive(Deserialize)]
struct TokenAnswer {
    access_token: String,
    #[serde(default)]
    scope: String,
}

/// Everything but the id depends on what the person agreed to and on what the app was approved for.
#[derive(Deserialize)]
struct User {
    id: i64,
    #[serde(default)]
    kakao_account: Account,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Account {
    profile: Profile,
    name: Option<String>,
    email: Option<String>,
    is_email_valid: bool,
    is_email_verified: bool,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Profile {
    nickname: Option<String>,
    profile_image_url: Option<String>,
    is_default_image: bool,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Refusal {
    Auth { error: String, error_code: Option<String> },
    Api { code: i64 },
}

impl LoginPage {
    pub(super) fn open(environment: &Environment) -> Result<Self, ConfigurationError> {
        let client_id = environment.require("KAKAO_CLIENT_ID")?.to_owned();
        Ok(Self { web: Partner::open(environment, "KAKAO_AUTH_URL", TERMS)?, client_id })
    }

    /// Without a scope: the app's own consent items are asked for, and one that it does not have would be an
    /// error.
    pub(super) fn url(&self, callback: &str, state: &str, challenge: &str) -> Result<String, PartnerError> {
        let mut url = self.web.url(["oauth", "authorize"])?;
        url.query_pairs_mut()
            .append_pair("client_id", &self.client_id)
            .append_pair("redirect_uri", callback)
            .append_pair("response_type", "code")
            .append_pair("state", state)
            .append_pair("code_challenge", challenge)
            .append_pair("code_challenge_method", "S256");
        Ok(url.into())
    }
}

impl FromEnvironment for Kakao {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self {
            web: Partner::open(environment, "KAKAO_AUTH_URL", TERMS)?,
            api: Partner::open(environment, "KAKAO_API_URL", TERMS)?,
            client_id: environment.require("KAKAO_CLIENT_ID")?.to_owned(),
            client_secret: Secret::open(environment, "KAKAO_CLIENT_SECRET_PARAMETER")?,
        })
    }
}

impl Kakao {
    pub(super) async fn vouch(
        &self,
        code: &str,
        callback: &str,
        verifier: &Verifier,
    ) -> Result<Vouched, ProviderError> {
        let TokenAnswer { access_token: token, scope } = self.token(code, callback, verifier).await?;
        let answer = self.api.get(["v2", "user", "me"]).bearer(&token).send(&READ).await?;
        if answer.status != StatusCode::OK {
            return Err(refused(&answer));
        }
        let scopes = scope.split(' ').filter(|scope| !scope.is_empty()).map(str::to_owned).collect();
        Ok(answer.json::<User>()?.vouched(token, scopes))
    }

    /// Takes the grant back: the person and our app are no longer connected. A token that has ended (after
    /// six hours) cannot do it any more.
    pub async fn revoke(&self, token: &str) -> Result<(), ProviderError> {
        let call = self.api.post(["v1", "user", "unlink"]).bearer(token);
        let answer = call.send(&READ).await?;
        if answer.status == StatusCode::OK { Ok(()) } else { Err(refused(&answer)) }
    }

    async fn token(
        &self,
        code: &str,
        callback: &str,
        verifier: &Verifier,
    ) -> Result<TokenAnswer, ProviderError> {
        let form = [
            ("grant_type", "authorization_code"),
            ("client_id", self.client_id.as_str()),
            ("client_secret", self.client_secret.value().await?),
            ("redirect_uri", callback),
            ("code", code),
            ("code_verifier", verifier.as_str()),
        ];
        // Once: a code is good for one use, and a second try would say that it was used.
        let answer = self.web.post(["oauth", "token"]).form(&form).send(&Retry::NEVER).await?;
        if answer.status == StatusCode::OK { Ok(answer.json()?) } else { Err(refused(&answer)) }
    }
}

impl User {
    fn vouched(self, token: String, scopes: Vec<String>) -> Vouched {
        let Account { profile, name, email, is_email_valid, is_email_verified } = self.kakao_account;
        // An address that is only claimed is worth nothing.
        let emails = email.filter(|_| is_email_valid && is_email_verified).into_iter().collect();
        // The picture's address is given without TLS, though the host speaks it.
        let picture = profile.profile_image_url.filter(|_| !profile.is_default_image);
        let picture = picture.map(|url| url.replacen("http://", "https://", 1));
        let login = profile.nickname;
        Vouched { id: self.id, login, name, emails, image_url: secure(picture), token, scopes }
    }
}

fn refused(answer: &Answer) -> ProviderError {
    match serde_json::from_slice(&answer.body) {
        Ok(Refusal::Auth { error, error_code }) => ProviderError::Refused(error_code.unwrap_or(error)),
        Ok(Refusal::Api { code }) => ProviderError::Refused(code.to_string()),
        Err(_) => unclear(answer),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vouched(body: &str) -> Vouched {
        serde_json::from_str::<User>(body).unwrap().vouched("AT".to_owned(), Vec::new())
    }

    #[test]
    fn the_smallest_answer_has_an_id_only() {
        let Vouched { id, login, name, emails, image_url, .. } = vouched(r#"{"id":4100000000}"#);
        assert_eq!((id, login, name, emails, image_url), (4_100_000_000, None, None, Vec::new(), None));
    }

    #[test]
    fn an_address_counts_only_if_it_is_valid_and_verified() {
        for (valid, verified, counts) in [(true, true, 1), (true, false, 0), (false, true, 0)] {
            let body = format!(
                r#"{{"id":1,"kakao_account":{{"email":"a@example.com","is_email_valid":{valid},"is_email_verified":{verified}}}}}"#
            );
            assert_eq!(vouched(&body).emails.len(), counts, "{body}");
        }
    }

    #[test]
    fn the_picture_is_taken_over_tls_unless_it_is_everybodys() {
        let picture = |default: bool| {
            let body = format!(
                r#"{{"id":1,"kakao_account":{{"profile":{{"profile_image_url":"http://k.kakaocdn.net/p.jpg","is_default_image":{default}}}}}}}"#
            );
            vouched(&body).image_url
        };
        assert_eq!(picture(false).as_deref(), Some("https://k.kakaocdn.net/p.jpg"));
        assert_eq!(picture(true), None);
    }

    #[test]
    fn both_shapes_of_a_refusal_are_read() {
        let auth = r#"{"error":"invalid_grant","error_description":"…","error_code":"KOE320"}"#;
        assert!(
            matches!(serde_json::from_str(auth), Ok(Refusal::Auth { error_code: Some(code), .. }) if code == "KOE320")
        );
        let api = r#"{"msg":"this access token does not exist","code":-401}"#;
        assert!(matches!(serde_json::from_str(api), Ok(Refusal::Api { code: -401 })));
    }
}
