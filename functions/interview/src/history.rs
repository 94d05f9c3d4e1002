//! What becomes of an interview in its member's history: saved once, and deleted for good.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::TransactWriteItem;
use interview_rules::similarity::Fingerprint;
use jiff::Timestamp;
use maru_store::{StoreError, integer};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::interview::{Generated, InterviewInput, KeptQuestion, SectionSummary, Summary};
use crate::store::{
    AskedBefore, Store, asked_key, deleted_key, grades_partition, interview_partition, question_key,
    summary_key,
};

/// The message that brings a generated interview into the history.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InterviewGenerated {
    /// The job whose result it is.
    pub job_id: String,
}

/// For how long a message may come again, in seconds: the 14 days of a dead-letter queue, twice.
const MESSAGES_KEPT: i64 = 28 * 24 * 60 * 60;

impl InterviewGenerated {
    /// The message's type.
    pub const TYPE: &'static str = "interview.generated";
}

impl Store {
    /// Saves what was generated for `input`, asked for at `created_at`, in the history of `member`. What is there
    /// already stays as it is, what was deleted stays deleted, and of a member who left nothing is kept.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn save(
        &self,
        member: &str,
        input: &InterviewInput,
        (generated, created_at): (Generated, Timestamp),
    ) -> Result<(), StoreError> {
        let Generated { job, career, language, model, sections, .. } = generated;
        let mut kept = Vec::new();
        let mut summaries = Vec::new();
        for (section, part) in sections.into_iter().enumerate() {
            summaries.push(SectionSummary { category: part.category, error: part.error });
            kept.extend(part.questions.into_iter().map(|question| KeptQuestion {
                section,
                question,
                feedback: None,
            }));
        }
        let question_count = u32::try_from(kept.len()).unwrap_or(u32::MAX);
        let id = input.interview_id.clone();
        let summary =
            Summary { id, job, career, language, model, sections: summaries, question_count, created_at };
        // As the next ones will be judged: before personal data is put back.
        let masks = input.asked.masks();
        let fingerprint =
            |it: &KeptQuestion| (it.question.id.clone(), Fingerprint::of(&masks.hide(&it.question.question)));
        let before = AskedBefore { fingerprints: kept.iter().map(fingerprint).collect() };
        let parts = self.saving(member, &summary, (&before, &kept))?;
        if self.table().transact(parts).await?.is_err() {
            tracing::info!(interview.id = summary.id, "saved before, deleted, or its member is gone");
        }
        Ok(())
    }

    fn saving(
        &self,
        member: &str,
        summary: &Summary,
        (before, kept): (&AskedBefore, &[KeptQuestion]),
    ) -> Result<Vec<TransactWriteItem>, StoreError> {
        let (table, id) = (self.table(), &summary.id);
        let deleted = table.transact_check(&deleted_key(member, id));
        let put = table.transact_put(&summary_key(member, id), summary)?;
        let mut parts = vec![
            table.erasure(member).not_begun()?,
            table.part(deleted.condition_expression("attribute_not_exists(pk)").build())?,
            table.part(put.condition_expression("attribute_not_exists(pk)").build())?,
            table.part(table.transact_put(&asked_key(member, id), before)?.build())?,
        ];
        for question in kept {
            let put = table.transact_put(&question_key(member, id, &question.question.id), question)?;
            parts.push(table.part(put.build())?);
        }
        Ok(parts)
    }

    /// Deletes a member's interview with all that belongs to it. Its questions may be asked again. That it was deleted
    /// is noted for as long as the message that has it saved may come again.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`].
    pub async fn delete(&self, member: &str, id: &str) -> Result<(), Error> {
        let table = self.table();
        let summary = table.transact_delete(&summary_key(member, id));
        let summary = summary.condition_expression("attribute_exists(pk)").build();
        let expires = integer(table.clock().now().as_second() + MESSAGES_KEPT);
        let deleted = table.transact_put(&deleted_key(member, id), &BTreeMap::<String, String>::new())?;
        let mut parts = vec![table.part(summary)?, table.part(deleted.item("expiresAt", expires).build())?];
        let belongings = table.keys_of(&interview_partition(member, id)).await?;
        for key in belongings.iter().chain([&asked_key(member, id)]) {
            parts.push(table.part(table.transact_delete(key).build())?);
        }
        if table.transact(parts).await?.is_err() {
            return Err(Error::NotFound);
        }
        self.forget_grades(member, &format!("{id}#")).await
    }

    /// Deletes one question of a member's interview. It may be asked again.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`].
    pub async fn delete_question(&self, member: &str, id: &str, question: &str) -> Result<(), Error> {
        let table = self.table();
        let delete = table.transact_delete(&question_key(member, id, question));
        let delete = delete.condition_expression("attribute_exists(pk)").build();
        let count = table
            .transact_update(&summary_key(member, id))
            .update_expression("ADD questionCount :one_less")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":one_less", integer(-1))
            .build();
        let asked = table
            .transact_update(&asked_key(member, id))
            .update_expression("REMOVE fingerprints.#question")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_names("#question", question)
            .build();
        let parts = vec![table.part(delete)?, table.part(count)?, table.part(asked)?];
        if table.transact(parts).await?.is_err() {
            return Err(Error::NotFound);
        }
        self.forget_grades(member, &format!("{id}#{question}#")).await
    }

    /// Deletes the grades that begin with `prefix`. None is added any more: that is a condition of adding one. Should
    /// this not come to its end, they expire.
    async fn forget_grades(&self, member: &str, prefix: &str) -> Result<(), Error> {
        let grades = self.table().keys_beginning(&grades_partition(member), prefix).await?;
        Ok(self.table().delete_all(grades).await?)
    }
}
