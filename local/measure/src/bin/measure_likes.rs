//! What a notification costs the one who likes: many callers like resumes at once, in three ways in turn.
//!
//! - `bare`: each likes a resume of their own, of which nobody is told: the same request, without any notification.
//! - `notified`: each likes somebody else's; the owner is told by a message after the answer.
//! - `waiting`: the bare like, and then a call of the notification domain over HTTP, which is waited for. The
//!   caller makes it where the function would: it goes over the same loopback.
//!
//! What follows a like is held back until all are answered, because here it would take the same processor; on
//! AWS it has another one. Then it is done, and every owner's notifications are counted.
//!
//! ```sh
//! cargo build --release -p maru-measure && target/release/measure_likes
//! ```

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Parser;
use futures::future::try_join_all;
use garde::Validate;
use jiff::SignedDuration;
use maru_auth::Role;
use maru_lambda::http::input::Nothing;
use maru_lambda::{
    Anyone, Call, Clock, ConfigurationError, Environment, FromEnvironment, Function, Instance, Invocation,
    NoContent, Problem,
};
use maru_measure::publishing::{Publisher, Resume};
use maru_measure::{Outcome, build, milliseconds, percentile, rounded, say};
use maru_testing::{Maru, Setup, template};
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Parser)]
struct Arguments {
    /// How many like at the same time.
    #[arg(long, default_value_t = 64)]
    callers: usize,
    /// How many resumes each likes in a round, one after the other.
    #[arg(long, default_value_t = 10)]
    likes: usize,
    /// How often each way is measured.
    #[arg(long, default_value_t = 4)]
    rounds: usize,
}

/// The notification domain behind HTTP, for this measure only.
static OVER_HTTP: &[Function] = &[Function::new("notify", |start| start.http(notify))];

/// Its resource in the template.
const NOTIFY: &str = r#"Resources:
  NotifyFunction:
    Type: AWS::Serverless::Function
    Metadata: {SkipBuild: true}
    Properties:
      CodeUri: target/lambda/measure/
      Handler: notify
      Environment: {Variables: {NOTIFICATION_TABLE: !Ref NotificationTable}}
      Policies:
        Statement:
          - Effect: Allow
            Action: [dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem, dynamodb:ConditionCheckItem]
            Resource: !GetAtt NotificationTable.Arn
      Events:
        Http: {Type: HttpApi, Properties: {ApiId: !Ref Api, Method: POST, Path: /notify}}
"#;

/// The consumer of the notification queue, as a function over HTTP calls it.
#[derive(Clone)]
struct Consumer {
    instance: Arc<Instance>,
    clock: Clock,
}

impl FromEnvironment for Consumer {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let mut functions = notification::FUNCTIONS.iter();
        let consumer = functions.find(|function| function.name() == "on_notification_requested");
        let consumer =
            consumer.ok_or_else(|| ConfigurationError::Missing("on_notification_requested".to_owned()))?;
        let clock = Clock::from_environment(environment)?;
        Ok(Self { instance: Arc::new(consumer.start(environment)?), clock })
    }
}

#[derive(Deserialize, Validate)]
#[garde(allow_unvalidated)]
struct Told {
    message: Value,
}

type Notify = Call<Anyone, Nothing, Nothing, Told>;

async fn notify(consumer: Consumer, call: Notify) -> Result<NoContent, Problem> {
    let event = json!({ "Records": [{
        "messageId": call.request.fingerprint, "receiptHandle": "r", "body": call.body.message.to_string(), "md5OfBody": "",
        "attributes": { "ApproximateReceiveCount": "1" }, "messageAttributes": {},
        "eventSource": "aws:sqs", "eventSourceARN": "arn:aws:sqs:ap-northeast-2:000000000000:n",
        "awsRegion": "ap-northeast-2",
    }] });
    let deadline = consumer.clock.now() + SignedDuration::from_secs(10);
    let invocation = Invocation::new("on_notification_requested", call.request.fingerprint, None, deadline);
    consumer.instance.invoke(event, invocation).await.map_err(Problem::unavailable)?;
    Ok(NoContent)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Bare,
    Notified,
    Waiting,
}

impl Way {
    const ALL: [Self; 3] = [Self::Bare, Self::Notified, Self::Waiting];

    const fn name(self) -> &'static str {
        match self {
            Self::Bare => "bare",
            Self::Notified => "notified",
            Self::Waiting => "waiting",
        }
    }
}

/// A like that will be made.
struct Like {
    resume: String,
    owner: String,
    token: String,
}

#[derive(Default)]
struct Times {
    each: Vec<Duration>,
    wall: Duration,
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let arguments = Arguments::parse();
    let template = template().replacen("Resources:\n", NOTIFY, 1);
    let functions = vec![hub::FUNCTIONS, notification::FUNCTIONS, OVER_HTTP];
    let maru = Arc::new(Setup::new(functions).template(template).frozen().start().await);
    let mut times: BTreeMap<&str, Times> = BTreeMap::new();
    for round in 0..=arguments.rounds {
        for way in Way::ALL {
            let likes = prepare(&maru, way, round, &arguments).await?;
            let owners: Vec<String> = likes.iter().flatten().map(|like| like.owner.clone()).collect();
            let measured = all_at_once(&maru, way, likes).await?;
            followed_up(&maru, way, &owners).await?;
            // The first round warms up.
            if round > 0 {
                let sum = times.entry(way.name()).or_default();
                sum.each.extend(measured.each);
                sum.wall += measured.wall;
            }
        }
    }
    for way in Way::ALL {
        let Some(Times { each, wall }) = times.remove(way.name()) else { continue };
        #[expect(clippy::cast_precision_loss, reason = "a small count")]
        let rate = each.len() as f64 / wall.as_secs_f64();
        say(&json!({
            "build": build(), "way": way.name(), "callers": arguments.callers, "likes": each.len(),
            "likesPerSecond": rounded(rate),
            "p50Milliseconds": milliseconds(percentile(each.clone(), 50)),
            "p99Milliseconds": milliseconds(percentile(each, 99)),
        }));
    }
    Ok(())
}

/// Publishes the resumes of a round; gives what each caller will like.
async fn prepare(maru: &Maru, way: Way, round: usize, arguments: &Arguments) -> Outcome<Vec<Vec<Like>>> {
    let publisher = Publisher::new(maru)?;
    let now = maru.stack.clock().now();
    let mut callers = Vec::with_capacity(arguments.callers);
    for caller in 0..arguments.callers {
        let mut likes = Vec::with_capacity(arguments.likes);
        for like in 0..arguments.likes {
            let name = format!("{}_{round}_{caller}_{like}", way.name());
            let (resume, owner) = (format!("res_{name}"), format!("usr_{name}"));
            publisher.publish(&Resume::new(resume.clone(), owner.clone(), now)).await?;
            let who = if way == Way::Notified { format!("usr_of_{name}") } else { owner.clone() };
            likes.push(Like { resume, owner, token: maru.token(&who, Role::User) });
        }
        callers.push(likes);
    }
    Ok(callers)
}

async fn all_at_once(maru: &Arc<Maru>, way: Way, likes: Vec<Vec<Like>>) -> Outcome<Times> {
    let began = Instant::now();
    let callers = likes.into_iter().map(|likes| {
        let maru = Arc::clone(maru);
        tokio::spawn(async move {
            let mut times = Vec::with_capacity(likes.len());
            for like in likes {
                let began = Instant::now();
                one(&maru, way, &like).await?;
                times.push(began.elapsed());
            }
            Outcome::Ok(times)
        })
    });
    let each = try_join_all(callers).await?.into_iter().collect::<Outcome<Vec<_>>>()?;
    Ok(Times { each: each.into_iter().flatten().collect(), wall: began.elapsed() })
}

async fn one(maru: &Maru, way: Way, like: &Like) -> Outcome<()> {
    let path = format!("/hub/resumes/{}/like", like.resume);
    let answer = maru.request(Method::PUT, &path, &like.token).send().await?.error_for_status()?;
    answer.bytes().await?;
    if way == Way::Waiting {
        let now = maru.stack.clock().now();
        let message = json!({
            "id": format!("like_{}", like.resume), "type": "notification.requested", "version": 1, "occurredAt": now,
            "data": {
                "recipientId": like.owner, "kind": "LIKE", "actorId": format!("{}_admirer", like.owner),
                "resumeId": like.resume, "resumeTitle": "이력서", "at": now,
            },
        });
        let told = maru.request(Method::POST, "/notify", "").json(&json!({ "message": message }));
        told.send().await?.error_for_status()?;
    }
    Ok(())
}

/// Lets what was held back be done, and looks whether each owner was told once, or not at all.
async fn followed_up(maru: &Maru, way: Way, owners: &[String]) -> Outcome<()> {
    maru.stack.clock().advance(Duration::from_secs(2));
    maru.stack.settle(Duration::from_secs(600)).await.map_err(|error| format!("{error:?}"))?;
    let expected = usize::from(way != Way::Bare);
    for owner in owners {
        let list = maru.get("/notifications", &maru.token(owner, Role::User)).await.expect(200);
        let told = list["items"].as_array().map_or(0, Vec::len);
        if told != expected {
            return Err(format!("{owner} was told {told} times and not {expected}").into());
        }
    }
    Ok(())
}
