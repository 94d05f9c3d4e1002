//! Asking a model through a local stack: its tables, and the stand-in for Bedrock with the offline model.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test panics where it cannot go on")]

mod budget;
mod enough;
mod items;
mod picture;
mod side_by_side;
mod taking_over;
mod time;
mod watchers;

use std::collections::BTreeMap;
use std::future::ready;
use std::time::Duration;

use garde::Validate;
use maru_jobs::{Acquired, Jobs, Joins, Lease, NewJob, Progress, Started};
use maru_lambda::{Environment, FromEnvironment, new_id};
use maru_model::{AskError, Model, Prompt, Question, Source, Wanted, json_element};
use maru_stack::bedrock::{Call, Outcome, Pace};
use maru_testing::{Maru, Setup};
use serde::Deserialize;
use serde_json::{Value, json};

/// How long a worker has a job without writing anything.
const LEASE: Duration = Duration::from_secs(45);

const CONTENT: &str = "결제 서버를 이벤트 구조로 옮겼습니다. 응답 시간을 320ms로 줄였습니다. 정산 배치를 나누었습니다. \
    신입 둘의 온보딩을 맡았습니다. 빌드를 4분으로 줄였습니다.";

/// One element of the answer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Validate)]
#[garde(allow_unvalidated)]
struct Asked {
    question: String,
    answer: String,
    #[garde(custom(is_not_about_the_batch))]
    about: String,
}

/// So that one of the elements is outside of the caller's rules.
fn is_not_about_the_batch(about: &str, (): &()) -> garde::Result {
    if about.contains("배치") { Err(garde::Error::new("not about the batch")) } else { Ok(()) }
}

/// The whole answer, good with whatever elements.
#[derive(Clone, Debug, PartialEq, Deserialize, Validate)]
#[garde(allow_unvalidated)]
struct Answer {
    questions: Vec<Value>,
}

/// What ends a caller's work.
#[derive(Debug)]
enum Stopped {
    Ask(AskError),
    Caller,
}

impl From<AskError> for Stopped {
    fn from(error: AskError) -> Self {
        Self::Ask(error)
    }
}

/// The elements as they came, with their places.
type Taken = Vec<(usize, Asked)>;

struct Ground {
    maru: Maru,
    jobs: Jobs,
    model: Model,
}

impl Ground {
    /// With a model that takes so long for an answer, and so many tokens a day.
    async fn of(answer: Duration, daily_tokens: u64) -> Self {
        let paced = maru_stack::Model::Paced(Pace { answer, ..Pace::default() });
        let maru = Setup::new(Vec::new()).frozen().model(paced).start().await;
        let tables = &maru.stack.parts().template.tables;
        let table = tables.iter().find(|table| table.logical_id == "JobsTable").unwrap();
        let variables = [
            ("JOBS_TABLE", table.name.clone()),
            ("MODEL_ID", "offline-extractive".to_owned()),
            ("MODEL_DAILY_TOKENS", daily_tokens.to_string()),
            ("MODEL_TIMEOUT_SECONDS", "60".to_owned()),
        ];
        let variables: BTreeMap<_, _> = variables.map(|(name, value)| (name.to_owned(), value)).into();
        let clock = maru.stack.clock().for_functions();
        let environment = Environment::new(variables, maru.stack.sdk_config(), clock);
        let jobs = Jobs::from_environment(&environment).unwrap();
        let model = Model::from_environment(&environment).unwrap();
        Self { maru, jobs, model }
    }

    async fn start() -> Self {
        Self::of(Duration::ZERO, 1_000_000).await
    }

    /// Starts a member's job and takes it.
    async fn job(&self) -> Lease {
        self.job_of(Some("usr_owner"), new_id("job", jiff::Timestamp::now())).await
    }

    async fn job_of(&self, account: Option<&str>, id: String) -> Lease {
        let new = NewJob {
            key: id.clone(),
            id,
            kind: "interview.generate",
            account: account.map(str::to_owned),
            joins: Joins::WhileActive,
            input: String::new(),
            result_url: String::new(),
            progress: Progress { done: 0, total: 3, label: String::new() },
        };
        match self.jobs.start(new).await.unwrap() {
            Started::New(job) => self.take(&job.id).await,
            Started::Joined(job) => panic!("{} was there before", job.id),
        }
    }

    async fn take(&self, id: &str) -> Lease {
        match maru_model::acquire(&self.jobs, id).await.unwrap() {
            Acquired::Lease(lease) => *lease,
            other => panic!("{id} could not be taken: {other:?}"),
        }
    }

    /// Takes the job of a worker that has died.
    async fn take_over(&self, id: &str) -> Lease {
        self.maru.stack.clock().advance(LEASE);
        self.take(id).await
    }

    /// Asks for questions, and takes all.
    async fn ask(&self, lease: &Lease) -> (Result<Answer, Stopped>, Taken) {
        ask(&self.model, lease, "section_1").await
    }

    /// What the stand-in received.
    fn calls(&self) -> Vec<Call> {
        self.maru.stack.parts().bedrock.calls()
    }

    fn outcomes(&self) -> Vec<Outcome> {
        self.calls().into_iter().map(|call| call.outcome).collect()
    }

    /// What the ledger has of the job, in the order of the steps, attempts and epochs.
    async fn entries(&self, id: &str) -> Vec<Value> {
        let table = self.jobs.table();
        let query = table.client().query().table_name(table.name()).consistent_read(true);
        let query = query
            .key_condition_expression("pk = :pk AND begins_with(sk, :call)")
            .expression_attribute_values(":pk", maru_store::text(format!("JOB#{id}")))
            .expression_attribute_values(":call", maru_store::text("CALL#"));
        table.query_all(query).await.unwrap()
    }

    /// The same as attempt and state.
    async fn ledger(&self, id: &str) -> Vec<String> {
        let told = |entry: &Value| format!("{} {}", entry["sk"], entry["state"]).replace('"', "");
        self.entries(id).await.iter().map(told).collect()
    }
}

async fn ask(model: &Model, lease: &Lease, step: &str) -> (Result<Answer, Stopped>, Taken) {
    let mut taken = Vec::new();
    let answer = model
        .ask_items(lease, &question(step), "questions", |place, asked| {
            taken.push((place, asked));
            ready(Ok(Wanted::More))
        })
        .await;
    let answer = answer.map(|answer| answer.unwrap_or_else(|| panic!("nobody has said that it is enough")));
    (answer, taken)
}

fn question(step: &str) -> Question<'_> {
    let source =
        Source { kind: "section", id: step.to_owned(), attributes: Vec::new(), text: CONTENT.to_owned() };
    let facts = json_element("facts", &json!({ "language": "ko" }));
    Question {
        step,
        feature: "interview.generate",
        prompt: Prompt { version: 1, text: "Ask." },
        text: format!("{facts}\n{}", source.to_element()),
        picture: None,
        tool: "record_questions",
        tool_description: "Records the questions.",
        schema: schema(),
        max_tokens: 2_000,
        temperature: 0.0,
        progress: Progress { done: 0, total: 3, label: format!("{step} is written") },
    }
}

fn schema() -> Value {
    let text = json!({ "type": "string" });
    let item = json!({
        "type": "object",
        "properties": { "question": text, "answer": text, "about": text },
        "required": ["question", "answer", "about"],
    });
    let list = json!({ "type": "array", "items": item, "maxItems": 5 });
    json!({ "type": "object", "properties": { "questions": list }, "required": ["questions"] })
}
