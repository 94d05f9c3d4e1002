//! What answers were graded with: kept under the answer, so that the same one is worth the same, and as the newest
//! feedback on the question.

use maru_store::{StoreError, integer};

use crate::interview::Feedback;
use crate::store::{Store, grade_key, question_key};

/// For how long the grade of an answer is remembered, in seconds: as long as the job that asked for it. What was last
/// graded stays with the question.
const KEPT: i64 = 30 * 24 * 60 * 60;

impl Store {
    /// What the answer with this key was graded with before.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn graded(
        &self,
        (member, id): (&str, &str),
        question: &str,
        answer_key: &str,
    ) -> Result<Option<Feedback>, StoreError> {
        self.table().get(&grade_key(member, id, question, answer_key), true).await
    }

    /// Keeps what an answer was graded with, unless another grading of the same answer was first: that one counts.
    /// Gives what counts; none when the question is gone.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn keep_grade(
        &self,
        (member, id): (&str, &str),
        question: &str,
        (answer_key, graded): (&str, Feedback),
    ) -> Result<Option<Feedback>, StoreError> {
        let table = self.table();
        let key = grade_key(member, id, question, answer_key);
        let expires = integer(table.clock().now().as_second() + KEPT);
        let grade = table.transact_put(&key, &graded)?.item("expiresAt", expires);
        let grade = table.part(grade.condition_expression("attribute_not_exists(pk)").build())?;
        let there = table.transact_check(&question_key(member, id, question));
        let there = table.part(there.condition_expression("attribute_exists(pk)").build())?;
        match table.transact(vec![there, grade]).await? {
            Ok(()) => Ok(Some(graded)),
            Err(cancelled) if cancelled.failed_at(0) => Ok(None),
            Err(cancelled) => {
                let first = cancelled.failed.into_iter().nth(1).flatten();
                first.map(|first| table.decode(first)).transpose()
            }
        }
    }

    /// Shows `feedback` as the newest on its question; false when the question is gone.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn show_feedback(
        &self,
        (member, id): (&str, &str),
        question: &str,
        feedback: &Feedback,
    ) -> Result<bool, StoreError> {
        let table = self.table();
        let update = table
            .update(&question_key(member, id, question))
            .update_expression("SET feedback = :feedback")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":feedback", table.attribute(feedback)?);
        Ok(table.update_if(update).await?.done().is_some())
    }
}
