//! A tiny HTTP server that stands in for the portal, and for SSM with the service key: it answers as it is told and
//! notes what it was asked.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_types::SdkConfig;
use aws_types::region::Region;
use axum::Router;
use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};
use maru_kma::Kma;
use maru_lambda::{Clock, Environment, FromEnvironment};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// The key as it is.
pub const KEY: &str = "aB3+/x9==";

/// The same as the portal's "encoding" form has it.
pub const ENCODED_KEY: &str = "aB3%2B%2Fx9%3D%3D";

type Answer = Arc<dyn Fn(&Asked) -> (u16, String) + Send + Sync>;

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Path and query, byte by byte.
    pub target: String,
    /// How many came before it.
    pub number: usize,
    query: HashMap<String, String>,
}

impl Asked {
    /// The value of a field of the query.
    pub fn field(&self, name: &str) -> &str {
        self.query.get(name).map(String::as_str).unwrap_or_default()
    }
}

#[derive(Clone)]
struct Server {
    asked: Arc<Mutex<Vec<Asked>>>,
    answer: Answer,
    key: Arc<Mutex<Key>>,
}

/// What SSM has.
struct Key {
    /// The key, or the code of a refusal.
    value: Result<&'static str, &'static str>,
    /// How often it was read.
    reads: usize,
}

/// A running server.
pub struct Portal {
    url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    key: Arc<Mutex<Key>>,
    now: Arc<Mutex<Timestamp>>,
}

impl Portal {
    /// Answers each request with what `answer` gives.
    pub async fn start(answer: impl Fn(&Asked) -> (u16, String) + Send + Sync + 'static) -> Self {
        Self::with_key(KEY, answer).await
    }

    /// The same with the service key in this form.
    pub async fn with_key(
        key: &'static str,
        answer: impl Fn(&Asked) -> (u16, String) + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let key = Arc::new(Mutex::new(Key { value: Ok(key), reads: 0 }));
        let server = Server { asked: Arc::default(), answer: Arc::new(answer), key: Arc::clone(&key) };
        let asked = Arc::clone(&server.asked);
        let router = Router::new().fallback(serve).with_state(server);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, asked, key, now: Arc::default() }
    }

    /// From now on SSM has this key, or refuses with this code.
    pub fn replace_key(&self, value: Result<&'static str, &'static str>) {
        self.key.lock().unwrap().value = value;
    }

    /// How often SSM was asked for the key.
    pub fn key_reads(&self) -> usize {
        self.key.lock().unwrap().reads
    }

    /// Lets time pass.
    pub fn wait(&self, minutes: i64) {
        let mut now = self.now.lock().unwrap();
        *now = now.checked_add(SignedDuration::from_mins(minutes)).unwrap();
    }

    /// What was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// The client of this server.
    pub fn kma(&self) -> Kma {
        let variables = [
            ("KMA_URL", format!("{}/1360000", self.url)),
            ("KMA_SERVICE_KEY_NAME", "/maru/kma/service-key".to_owned()),
        ];
        let variables: BTreeMap<String, String> =
            variables.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let credentials = Credentials::new("test", "test", None, None, "test");
        let aws = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(&self.url)
            .region(Region::new("ap-northeast-2"))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .http_client(aws_smithy_http_client::Builder::new().build_http());
        let now = Arc::clone(&self.now);
        let clock = Clock::from_fn(move || *now.lock().unwrap());
        Kma::from_environment(&Environment::new(variables, aws.build(), clock)).unwrap()
    }
}

async fn serve(State(server): State<Server>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if parts.headers.contains_key("x-amz-target") {
        let asked = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let asked: Value = serde_json::from_slice(&asked).unwrap();
        assert_eq!(asked, json!({ "Name": "/maru/kma/service-key", "WithDecryption": true }));
        let mut key = server.key.lock().unwrap();
        key.reads += 1;
        return match key.value {
            Ok(value) => {
                let parameter = json!({ "Parameter": { "Type": "SecureString", "Value": value } });
                parameter.to_string().into_response()
            }
            Err(code) => (StatusCode::BAD_REQUEST, json!({ "__type": code }).to_string()).into_response(),
        };
    }
    let asked = {
        let mut all = server.asked.lock().unwrap();
        let asked = Asked { target: parts.uri.to_string(), number: all.len(), query: query(&parts.uri) };
        all.push(asked.clone());
        asked
    };
    let (status, body) = (server.answer)(&asked);
    (StatusCode::from_u16(status).unwrap(), Body::from(body)).into_response()
}

fn query(uri: &Uri) -> HashMap<String, String> {
    Query::try_from_uri(uri).unwrap().0
}

/// A good answer with these items, whose total is wrong.
pub fn listed(items: &[Value]) -> (u16, String) {
    listed_of(items, (10, items.len().min(2)))
}

/// The same, which says that so many rows are on a page, and so many on all.
pub fn listed_of(items: &[Value], (size, total): (usize, usize)) -> (u16, String) {
    let header = json!({ "resultCode": "00", "resultMsg": "NORMAL_SERVICE" });
    let body = json!({ "dataType": "JSON", "items": { "item": items }, "pageNo": 1, "numOfRows": size, "totalCount": total });
    (200, json!({ "response": { "header": header, "body": body } }).to_string())
}

/// A refusal by the service itself.
pub fn refused(code: &str, message: &str) -> (u16, String) {
    let header = json!({ "resultCode": code, "resultMsg": message });
    (200, json!({ "response": { "header": header } }).to_string())
}
