//! From the authorize page to a token, and what can go wrong on the way.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Url;

use super::super::{CLIENT_ID, CLIENT_SECRET};
use super::*;

const CALLBACK: &str = "http://127.0.0.1:3000/auth/github/callback";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

fn challenge() -> String {
    URL_SAFE_NO_PAD.encode(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, VERIFIER.as_bytes()))
}

impl Service {
    fn authorize(&self, fields: &[(&str, &str)]) -> String {
        let challenge = challenge();
        let mut query = vec![
            ("client_id", CLIENT_ID),
            ("redirect_uri", CALLBACK),
            ("scope", "read:user user:email"),
            ("state", "s t&u"),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        query.retain(|(name, _)| !fields.iter().any(|(other, _)| other == name));
        query.extend(fields);
        let page = format!("{}/web/login/oauth/authorize", self.base);
        Url::parse_with_params(&page, query).unwrap().into()
    }

    /// Presses a button of the page; gives where the browser is sent.
    async fn choose(&self, page: &str, account: &str) -> Url {
        let form = self.client.post(page).header("content-type", "application/x-www-form-urlencoded");
        let response = form.body(format!("account={account}")).send().await.unwrap();
        assert_eq!(response.status().as_u16(), 302);
        Url::parse(response.headers()["location"].to_str().unwrap()).unwrap()
    }

    async fn code(&self) -> String {
        let back = self.choose(&self.authorize(&[]), "minseo-kim").await;
        field(&back, "code")
    }

    fn exchange(&self, code: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        let mut form = vec![
            ("client_id", CLIENT_ID),
            ("client_secret", CLIENT_SECRET),
            ("code", code),
            ("redirect_uri", CALLBACK),
            ("code_verifier", VERIFIER),
        ];
        form.retain(|(name, _)| !fields.iter().any(|(other, _)| other == name));
        form.extend(fields);
        let body = serde_html_form::to_string(form).unwrap();
        let request = self.client.post(format!("{}/web/login/oauth/access_token", self.base));
        request.header("content-type", "application/x-www-form-urlencoded").body(body)
    }

    async fn exchanged(&self, code: &str, fields: &[(&str, &str)]) -> Value {
        let request = self.exchange(code, fields).header("accept", "application/json");
        let answer = Answer::read(request.send().await.unwrap()).await;
        assert_eq!(answer.status, 200, "errors are 200s too");
        answer.body
    }
}

fn field(url: &Url, name: &str) -> String {
    let found = url.query_pairs().find(|(field, _)| field == name);
    found.map(|(_, value)| value.into_owned()).unwrap_or_default()
}

#[tokio::test]
async fn a_person_chooses_on_the_page_and_the_application_gets_their_token() {
    let service = Service::built_in().await;
    let page = service.authorize(&[]);
    let text = service.client.get(&page).send().await.unwrap().text().await.unwrap();
    assert!(text.contains("value=\"minseo-kim\"") && text.contains("value=\"jiwoo-han\""), "{text}");
    let back = service.choose(&page, "jiwoo-han").await;
    assert_eq!(field(&back, "state"), "s t&u");
    let answer = service.exchanged(&field(&back, "code"), &[]).await;
    assert_eq!((&answer["token_type"], &answer["scope"]), (&"bearer".into(), &"read:user,user:email".into()));
    let token = answer["access_token"].as_str().unwrap();
    assert!(token.starts_with("gho_"));
    let user = service.client.get(format!("{}/api/user", service.base)).bearer_auth(token);
    let user = Answer::read(user.send().await.unwrap()).await;
    assert_eq!((&user.body["login"], &user.body["name"]), (&"jiwoo-han".into(), &Value::Null));
    assert_eq!(user.header("x-oauth-scopes"), "read:user, user:email");
}

#[tokio::test]
async fn the_answer_is_a_form_unless_json_is_accepted() {
    let service = Service::built_in().await;
    let response = service.exchange(&service.code().await, &[]).send().await.unwrap();
    assert!(
        response.headers()["content-type"].to_str().unwrap().starts_with("application/x-www-form-urlencoded")
    );
    let text = response.text().await.unwrap();
    let fields: Vec<(String, String)> = serde_html_form::from_str(&text).unwrap();
    let names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["access_token", "scope", "token_type"]);
}

#[tokio::test]
async fn a_code_is_good_once_for_whoever_asked_for_it_and_for_ten_minutes() {
    let service = Service::built_in().await;
    let code = service.code().await;
    assert!(service.exchanged(&code, &[]).await["access_token"].is_string());
    assert_eq!(service.exchanged(&code, &[]).await["error"], "bad_verification_code");
    let wrong = [
        ("client_secret", "x", "incorrect_client_credentials"),
        ("client_id", "x", "incorrect_client_credentials"),
        ("code", "x", "bad_verification_code"),
        ("code_verifier", "x", "bad_verification_code"),
        ("redirect_uri", "http://127.0.0.1/other", "redirect_uri_mismatch"),
    ];
    for (name, value, error) in wrong {
        let answer = service.exchanged(&service.code().await, &[(name, value)]).await;
        assert_eq!(answer["error"], error, "{name}");
        assert!(answer["error_description"].is_string() && answer["access_token"].is_null());
    }
    let late = service.code().await;
    service.clock.advance(std::time::Duration::from_secs(600));
    assert_eq!(service.exchanged(&late, &[]).await["error"], "bad_verification_code");
}

#[tokio::test]
async fn whoever_goes_back_has_denied_access() {
    let service = Service::built_in().await;
    let back = service.choose(&service.authorize(&[]), "").await;
    assert_eq!((field(&back, "error").as_str(), field(&back, "state").as_str()), ("access_denied", "s t&u"));
}

#[tokio::test]
async fn an_unknown_client_a_foreign_callback_and_a_weak_challenge_get_no_code() {
    let service = Service::built_in().await;
    for wrong in [("client_id", "x"), ("redirect_uri", "https://evil.test/callback")] {
        let page = service.client.get(service.authorize(&[wrong])).send().await.unwrap();
        assert_eq!(page.status().as_u16(), 404, "{wrong:?}");
    }
    let page =
        service.client.get(service.authorize(&[("code_challenge_method", "plain")])).send().await.unwrap();
    let back = Url::parse(page.headers()["location"].to_str().unwrap()).unwrap();
    assert_eq!(field(&back, "error"), "invalid_request");
}

#[tokio::test]
async fn a_grant_that_is_given_back_ends_all_tokens_of_its_person() {
    let service = Service::built_in().await;
    let token = async || {
        let answer = service.exchanged(&service.code().await, &[]).await;
        answer["access_token"].as_str().unwrap().to_owned()
    };
    let give_back = async |token: &str, secret: &str| {
        let url = format!("{}/api/applications/{CLIENT_ID}/grant", service.base);
        let request = service.client.delete(url).basic_auth(CLIENT_ID, Some(secret));
        let request = request.json(&serde_json::json!({ "access_token": token }));
        request.send().await.unwrap().status().as_u16()
    };
    let user = async |token: &str| {
        let request = service.client.get(format!("{}/api/user", service.base)).bearer_auth(token);
        request.send().await.unwrap().status().as_u16()
    };
    let (first, second) = (token().await, token().await);
    assert_eq!(give_back(&first, "wrong").await, 401);
    assert_eq!(user(&second).await, 200);
    assert_eq!(give_back(&first, CLIENT_SECRET).await, 204);
    assert_eq!((user(&first).await, user(&second).await), (401, 401));
    assert_eq!(give_back(&first, CLIENT_SECRET).await, 404, "there is nothing left");
    assert_eq!(user(&token().await).await, 200);
}

#[tokio::test]
async fn a_lost_answer_has_used_the_code_up() {
    let service = Service::built_in().await;
    let code = service.code().await;
    service.suffer("github/token", FaultKind::LostAnswer);
    assert!(service.exchange(&code, &[]).send().await.is_err());
    assert_eq!(service.exchanged(&code, &[]).await["error"], "bad_verification_code");
}
