//! Writing resumes: a change, its version, what everybody sees of it, and the event about it, in one commit.
//!
//! Every accepted change of the document is a version that is kept whole. The newest [`plan::KEPT_VERSIONS`] stay: the
//! commit that writes one more deletes the one that falls out. A resume that is public is published anew by the
//! commit that changes it, and one that is made private is withdrawn by it, so that nobody ever sees what its
//! owner does not.

mod plan;

pub use plan::Planned;

use aws_sdk_dynamodb::types::TransactWriteItem;
use maru_document::Document;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_messages::Bus;
use maru_outbox::Outbox;
use maru_publications::Publications;
use maru_store::{Table, integer};

use crate::entity_tag;
use crate::error::Error;
use crate::resume::{Cause, Resume, Settings};
use crate::store::{Store, resume_key};

/// How often a change is made again that somebody else's overtook.
const ATTEMPTS: usize = 5;

/// Everything that writing a resume touches.
#[derive(Clone, Debug)]
pub struct Writer {
    store: Store,
    publications: Publications,
    outbox: Outbox,
    bus: Bus,
}

/// What becomes of a resume.
pub struct Next {
    /// What its owner decides about it.
    pub settings: Settings,
    /// The JSON text of its document.
    pub document: String,
    /// How the document came to be, if this is a version of its own.
    pub cause: Option<Cause>,
    /// Further writes that belong to the change.
    pub also: Vec<TransactWriteItem>,
}

impl FromEnvironment for Writer {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self {
            store: Store::from_environment(environment)?,
            publications: Publications::from_environment(environment)?,
            outbox: Outbox::from_environment(environment)?,
            bus: Bus::from_environment(environment)?,
        })
    }
}

impl Writer {
    /// The resume table.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Plans a new resume with the JSON text of its first version's document, for the transaction of the job
    /// that wrote it. Its conditions fail when the resume is there already or the member is gone.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn create(&self, resume: Resume, document: &str, cause: Cause) -> Result<Planned, Error> {
        let key = resume_key(&resume.owner_id, &resume.id);
        let put = self.table().transact_put(&key, &resume)?.condition_expression("attribute_not_exists(pk)");
        let parts = vec![self.table().part(put.build())?, self.store.still_here(&resume.owner_id)?];
        let mut planned = Planned { resume, parts, posted: Vec::new() };
        self.add_version(&mut planned, document, cause)?;
        if planned.resume.is_public() {
            self.publish(&mut planned, &Document::from_json(document)?).await?;
            self.tell(&mut planned, "resume.published")?;
        }
        Ok(planned)
    }

    /// Tells of what was committed.
    pub async fn announce(&self, planned: Planned) {
        for posted in planned.posted {
            self.outbox.send(posted).await;
        }
    }

    /// Changes a member's resume as `decide` says, which is shown the resume and its document's JSON text and
    /// may be asked several times; none is no change. `accepts` is the caller's `If-Match`, if there is one.
    /// Gives the resume and its document as they are then.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Stale`] when the resume is not the one that `accepts` names,
    /// [`Error::Overtaken`], and what `decide` fails with.
    pub async fn change(
        &self,
        (member, id): (&str, &str),
        accepts: Option<&str>,
        decide: impl Fn(&Resume, &str) -> Result<Option<Next>, Error>,
    ) -> Result<(Resume, String), Error> {
        for _ in 0..ATTEMPTS {
            let base = self.accepted((member, id), accepts).await?;
            let document = match self.store.document(&base).await {
                Err(Error::Stale) => continue,
                document => document?,
            };
            let Some(next) = decide(&base, &document)? else { return Ok((base, document)) };
            let document = next.document.clone();
            let planned = self.plan(&base, next).await?;
            match self.table().transact(planned.parts()).await? {
                Ok(()) => {
                    let resume = planned.resume.clone();
                    self.announce(planned).await;
                    return Ok((resume, document));
                }
                Err(cancelled) => tracing::info!(?cancelled.failed, "overtaken"),
            }
        }
        Err(Error::Overtaken)
    }

    /// Publishes a public resume again under what its owner is called now; the resume stays as it is.
    ///
    /// # Errors
    /// [`Error::Overtaken`] when the resume changed meanwhile, which published it too.
    pub async fn publish_again(&self, resume: Resume) -> Result<(), Error> {
        let document = Document::from_json(&self.store.document(&resume).await?)?;
        let check = self
            .table()
            .transact_check(&resume_key(&resume.owner_id, &resume.id))
            .condition_expression("revision = :seen")
            .expression_attribute_values(":seen", integer(resume.revision));
        let parts = vec![self.table().part(check.build())?];
        let mut planned = Planned { resume, parts, posted: Vec::new() };
        self.publish(&mut planned, &document).await?;
        self.table().transact(planned.parts()).await?.map_err(|_| Error::Overtaken)
    }

    /// Deletes a member's resume: from this commit on nobody sees it. What hangs on it is deleted by whoever
    /// hears `resume.deleted`. `accepts` is the caller's `If-Match`, if there is one.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Stale`] when the resume is not the one that `accepts` names,
    /// [`Error::Overtaken`].
    pub async fn delete(&self, (member, id): (&str, &str), accepts: Option<&str>) -> Result<(), Error> {
        for _ in 0..ATTEMPTS {
            let mut resume = self.accepted((member, id), accepts).await?;
            let delete = self
                .table()
                .transact_delete(&resume_key(member, id))
                .condition_expression("revision = :seen")
                .expression_attribute_values(":seen", integer(resume.revision));
            let parts = vec![self.table().part(delete.build())?];
            resume.revision += 1;
            let mut planned = Planned { resume, parts, posted: Vec::new() };
            if planned.resume.is_public() {
                self.withdraw(&mut planned)?;
            }
            self.tell(&mut planned, "resume.deleted")?;
            if self.table().transact(planned.parts()).await?.is_ok() {
                self.announce(planned).await;
                return Ok(());
            }
        }
        Err(Error::Overtaken)
    }

    /// A member's resume, if it is the one that the caller means. That it still is when something is written is
    /// the condition of that write, which names the revision.
    async fn accepted(&self, (member, id): (&str, &str), accepts: Option<&str>) -> Result<Resume, Error> {
        let resume = self.store.resume(member, id).await?;
        let meant = accepts.is_none_or(|accepts| entity_tag::names(accepts, resume.revision));
        if meant { Ok(resume) } else { Err(Error::Stale) }
    }

    fn table(&self) -> &Table {
        self.store.table()
    }
}
