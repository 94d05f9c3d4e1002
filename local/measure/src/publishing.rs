//! Public resumes, as the domain that owns them publishes them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use maru_document::{Document, Position, SchoolType};
use maru_lambda::{Environment, FromEnvironment};
use maru_publications::{Card, Publication, Publications};
use maru_store::Table;
use maru_testing::Maru;
use serde_json::json;

use crate::Outcome;

/// A resume to be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resume {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub owner: String,
    /// The field of work.
    pub position: Position,
    /// The schools of its owner.
    pub school_types: Vec<SchoolType>,
    /// When it became public.
    pub published_at: Timestamp,
}

impl Resume {
    /// A backend developer's of `owner`, without schools, published at `published_at`.
    #[must_use]
    pub fn new(id: String, owner: String, published_at: Timestamp) -> Self {
        Self { id, owner, position: Position::Backend, school_types: Vec::new(), published_at }
    }
}

/// The publications of a stack, to be written.
#[derive(Clone, Debug)]
pub struct Publisher {
    publications: Publications,
    table: Table,
}

impl Publisher {
    /// That of `maru`.
    ///
    /// # Errors
    /// A stack without that table.
    pub fn new(maru: &Maru) -> Outcome<Self> {
        let stack = &maru.stack;
        let mut tables = stack.parts().template.tables.iter();
        let table = tables.find(|table| table.logical_id == "PublicationsTable").ok_or("no publications")?;
        let variables = BTreeMap::from([("PUBLICATIONS_TABLE".to_owned(), table.name.clone())]);
        let environment = Environment::new(variables, stack.sdk_config(), stack.clock().for_functions());
        Ok(Self {
            publications: Publications::from_environment(&environment)?,
            table: Table::open(&environment, "PUBLICATIONS_TABLE")?,
        })
    }

    /// Publishes a resume, as the first version of it; nobody has heard of it yet.
    ///
    /// # Errors
    /// The database's.
    pub async fn publish(&self, resume: &Resume) -> Outcome<()> {
        let document = json!({
            "basics": { "name": "김마루" }, "position": resume.position, "language": "ko", "template": "basic",
            "summary": [{ "text": "결제 재시도를 만들었다.", "evidence": [] }],
        });
        let publication = Publication {
            card: Card {
                resume_id: resume.id.clone(),
                owner_id: resume.owner.clone(),
                owner_nickname: "마루지기".to_owned(),
                version: 1,
                position: resume.position,
                school_types: resume.school_types.clone(),
                title: "백엔드 개발자".to_owned(),
                published_at: resume.published_at,
                updated_at: resume.published_at,
            },
            document: Document::from_json(&document.to_string())?,
        };
        let parts = self.publications.publish_parts(&publication)?;
        self.table.transact(parts.into()).await?.map_err(|_| format!("{} is public already", resume.id))?;
        Ok(())
    }
}
