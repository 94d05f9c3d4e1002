//! The sandbox over HTTP.

mod control;
mod envelopes;
mod faults;
mod forecasts;
mod replay;
mod warnings;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use jiff::civil::DateTime;
use reqwest::{Client, Response};
use serde_json::Value;

use super::{Answers, Kma, SERVICE_KEY, router};
use crate::clock::LocalClock;
use crate::faults::{Fault, FaultKind, FaultTarget, Faults};

const WARNINGS: &str = "WthrWrnInfoService/getPwnCd";
const STATUS: &str = "WthrWrnInfoService/getPwnStatus";
const OBSERVATION: &str = "VilageFcstInfoService_2.0/getUltraSrtNcst";
const ULTRA_FORECAST: &str = "VilageFcstInfoService_2.0/getUltraSrtFcst";
const FORECAST: &str = "VilageFcstInfoService_2.0/getVilageFcst";

struct Service {
    base: String,
    client: Client,
    clock: LocalClock,
    faults: Arc<Faults>,
    answers: Answers,
}

impl Service {
    /// On 2026-11-21 at 12:00 in Seoul.
    async fn start() -> Self {
        Self::with(Answers::built_in()).await
    }

    async fn with(answers: Answers) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/_partners/kma", listener.local_addr().unwrap());
        let clock = LocalClock::frozen("2026-11-21T03:00:00Z".parse().unwrap());
        let faults = Arc::<Faults>::default();
        let kma = router(Kma::new(clock.clone(), Arc::clone(&faults), answers.clone()));
        let router = Router::new().nest("/_partners/kma", kma);
        tokio::spawn(async move { axum::serve(listener, router).await });
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { base, client, clock, faults, answers }
    }

    /// A call with the key, for JSON unless the parameters say otherwise.
    async fn call(&self, path: &str, parameters: &[(&str, &str)]) -> Response {
        let mut query = vec![("serviceKey", SERVICE_KEY), ("dataType", "JSON")];
        query.retain(|(name, _)| !parameters.iter().any(|(other, _)| other == name));
        query.extend(parameters);
        self.client.get(format!("{}/{path}", self.base)).query(&query).send().await.unwrap()
    }

    async fn json(&self, path: &str, parameters: &[(&str, &str)]) -> Value {
        self.call(path, parameters).await.json().await.unwrap()
    }

    /// The rows of a page; a refusal is a panic.
    async fn items(&self, path: &str, parameters: &[(&str, &str)]) -> Vec<Value> {
        let answer = self.json(path, parameters).await;
        assert_eq!(answer["response"]["header"]["resultCode"], "00", "{answer}");
        answer["response"]["body"]["items"]["item"].as_array().unwrap().clone()
    }

    /// The code of a refusal by the service, which has no body.
    async fn refused(&self, path: &str, parameters: &[(&str, &str)]) -> String {
        let answer = self.json(path, parameters).await;
        assert_eq!(answer["response"].as_object().unwrap().len(), 1, "{answer}");
        answer["response"]["header"]["resultCode"].as_str().unwrap().to_owned()
    }

    fn suffer(&self, operation: &str, kind: FaultKind) {
        self.faults.push(Fault::new(FaultTarget::Partner, kind, 1).of_operation(operation));
    }

    fn set(&self, now: &str) {
        self.clock.set(now.parse().unwrap());
    }
}

fn at(text: &str) -> DateTime {
    text.parse().unwrap()
}

/// The parameters of a cell's forecast, with those that are changed.
fn cell<'a>(base: (&'a str, &'a str)) -> Vec<(&'a str, &'a str)> {
    vec![("base_date", base.0), ("base_time", base.1), ("nx", "60"), ("ny", "127"), ("numOfRows", "2000")]
}
