//! Publishing and withdrawing: parts of the transaction in which the owner changes the resume.

use aws_sdk_dynamodb::types::TransactWriteItem;
use maru_store::{StoreError, integer};

use crate::publication::{CardItem, DocumentItem};
use crate::{Publication, PublicationError, Publications, card_key, document_key};

/// Refuses what was made of an older version. Equal ones pass: what is visible can change without the resume.
const NOT_OLDER: &str = "attribute_not_exists(pk) OR version <= :version";

impl Publications {
    /// The writes that make `publication` what everybody sees. The first one's condition fails when a later
    /// version was published or withdrawn already.
    ///
    /// # Errors
    /// [`PublicationError::Document`] when the document breaks its bounds.
    pub fn publish_parts(
        &self,
        publication: &Publication,
    ) -> Result<[TransactWriteItem; 2], PublicationError> {
        let Publication { card, document } = publication;
        let version = card.version;
        let item = DocumentItem { version, document: document.to_json()? };
        let put = self.table.transact_put(&document_key(&card.resume_id), &item)?;
        let item = CardItem { version, card: Some(card.clone()) };
        Ok([self.card_part(&card.resume_id, &item)?, self.table.part(put.build())?])
    }

    /// The writes after which nobody sees the resume any more, and nothing of it is kept but its id and
    /// `version`. They do no harm where it was never published. The first one's condition fails when a later
    /// version was published or withdrawn already.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub fn withdraw_parts(
        &self,
        resume_id: &str,
        version: u64,
    ) -> Result<[TransactWriteItem; 2], StoreError> {
        let card = self.card_part(resume_id, &CardItem { version, card: None })?;
        Ok([card, self.table.part(self.table.transact_delete(&document_key(resume_id)).build())?])
    }

    fn card_part(&self, resume_id: &str, item: &CardItem) -> Result<TransactWriteItem, StoreError> {
        let put = self.table.transact_put(&card_key(resume_id), item)?.condition_expression(NOT_OLDER);
        self.table.part(put.expression_attribute_values(":version", integer(item.version)).build())
    }
}
