//! Proposed edits: what the model would write in place of a selection, until its owner takes it.

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use jiff::civil::Date;
use maru_store::{StoreError, integer};
use serde::{Deserialize, Serialize};

use crate::store::{Store, edit_key};

/// For how long a proposal is kept, in seconds.
const KEPT: i64 = 30 * 24 * 60 * 60;

/// What somebody selected, with the offsets of `selection` and the text around it as it was then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Selected {
    /// The field, a JSON Pointer into the document.
    pub pointer: String,
    /// Where the selection begins, in UTF-16 code units.
    pub start: usize,
    /// Where it ends, in UTF-16 code units.
    pub end: usize,
    /// The whole text of the field.
    pub text: String,
    /// What is selected of it.
    pub before: String,
}

/// What a job that proposes an edit is to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EditInput {
    /// The edit that it will be, `edt_…`.
    pub edit_id: String,
    /// The resume.
    pub resume_id: String,
    /// Whose it is.
    pub member_id: String,
    /// The day that its credit was taken from; given back there when the job fails.
    pub credit_day: Date,
    /// What is to be changed.
    pub selected: Selected,
    /// How, in the owner's words.
    pub instruction: String,
}

/// A proposed edit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Proposal {
    /// `edt_…`
    pub edit_id: String,
    /// The resume.
    pub resume_id: String,
    /// What would be changed.
    #[serde(flatten)]
    pub selected: Selected,
    /// What would stand in place of the selection; empty when it would go.
    pub after: String,
    /// When it was proposed.
    pub created_at: Timestamp,
    /// The version that it made, once its owner took it.
    #[serde(default)]
    pub applied_as: Option<u64>,
}

impl Store {
    /// A proposed edit of a member's resume.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn proposal(
        &self,
        member: &str,
        resume: &str,
        edit: &str,
    ) -> Result<Option<Proposal>, StoreError> {
        self.table().get(&edit_key(member, resume, edit), true).await
    }

    /// The write that keeps a proposal for `member`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn propose(&self, member: &str, proposal: &Proposal) -> Result<TransactWriteItem, StoreError> {
        let key = edit_key(member, &proposal.resume_id, &proposal.edit_id);
        let expires = integer(proposal.created_at.as_second() + KEPT);
        let put = self.table().transact_put(&key, proposal)?.item("expiresAt", expires);
        self.table().part(put.condition_expression("attribute_not_exists(pk)").build())
    }

    /// The write that notes that a proposal became `version`; its condition fails when it was taken already.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn take_proposal(
        &self,
        member: &str,
        proposal: &Proposal,
        version: u64,
    ) -> Result<TransactWriteItem, StoreError> {
        let update = self
            .table()
            .transact_update(&edit_key(member, &proposal.resume_id, &proposal.edit_id))
            .update_expression("SET appliedAs = :version")
            .condition_expression("attribute_exists(pk) AND NOT appliedAs > :none")
            .expression_attribute_values(":version", integer(version))
            .expression_attribute_values(":none", integer(0));
        self.table().part(update.build())
    }
}
