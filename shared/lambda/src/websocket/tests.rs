use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use aws_types::SdkConfig;
use jiff::{SignedDuration, Timestamp};
use maru_auth::{Audience, Role, Signer};
use serde::Deserialize;

use super::*;
use crate::{Clock, Environment, Function, Lecturer, Member};

/// The key pair of RFC 8032 §7.1, test 1, as PKCS #8 (RFC 8410) and as its public half.
const PUBLIC_KEY: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
const PRIVATE_KEY: [u8; 48] = *b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20\
    \x9d\x61\xb1\x9d\xef\xfd\x5a\x60\xba\x84\x4a\xf4\x92\xec\x2c\xc4\
    \x44\x49\xc5\x69\x7b\x32\x69\x19\x70\x3b\xac\x03\x1c\xae\x7f\x60";

fn now() -> Timestamp {
    "2026-01-15T15:10:00Z".parse().unwrap()
}

/// A token of `usr_1` with this role.
fn token(role: Role) -> String {
    let audience = Audience { issuer: "maru".to_owned(), audience: "maru".to_owned() };
    let signer = Signer::new(audience, &PRIVATE_KEY);
    signer.sign("usr_1", &[role], now(), Duration::from_secs(900)).unwrap()
}

fn environment() -> Environment {
    let variables = [
        ("ACCESS_TOKEN_ISSUER", "maru"),
        ("ACCESS_TOKEN_AUDIENCE", "maru"),
        ("ACCESS_TOKEN_PUBLIC_KEY", PUBLIC_KEY),
    ];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Environment::new(BTreeMap::from(variables), SdkConfig::builder().build(), Clock::from_fn(now))
}

async fn answer(function: Function, event: Value) -> Value {
    let instance = function.start(&environment()).unwrap();
    let deadline = now() + SignedDuration::from_secs(5);
    let answer = instance.invoke(event, Invocation::new("test", "r", None, deadline)).await;
    let Ok(Answer::Value(answer)) = answer else { panic!("no answer") };
    answer
}

/// The event of a handshake as API Gateway sends it.
fn connect(headers: &[(&str, &str)]) -> Value {
    let one = |(name, value): &(&str, &str)| ((*name).to_owned(), json!(value));
    let all = |(name, value): &(&str, &str)| ((*name).to_owned(), json!([value]));
    json!({
        "headers": headers.iter().map(one).collect::<serde_json::Map<_, _>>(),
        "multiValueHeaders": headers.iter().map(all).collect::<serde_json::Map<_, _>>(),
        "requestContext": context("$connect", "CONNECT"),
        "isBase64Encoded": false,
    })
}

fn context(route: &str, kind: &str) -> Value {
    json!({
        "routeKey": route,
        "eventType": kind,
        "extendedRequestId": "JDNdlGBtoE0Fh-g=",
        "requestTime": "15/Jan/2026:15:10:00 +0000",
        "messageDirection": "IN",
        "stage": "live",
        "connectedAt": 1_768_489_800_000_i64,
        "requestTimeEpoch": 1_768_489_800_001_i64,
        "identity": { "sourceIp": "203.0.113.7", "userAgent": "test" },
        "requestId": "JDNdlGBtoE0Fh-g=",
        "domainName": "abcdef.execute-api.ap-northeast-2.amazonaws.com",
        "connectionId": "JDNdlfPCoE0CEfA=",
        "apiId": "abcdef",
    })
}

fn frame(body: &str) -> Value {
    let mut context = context("$default", "MESSAGE");
    context["messageId"] = json!("JDNeQfPToE0CEfA=");
    json!({ "requestContext": context, "body": body, "isBase64Encoded": false })
}

async fn take_member(_: Clock, connected: Connected<Member>) -> Result<(), Problem> {
    assert_eq!(connected.caller.id, "usr_1");
    assert_eq!(connected.connection_id, "JDNdlfPCoE0CEfA=");
    assert_eq!((connected.source_ip.as_str(), connected.now), ("203.0.113.7", now()));
    Ok(())
}

fn member() -> Function {
    Function::new("connect", |start| start.websocket_connect(take_member))
}

#[tokio::test]
async fn a_browser_brings_its_token_as_a_subprotocol_and_is_answered_with_the_other() {
    let offered = format!("maru.v1, bearer.{}", token(Role::User));
    for name in ["Sec-WebSocket-Protocol", "sec-websocket-protocol"] {
        let answer = answer(member(), connect(&[(name, &offered)])).await;
        let expected = json!({ "statusCode": 200, "headers": { "Sec-WebSocket-Protocol": "maru.v1" } });
        assert_eq!(answer, expected);
    }
}

#[tokio::test]
async fn subprotocols_may_come_in_several_headers() {
    let mut event = connect(&[]);
    let bearer = format!("bearer.{}", token(Role::User));
    event["headers"] = json!({ "Sec-WebSocket-Protocol": bearer });
    event["multiValueHeaders"] = json!({ "Sec-WebSocket-Protocol": ["maru.v1", bearer] });
    let answer = answer(member(), event).await;
    assert_eq!(answer["headers"]["Sec-WebSocket-Protocol"], "maru.v1");
}

#[tokio::test]
async fn a_subprotocol_is_selected_only_if_it_was_offered() {
    let authorization = format!("Bearer {}", token(Role::User));
    let plain = answer(member(), connect(&[("Authorization", &authorization)])).await;
    assert_eq!(plain, json!({ "statusCode": 200 }));
    let other = [("Authorization", authorization.as_str()), ("Sec-WebSocket-Protocol", "maru.v2")];
    assert_eq!(answer(member(), connect(&other)).await, json!({ "statusCode": 200 }));
}

#[tokio::test]
async fn whoever_may_not_connect_learns_the_status_and_nothing_else() {
    let good = token(Role::User);
    let (twice, cut) =
        (format!("maru.v1, bearer.{good}, bearer.{good}"), format!("maru.v1, bearer.{}", &good[..40]));
    let refused = [
        connect(&[]),
        connect(&[("Sec-WebSocket-Protocol", "maru.v1")]),
        connect(&[("Sec-WebSocket-Protocol", "maru.v1, bearer.")]),
        connect(&[("Sec-WebSocket-Protocol", &twice)]),
        connect(&[("Sec-WebSocket-Protocol", &cut)]),
        connect(&[("Authorization", "Basic dTpw")]),
    ];
    for event in refused {
        assert_eq!(answer(member(), event).await, json!({ "statusCode": 401 }));
    }
    async fn take(_: Clock, _: Connected<Lecturer>) -> Result<(), Problem> {
        Ok(())
    }
    let lecturer = || Function::new("connect", |start| start.websocket_connect(take));
    let offered = format!("maru.v1, bearer.{good}");
    let event = connect(&[("Sec-WebSocket-Protocol", &offered)]);
    assert_eq!(answer(lecturer(), event).await, json!({ "statusCode": 403 }));
    let offered = format!("maru.v1, bearer.{}", token(Role::Lecturer));
    let event = connect(&[("Sec-WebSocket-Protocol", &offered)]);
    assert_eq!(answer(lecturer(), event).await["statusCode"], 200);
}

#[tokio::test]
async fn a_refusal_of_the_handler_is_its_status() {
    async fn full(_: Clock, _: Connected<Member>) -> Result<(), Problem> {
        Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_connections", "Close one first."))
    }
    let offered = format!("maru.v1, bearer.{}", token(Role::User));
    let event = connect(&[("Sec-WebSocket-Protocol", &offered)]);
    let full = Function::new("connect", |start| start.websocket_connect(full));
    assert_eq!(answer(full, event).await, json!({ "statusCode": 429 }));
}

static SEEN: LazyLock<Arc<Mutex<Vec<String>>>> = LazyLock::new(Arc::default);

#[derive(Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
struct Said {
    #[garde(length(max = 3))]
    word: String,
}

async fn hear(_: Clock, frame: Frame) -> Result<(), BoxError> {
    let said = match frame.json::<Said>() {
        Ok(said) => said.word,
        Err(problem) => format!("{} {:?}", problem.code, problem.errors.first().map(|error| &error.pointer)),
    };
    SEEN.lock().unwrap().push(said.clone());
    if said == "err" { Err("on purpose".into()) } else { Ok(()) }
}

fn hearing() -> Function {
    Function::new("frame", |start| start.websocket_frame(hear))
}

#[tokio::test]
async fn a_frame_is_heard_whatever_it_says_and_an_error_is_a_500() {
    for (body, status) in [
        (r#"{"word":"one"}"#, 200),
        (r#"{"word":"three"}"#, 200),
        (r#"{"world":"1"}"#, 200),
        ("hello", 200),
        ("", 200),
        (r#"{"word":"err"}"#, 500),
    ] {
        assert_eq!(answer(hearing(), frame(body)).await, json!({ "statusCode": status }), "{body}");
    }
    let mut encoded = frame("eyJ3b3JkIjoiYjY0In0=");
    encoded["isBase64Encoded"] = json!(true);
    assert_eq!(answer(hearing(), encoded.clone()).await["statusCode"], 200);
    encoded["body"] = json!("/w==");
    assert_eq!(answer(hearing(), encoded).await["statusCode"], 400);
    let long = "x".repeat(MESSAGE_LIMIT + 1);
    assert_eq!(answer(hearing(), frame(&long)).await["statusCode"], 413);

    let heard = SEEN.lock().unwrap().clone();
    let (word, json) = (r#"invalid_body Some("/word")"#, r#"invalid_json Some("")"#);
    assert_eq!(heard[..2], ["one", word]);
    assert!(heard[2].starts_with("invalid_body"), "{heard:?}");
    assert_eq!(heard[3..], [json, json, "err", "b64"]);
}

#[tokio::test]
async fn the_end_of_a_connection_comes_with_its_code() {
    async fn take(_: Clock, disconnected: Disconnected) -> Result<(), BoxError> {
        let expected = ("JDNdlfPCoE0CEfA=", Some(1001));
        assert_eq!((disconnected.connection_id.as_str(), disconnected.code), expected);
        assert_eq!((disconnected.connected_at, disconnected.now), (now(), now()));
        Ok(())
    }
    let mut context = context("$disconnect", "DISCONNECT");
    context["disconnectStatusCode"] = json!(1001);
    context["disconnectReason"] = json!("Going away");
    let event = json!({
        "headers": { "Host": "abcdef.execute-api.ap-northeast-2.amazonaws.com", "x-api-key": "" },
        "multiValueHeaders": { "Host": ["abcdef.execute-api.ap-northeast-2.amazonaws.com"], "x-api-key": [""] },
        "requestContext": context,
        "isBase64Encoded": false,
    });
    let ended = Function::new("disconnect", |start| start.websocket_disconnect(take));
    assert_eq!(answer(ended, event).await, json!({ "statusCode": 200 }));
}

#[tokio::test]
async fn an_event_without_a_connection_is_none() {
    let mut event = frame("{}");
    event["requestContext"].as_object_mut().unwrap().remove("connectionId");
    let instance = hearing().start(&environment()).unwrap();
    let answer = instance.invoke(event, Invocation::new("test", "r", None, Timestamp::MAX)).await;
    assert!(matches!(answer, Err(crate::InvokeError::Event(_))));
}
