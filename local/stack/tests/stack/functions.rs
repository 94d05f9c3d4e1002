//! The functions of the small stack: one of each kind of trigger. They note what they see in the test's lab.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use garde::Validate;
use maru_callee::{CallError, Callee};
use maru_lambda::http::input::Nothing;
use maru_lambda::{
    Anyone, BoxError, Call, ConfigurationError, Cookie, Environment, Event, FromEnvironment, Function,
    Invocation, Json, Member, Message, Problem, Reply, SameSite, StreamReply, Tick, new_id,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub static FUNCTIONS: &[Function] = &[
    Function::new("echo", |start| start.http(echo)),
    Function::new("guarded", |start| start.http(guarded)),
    Function::new("leave", |start| start.http(leave)),
    Function::new("misbehave", |start| start.http(misbehave)),
    Function::new("watch", |start| start.stream(watch)),
    Function::new("ask", |start| start.http(ask)),
    Function::new("reckon", |start| start.invoke(reckon)),
    Function::new("on_work", |start| start.queue(on_work)),
    Function::new("on_done", |start| start.event(on_done)),
    Function::new("cron_night", |start| start.schedule(cron_night)),
];

/// What the functions of one test's stack noted, in order.
#[derive(Clone, Default)]
pub struct Lab(Arc<Mutex<Vec<String>>>);

impl Lab {
    pub fn note(&self, text: impl Into<String>) {
        self.0.lock().unwrap().push(text.into());
    }

    pub fn notes(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

fn labs() -> &'static Mutex<HashMap<String, Lab>> {
    static LABS: OnceLock<Mutex<HashMap<String, Lab>>> = OnceLock::new();
    LABS.get_or_init(Mutex::default)
}

/// A new lab and the id by which its stack's functions find it.
pub fn lab() -> (String, Lab) {
    let id = new_id("lab", jiff::Timestamp::now());
    let lab = Lab::default();
    labs().lock().unwrap().insert(id.clone(), lab.clone());
    (id, lab)
}

impl FromEnvironment for Lab {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let id = environment.require("TEST_ID")?;
        Ok(labs().lock().unwrap()[id].clone())
    }
}

#[derive(Deserialize, Validate)]
pub struct Name {
    #[garde(skip)]
    name: String,
}

#[derive(Deserialize, Validate)]
pub struct Question {
    #[garde(skip)]
    #[serde(default)]
    q: Vec<String>,
}

#[derive(Deserialize, Validate)]
pub struct Text {
    #[garde(skip)]
    #[serde(default)]
    text: String,
}

async fn echo(_: Lab, call: Call<Anyone, Name, Question, Text>) -> Result<Json<Value>, Problem> {
    Ok(Json(json!({
        "name": call.path.name,
        "q": call.query.q,
        "text": call.body.text,
        "header": call.request.header("x-test"),
        "sourceIp": call.request.source_ip,
        "now": call.request.now,
    })))
}

async fn guarded(_: Lab, call: Call<Member>) -> Result<Json<Value>, Problem> {
    Ok(Json(json!({ "id": call.caller.id, "roles": call.caller.roles })))
}

/// Leads elsewhere, with the client's cookie among two that are set.
async fn leave(_: Lab, call: Call<Anyone>) -> Result<Reply, Problem> {
    let seen = call.request.cookie("seen").unwrap_or("nothing").to_owned();
    let reply = Reply::redirect("https://provider.test/authorize?state=a%20b");
    let minute = Duration::from_secs(60);
    Ok(reply
        .with_cookie(&Cookie::new("state", "s1", minute).same_site(SameSite::Lax))
        .with_cookie(&Cookie::new("seen", seen, minute)))
}

/// Asks another function, and tells what came of it.
async fn ask(reckoner: Reckoner, call: Call<Anyone, Name>) -> Result<Json<Value>, Problem> {
    let asked = Sum { task: call.path.name, numbers: vec![2, 3], trace: trace() };
    let answer: Result<i64, CallError> = reckoner.0.call(&asked).await;
    Ok(Json(match answer {
        Ok(sum) => json!({ "sum": sum }),
        Err(CallError::Failed { error, .. }) => json!({ "failed": error }),
        Err(error) => return Err(error.into()),
    }))
}

#[derive(Clone)]
struct Reckoner(Callee);

impl FromEnvironment for Reckoner {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self(Callee::open(environment, "RECKON_FUNCTION")?))
    }
}

#[derive(Serialize, Deserialize)]
struct Sum {
    task: String,
    numbers: Vec<i64>,
    trace: String,
}

/// The 32 digits of the present trace's id.
fn trace() -> String {
    Invocation::current().map(|invocation| invocation.trace_id().to_owned()).unwrap_or_default()
}

async fn reckon(lab: Lab, sum: Sum) -> Result<i64, BoxError> {
    lab.note(format!("same trace: {}", sum.trace == trace()));
    match sum.task.as_str() {
        "fail" => return Err("on purpose".into()),
        "hang" => std::future::pending().await,
        _ => {}
    }
    Ok(sum.numbers.iter().sum())
}

async fn misbehave(lab: Lab, call: Call<Anyone, Name>) -> Result<Json<Value>, Problem> {
    match call.path.name.as_str() {
        "panic" => panic!("on purpose"),
        "hang" => {
            lab.note("hangs");
            std::future::pending::<()>().await;
        }
        _ => {}
    }
    Ok(Json(json!({})))
}

async fn watch(_: Lab, _: Call<Anyone, Nothing>) -> Result<StreamReply, Problem> {
    let body = async_stream::stream! {
        for piece in ["one ", "two ", "three"] {
            yield Ok(piece.into());
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    };
    Ok(StreamReply { status: http::StatusCode::OK, headers: http::HeaderMap::new(), body: Box::pin(body) })
}

#[derive(Deserialize)]
pub struct Work {
    /// A work called `hang` fails by never ending.
    name: String,
    /// How many attempts fail.
    fails: u32,
}

async fn on_work(lab: Lab, message: Message<Work>) -> Result<(), BoxError> {
    lab.note(format!("{} {}", message.event.data.name, message.receive_count));
    if message.receive_count <= message.event.data.fails {
        if message.event.data.name == "hang" {
            std::future::pending::<()>().await;
        }
        return Err("on purpose".into());
    }
    Ok(())
}

async fn on_done(lab: Lab, event: Event<Work>) -> Result<(), BoxError> {
    let attempts = lab.notes().iter().filter(|note| note.starts_with(&event.data.name)).count();
    lab.note(format!("{} {}", event.data.name, event.kind));
    if u32::try_from(attempts)? < event.data.fails { Err("on purpose".into()) } else { Ok(()) }
}

#[derive(Clone)]
struct WorkQueue {
    client: aws_sdk_sqs::Client,
    url: String,
}

impl FromEnvironment for WorkQueue {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let url = environment.require("WORK_QUEUE_URL")?.to_owned();
        Ok(Self { client: aws_sdk_sqs::Client::new(environment.aws()), url })
    }
}

async fn cron_night((lab, queue): (Lab, WorkQueue), tick: Tick) -> Result<Value, BoxError> {
    lab.note(format!("night {}", tick.scheduled_time));
    queue.client.send_message().queue_url(&queue.url).message_body(work("set off", 0)).send().await?;
    Ok(json!({ "sent": 1 }))
}

/// The body of a message for `on_work`, and the detail of an event for `on_done`.
pub fn work(name: &str, fails: u32) -> String {
    let data = json!({ "name": name, "fails": fails });
    json!({ "id": "evt_1", "type": "test.work", "version": 1, "occurredAt": "2026-01-01T00:00:00Z", "data": data })
        .to_string()
}
