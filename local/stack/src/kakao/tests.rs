//! The sandbox over HTTP.

use std::sync::Arc;
use std::time::Duration;

use reqwest::{Client, Url};
use serde_json::{Value, json};

use super::{CLIENT_ID, CLIENT_SECRET, Kakao, router};
use crate::clock::LocalClock;
use crate::faults::{Fault, FaultKind, FaultTarget, Faults};

const CALLBACK: &str = "http://localhost:3000/auth/kakao/callback";

struct Service {
    base: String,
    client: Client,
    clock: LocalClock,
    faults: Arc<Faults>,
}

impl Service {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let clock = LocalClock::frozen("2026-01-15T00:00:00Z".parse().unwrap());
        let faults = Arc::<Faults>::default();
        let kakao = router(Kakao::new(clock.clone(), Arc::clone(&faults)));
        tokio::spawn(async move { axum::serve(listener, kakao).await });
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { base, client, clock, faults }
    }

    fn page(&self, fields: &[(&str, &str)]) -> Url {
        let mut query = vec![
            ("client_id", CLIENT_ID),
            ("redirect_uri", CALLBACK),
            ("response_type", "code"),
            ("state", "s"),
        ];
        query.retain(|(name, _)| !fields.iter().any(|(other, _)| other == name));
        query.extend(fields);
        Url::parse_with_params(&format!("{}/kauth/oauth/authorize", self.base), query).unwrap()
    }

    async fn choose(&self, account: &str) -> Url {
        let response =
            self.client.post(self.page(&[])).body(format!("account={account}")).send().await.unwrap();
        Url::parse(response.headers()["location"].to_str().unwrap()).unwrap()
    }

    async fn code(&self, account: &str) -> String {
        let back = self.choose(account).await;
        back.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned()
    }

    async fn exchange(&self, code: &str, fields: &[(&str, &str)]) -> (u16, Value) {
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("client_id", CLIENT_ID),
            ("client_secret", CLIENT_SECRET),
            ("redirect_uri", CALLBACK),
            ("code", code),
        ];
        form.retain(|(name, _)| !fields.iter().any(|(other, _)| other == name));
        form.extend(fields);
        let request = self.client.post(format!("{}/kauth/oauth/token", self.base));
        let response = request.body(serde_html_form::to_string(form).unwrap()).send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    async fn me(&self, token: &str) -> (u16, Value) {
        let request = self.client.get(format!("{}/kapi/v2/user/me", self.base)).bearer_auth(token);
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    async fn token(&self, account: &str) -> String {
        let (status, answer) = self.exchange(&self.code(account).await, &[]).await;
        assert_eq!(status, 200, "{answer}");
        answer["access_token"].as_str().unwrap().to_owned()
    }

    fn suffer(&self, operation: &str, kind: FaultKind) {
        self.faults.push(Fault::new(FaultTarget::Partner, kind, 1).of_operation(operation));
    }
}

#[tokio::test]
async fn a_person_signs_in_and_kakao_says_what_they_consented_to() {
    let service = Service::start().await;
    let text = service.client.get(service.page(&[])).send().await.unwrap().text().await.unwrap();
    assert!(text.contains("value=\"4100000001\"") && text.contains("value=\"4100000002\""));
    let (status, open) = service.me(&service.token("4100000001").await).await;
    assert_eq!((status, &open["kakao_account"]["is_email_verified"]), (200, &true.into()));
    let reserved = service.me(&service.token("4100000002").await).await;
    assert_eq!(reserved, (200, json!({ "id": 4_100_000_002_u64 })));
}

#[tokio::test]
async fn the_exchange_is_refused_in_the_shape_of_oauth() {
    let service = Service::start().await;
    let used = service.code("4100000001").await;
    assert_eq!(service.exchange(&used, &[]).await.0, 200);
    let (status, again) = service.exchange(&used, &[]).await;
    assert_eq!(
        (status, &again["error"], &again["error_code"]),
        (400, &"invalid_grant".into(), &"KOE320".into())
    );
    for (name, value, status, code) in [
        ("client_id", "x", 401, "KOE101"),
        ("client_secret", "x", 401, "KOE010"),
        ("redirect_uri", "http://localhost/other", 400, "KOE303"),
        ("code", "x", 400, "KOE320"),
    ] {
        let (given, answer) = service.exchange(&service.code("4100000001").await, &[(name, value)]).await;
        assert_eq!((given, answer["error_code"].as_str()), (status, Some(code)), "{name}");
        assert!(answer["error_description"].is_string());
    }
    assert_eq!(service.exchange("x", &[("grant_type", "password")]).await.1["error"], "invalid_request");
}

#[tokio::test]
async fn a_bad_or_old_token_is_refused_in_the_shape_of_kakao() {
    let service = Service::start().await;
    let refused = json!({ "msg": "this access token does not exist", "code": -401 });
    for wrong in ["", "x", "kakao-local.1.99999999999.x"] {
        assert_eq!(service.me(wrong).await, (401, refused.clone()), "{wrong}");
    }
    let token = service.token("4100000001").await;
    service.clock.advance(Duration::from_secs(21_599));
    assert_eq!(service.me(&token).await, (401, refused));
}

#[tokio::test]
async fn whoever_is_unlinked_has_no_good_token_left_until_they_sign_in_again() {
    let service = Service::start().await;
    let (first, second) = (service.token("4100000001").await, service.token("4100000001").await);
    let other = service.token("4100000002").await;
    let unlink = service.client.post(format!("{}/kapi/v1/user/unlink", service.base)).bearer_auth(&first);
    let answer: Value = unlink.send().await.unwrap().json().await.unwrap();
    assert_eq!(answer, json!({ "id": 4_100_000_001_u64 }));
    for ended in [&first, &second] {
        assert_eq!(service.me(ended).await.0, 401);
    }
    assert_eq!(service.me(&other).await.0, 200);
    assert_eq!(service.me(&service.token("4100000001").await).await.0, 200);
}

#[tokio::test]
async fn the_page_refuses_what_kakao_would_and_going_back_denies() {
    let service = Service::start().await;
    for (name, value, code) in [
        ("client_id", "x", "KOE101"),
        ("redirect_uri", "http://evil.test/", "KOE006"),
        ("response_type", "token", "KOE201"),
    ] {
        let page = service.client.get(service.page(&[(name, value)])).send().await.unwrap();
        assert_eq!(page.status().as_u16(), 400);
        assert!(page.text().await.unwrap().contains(code));
    }
    let back = service.choose("").await;
    assert_eq!(back.query(), Some("error=access_denied&error_description=User+denied+access&state=s"));
}

#[tokio::test]
async fn failures_happen_on_demand_in_both_shapes() {
    let service = Service::start().await;
    let code = service.code("4100000001").await;
    service.suffer("kakao/token", FaultKind::Error);
    let (status, answer) = service.exchange(&code, &[]).await;
    assert_eq!((status, answer["error_code"].as_str()), (500, Some("KOE003")));
    assert_eq!(service.exchange(&code, &[]).await.0, 200, "the code was not used");
    let token = service.token("4100000001").await;
    for (kind, status, code) in [
        (FaultKind::Error, 503, -9798),
        (FaultKind::Throttle, 400, -10),
        (FaultKind::Unauthorized, 401, -401),
    ] {
        service.suffer("kakao/user", kind);
        let (given, answer) = service.me(&token).await;
        assert_eq!((given, answer["code"].as_i64()), (status, Some(code)), "{kind:?}");
    }
    assert_eq!(service.me(&token).await.0, 200);
}
