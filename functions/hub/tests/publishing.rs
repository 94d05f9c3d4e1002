//! The domain that owns resumes, as far as the hub can see it: it publishes and withdraws, and says so.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use maru_document::{Document, Position, SchoolType};
use maru_lambda::{Environment, FromEnvironment};
use maru_publications::{Card, Publication, Publications};
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_store::Table;
use maru_testing::Maru;
use serde_json::{Value, json};

use crate::happens;

/// A resume of somebody.
#[derive(Clone, Debug)]
pub struct Resume {
    pub id: String,
    pub owner: String,
    pub version: u64,
    pub position: Position,
    pub school_types: Vec<SchoolType>,
    pub published_at: Timestamp,
    /// Whether the owner allows contact details to be seen.
    pub contact: bool,
}

impl Resume {
    /// The first version of a backend developer's resume, without schools.
    pub fn new(id: &str, owner: &str) -> Self {
        Self {
            id: id.to_owned(),
            owner: owner.to_owned(),
            version: 1,
            position: Position::Backend,
            school_types: Vec::new(),
            published_at: "2026-01-10T00:00:00Z".parse().unwrap(),
            contact: false,
        }
    }

    fn publication(&self) -> Publication {
        let document = document(self.position);
        Publication {
            card: Card {
                resume_id: self.id.clone(),
                owner_id: self.owner.clone(),
                owner_nickname: format!("{} then", self.owner),
                version: self.version,
                position: self.position,
                school_types: self.school_types.clone(),
                title: format!("제목 {}", self.id),
                published_at: self.published_at,
                updated_at: self.published_at,
            },
            document: if self.contact { document } else { document.without_contact() },
        }
    }
}

fn document(position: Position) -> Document {
    let document = json!({
        "basics": { "name": "김마루", "email": "maru@example.com", "phone": "010-1234-5678" },
        "position": position, "language": "ko", "template": "basic",
        "summary": [{ "text": "결제 재시도를 만들었다.", "evidence": [] }],
    });
    Document::from_json(&document.to_string()).unwrap()
}

/// What opens the table of a logical id under a variable.
fn environment(maru: &Maru, variable: &str, logical_id: &str) -> Environment {
    let stack = &maru.stack;
    let table = stack.parts().template.tables.iter().find(|table| table.logical_id == logical_id).unwrap();
    let variables = BTreeMap::from([(variable.to_owned(), table.name.clone())]);
    Environment::new(variables, stack.sdk_config(), stack.clock().for_functions())
}

fn publications(maru: &Maru) -> (Publications, Table) {
    let environment = environment(maru, "PUBLICATIONS_TABLE", "PublicationsTable");
    let table = Table::open(&environment, "PUBLICATIONS_TABLE").unwrap();
    (Publications::from_environment(&environment).unwrap(), table)
}

/// Publishes a resume, and lets the hub hear of it.
pub async fn publish(maru: &Maru, resume: &Resume) {
    publish_quietly(maru, resume).await;
    happens(maru, "on_resume_published", "resume.published", &moved(resume)).await;
}

/// Publishes a resume; the news of it are still on their way.
pub async fn publish_quietly(maru: &Maru, resume: &Resume) {
    let (publications, table) = publications(maru);
    let parts = publications.publish_parts(&resume.publication()).unwrap();
    table.transact(parts.into()).await.unwrap().unwrap();
}

/// Withdraws a resume, and lets the hub hear of it.
pub async fn withdraw(maru: &Maru, resume: &Resume) {
    withdraw_quietly(maru, &resume.id).await;
    happens(maru, "on_resume_withdrawn", "resume.withdrawn", &moved(resume)).await;
}

/// Withdraws a resume; the news of it are still on their way.
pub async fn withdraw_quietly(maru: &Maru, id: &str) {
    let (publications, table) = publications(maru);
    let parts = publications.withdraw_parts(id, 1_000).unwrap();
    table.transact(parts.into()).await.unwrap().unwrap();
}

fn moved(resume: &Resume) -> Value {
    json!({ "resumeId": resume.id, "ownerId": resume.owner, "version": resume.version })
}

/// The hub's table.
pub fn hub_table(maru: &Maru) -> Table {
    Table::open(&environment(maru, "HUB_TABLE", "HubTable"), "HUB_TABLE").unwrap()
}

/// Everything in the hub's table.
pub async fn everything(maru: &Maru) -> Vec<Value> {
    let table = hub_table(maru);
    let scan = table.client().scan().table_name(table.name()).consistent_read(true);
    let items = scan.send().await.unwrap().items.unwrap_or_default().into_iter();
    items.map(|item| table.decode(item).unwrap()).collect()
}

/// How many entries all lists have together.
pub async fn entries(maru: &Maru) -> usize {
    let items = everything(maru).await;
    items.iter().filter(|item| item["pk"].as_str().unwrap().starts_with("LIST#")).count()
}

/// Lets a function list `res_1` at the news `kind`; `meanwhile` happens after it has looked how things are, and
/// before it writes what it saw.
pub async fn while_listing(maru: &Maru, function: &str, kind: &str, meanwhile: impl Future<Output = ()>) {
    let faults = &maru.stack.parts().faults;
    faults.push(Fault::new(FaultTarget::Database, FaultKind::Delay, 1).of_operation("TransactWriteItems"));
    let news = moved(&Resume::new("res_1", "usr_owner"));
    let meanwhile = async {
        while !faults.pending().is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        meanwhile.await;
    };
    tokio::join!(happens(maru, function, kind, &news), meanwhile);
}
