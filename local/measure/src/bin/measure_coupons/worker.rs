//! A process that claims: the function, started as on Lambda, with a client of its own for the database.

use std::io::{Write, stdin, stdout};
use std::sync::Arc;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_types::SdkConfig;
use aws_types::region::Region;
use jiff::{SignedDuration, Timestamp};
use maru_lambda::{Answer, Clock, Environment, Instance, Invocation};
use maru_measure::Outcome;
use maru_store::{Key, Table, integer};
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use crate::orders::{Configuration, Done, Order, What};

/// The function that is measured.
const FUNCTION: &str = "claim_coupon";

/// Over how many counters transactions are spread: as many as a coupon has shares.
const COUNTERS: usize = 16;

/// How many orders a process works on at once, each as an instance of the function does: one by one.
const INSTANCES: usize = 32;

struct Worker {
    instances: Semaphore,
    function: Instance,
    table: Table,
    clock: Clock,
}

/// Does what it is told until nobody tells it anything any more.
pub async fn work() -> Outcome<()> {
    let mut line = String::new();
    stdin().read_line(&mut line)?;
    let configuration: Configuration = serde_json::from_str(&line)?;
    let worker = Arc::new(Worker::new(configuration)?);
    let runtime = tokio::runtime::Handle::current();
    let reading = tokio::task::spawn_blocking(move || {
        for line in stdin().lines() {
            let order: Order = serde_json::from_str(&line?)?;
            let worker = Arc::clone(&worker);
            runtime.spawn(async move {
                let done = worker.done(order).await;
                // Who started it is gone when nobody reads any more.
                let _ = serde_json::to_string(&done).map(|line| writeln!(stdout(), "{line}"));
            });
        }
        Outcome::Ok(())
    });
    reading.await?
}

impl Worker {
    fn new(Configuration { aws_url, variables, ahead }: Configuration) -> Outcome<Self> {
        let credentials = Credentials::new("local.claim_coupon", "local", None, None, "maru-measure");
        let aws = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("ap-northeast-2"))
            .endpoint_url(aws_url)
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .build();
        let ahead = SignedDuration::from_millis(ahead);
        let clock = Clock::from_fn(move || Timestamp::now() + ahead);
        let environment = Environment::new(variables, aws, clock.clone());
        let function = community::FUNCTIONS.iter().find(|function| function.name() == FUNCTION);
        Ok(Self {
            instances: Semaphore::new(INSTANCES),
            function: function.ok_or("no such function")?.start(&environment)?,
            table: Table::open(&environment, "COMMUNITY_TABLE")?,
            clock,
        })
    }

    async fn done(&self, Order { number, what }: Order) -> Done {
        let _instance = self.instances.acquire().await;
        let done = match what {
            What::Write => self.write(number).await.map(|()| (201, String::new())),
            What::Transaction => self.transaction(number).await.map(|()| (201, String::new())),
            What::Claim { coupon, token } => self.claim(&coupon, &token).await,
        };
        let (status, said) = done.unwrap_or_else(|error| (500, error.to_string()));
        Done { number, status, said }
    }

    /// A key of nothing that is there, and an item about as large as a claim, in the index of claims.
    fn new_item(&self, number: usize) -> (Key, Value) {
        let key = Key::new(format!("MEASURED#{}", maru_lambda::new_id("wrt", self.clock.now())), "ITEM");
        let share = format!("MEASURED#{}", number % COUNTERS);
        (key, json!({ "number": number, "name": "x".repeat(300), "stockShare": share }))
    }

    async fn write(&self, number: usize) -> Outcome<()> {
        let (key, item) = self.new_item(number);
        self.table.put_new(&key, &item).await?.done().ok_or_else(|| "there was an item".into())
    }

    async fn transaction(&self, number: usize) -> Outcome<()> {
        let table = &self.table;
        let (key, item) = self.new_item(number);
        let put = table.transact_put(&key, &item)?.condition_expression("attribute_not_exists(pk)");
        let counter = Key::new(format!("MEASURED#COUNTER#{}", number % COUNTERS), "ITEM");
        let update = table
            .transact_update(&counter)
            .update_expression("SET remaining = if_not_exists(remaining, :many) - :one")
            .condition_expression("attribute_not_exists(remaining) OR remaining >= :one")
            .expression_attribute_values(":many", integer(1_000_000))
            .expression_attribute_values(":one", integer(1));
        let other = Key::new(format!("MEASURED#NOBODY#{number}"), "ITEM");
        let check = table.transact_check(&other).condition_expression("attribute_not_exists(pk)");
        let writes = vec![table.part(put.build())?, table.part(update.build())?, table.part(check.build())?];
        table.transact(writes).await?.map_err(|cancelled| format!("refused: {cancelled:?}").into())
    }

    async fn claim(&self, coupon: &str, token: &str) -> Outcome<(u16, String)> {
        let path = format!("/coupons/{coupon}/claims");
        let event = json!({
            "version": "2.0", "routeKey": "POST /coupons/{couponId}/claims", "rawPath": path, "rawQueryString": "",
            "headers": { "authorization": format!("Bearer {token}") },
            "requestContext": {
                "accountId": "000000000000", "apiId": "local", "domainName": "local", "domainPrefix": "local",
                "http": {
                    "method": "POST", "path": path, "protocol": "HTTP/1.1", "sourceIp": "203.0.113.25",
                    "userAgent": "measure",
                },
                "requestId": "measured", "routeKey": "POST /coupons/{couponId}/claims", "stage": "$default",
                "time": "16/Jan/2026:00:10:00 +0000", "timeEpoch": self.clock.now().as_millisecond(),
            },
            "pathParameters": { "couponId": coupon }, "isBase64Encoded": false,
        });
        let deadline = self.clock.now() + SignedDuration::from_secs(10);
        let invocation = Invocation::new(FUNCTION, "measured", None, deadline);
        let Answer::Value(answer) = self.function.invoke(event, invocation).await? else {
            return Err("a stream".into());
        };
        let body: Value = serde_json::from_str(answer["body"].as_str().unwrap_or("null"))?;
        let said = body["id"].as_str().or(body["code"].as_str()).unwrap_or_default();
        Ok((u16::try_from(answer["statusCode"].as_u64().unwrap_or(500))?, said.to_owned()))
    }
}
