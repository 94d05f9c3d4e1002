//! Planning a change: all writes of its commit, and the events about it.

use aws_sdk_dynamodb::types::TransactWriteItem;
use maru_document::Document;
use maru_messages::Envelope;
use maru_outbox::Posted;
use maru_publications::{Card, Publication};
use maru_store::integer;
use serde::Serialize;
use serde_json::json;

use super::{Next, Writer};
use crate::error::Error;
use crate::resume::{Cause, Resume, Version};
use crate::store::{document_key, resume_key, version_key};

/// How many versions of a resume are kept, the present one included.
pub const KEPT_VERSIONS: u64 = 50;

/// A change that is ready to be committed.
#[must_use = "nothing is written until its parts are committed"]
pub struct Planned {
    /// The resume as it will be.
    pub resume: Resume,
    pub(super) parts: Vec<TransactWriteItem>,
    pub(super) posted: Vec<Posted>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Told<'a> {
    resume_id: &'a str,
    owner_id: &'a str,
    version: u64,
}

impl Planned {
    /// The writes, for the transaction that commits them.
    #[must_use]
    pub fn parts(&self) -> Vec<TransactWriteItem> {
        self.parts.iter().cloned().chain(self.posted.iter().map(Posted::part)).collect()
    }
}

impl Writer {
    /// Plans what makes `next` of `base`; its first condition fails when `base` has changed.
    pub(super) async fn plan(&self, base: &Resume, next: Next) -> Result<Planned, Error> {
        let Next { settings, document, cause, also } = next;
        let now = self.table().clock().now();
        let read = Document::from_json(&document)?;
        let mut resume = Resume { settings, revision: base.revision + 1, updated_at: now, ..base.clone() };
        resume.copy_from(&read);
        resume.version += u64::from(cause.is_some());
        if resume.is_public() {
            resume.published_at.get_or_insert(now);
        }
        let put = self
            .table()
            .transact_put(&resume_key(&base.owner_id, &base.id), &resume)?
            .condition_expression("revision = :seen")
            .expression_attribute_values(":seen", integer(base.revision));
        let parts = std::iter::once(self.table().part(put.build())?).chain(also).collect();
        let mut planned = Planned { resume, parts, posted: Vec::new() };
        if let Some(cause) = cause {
            self.add_version(&mut planned, &document, cause)?;
        }
        if planned.resume.is_public() {
            self.publish(&mut planned, &read).await?;
            self.tell(&mut planned, "resume.published")?;
        } else if base.is_public() {
            self.withdraw(&mut planned)?;
        }
        Ok(planned)
    }

    /// Adds the version that the resume has now, and deletes the one that falls out.
    pub(super) fn add_version(
        &self,
        planned: &mut Planned,
        document: &str,
        cause: Cause,
    ) -> Result<(), Error> {
        let Resume { id, owner_id, version: number, updated_at, .. } = &planned.resume;
        let version = Version { version: *number, cause, created_at: *updated_at };
        let table = self.table();
        let put = table.transact_put(&version_key(owner_id, id, *number), &version)?;
        planned.parts.push(table.part(put.condition_expression("attribute_not_exists(pk)").build())?);
        let put =
            table.transact_put(&document_key(owner_id, id, *number), &json!({ "document": document }))?;
        planned.parts.push(table.part(put.build())?);
        if let Some(oldest) = number.checked_sub(KEPT_VERSIONS).filter(|oldest| *oldest > 0) {
            for key in [version_key(owner_id, id, oldest), document_key(owner_id, id, oldest)] {
                planned.parts.push(table.part(table.transact_delete(&key).build())?);
            }
        }
        Ok(())
    }

    /// Adds what makes the resume what everybody sees.
    pub(super) async fn publish(&self, planned: &mut Planned, document: &Document) -> Result<(), Error> {
        let resume = &planned.resume;
        let nickname = self.store.profile(&resume.owner_id).await?.map(|profile| profile.nickname);
        let card = Card {
            resume_id: resume.id.clone(),
            owner_id: resume.owner_id.clone(),
            // Until identity has told what the owner is called, the name that the document says.
            owner_nickname: nickname.unwrap_or_else(|| document.basics.name.clone()),
            version: resume.revision,
            position: resume.position,
            school_types: document.school_types(),
            title: resume.settings.title.clone(),
            published_at: resume.published_at.unwrap_or(resume.updated_at),
            updated_at: resume.updated_at,
        };
        let document = document.clone();
        let document = if resume.settings.contact_public { document } else { document.without_contact() };
        planned.parts.extend(self.publications.publish_parts(&Publication { card, document })?);
        Ok(())
    }

    /// Adds what takes the resume from everybody's sight, and the event about it.
    pub(super) fn withdraw(&self, planned: &mut Planned) -> Result<(), Error> {
        let Resume { id, revision, .. } = &planned.resume;
        planned.parts.extend(self.publications.withdraw_parts(id, *revision)?);
        self.tell(planned, "resume.withdrawn")
    }

    /// Adds the event `kind`. Its id follows from the change, so that sent twice it is the same.
    pub(super) fn tell(&self, planned: &mut Planned, kind: &'static str) -> Result<(), Error> {
        let Resume { id, owner_id, revision, .. } = &planned.resume;
        let told = Told { resume_id: id, owner_id, version: *revision };
        let event = Envelope::new(format!("{kind}#{id}#{revision}"), kind, self.table().clock().now(), told);
        planned.posted.push(self.outbox.post(&self.bus, &event)?);
        Ok(())
    }
}
