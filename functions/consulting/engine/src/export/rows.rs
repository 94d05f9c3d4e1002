//! The row of each dataset, with its fields in the order of [`Dataset::fields`], checked.

use std::borrow::Cow;

use jiff::Timestamp;

use super::{Dataset, Fault, Reason, fields::Fields};

const ENROLLED: &str = "ENROLLED";
const REFUNDED: &str = "REFUNDED";

/// A row of the export; implemented by the five row types and by nothing else.
pub trait ExportRow<'a>: Sized {
    /// The dataset whose rows these are.
    const DATASET: Dataset;

    /// Checks the fields of one row, which come in the order of the dataset's fields.
    ///
    /// # Errors
    /// The first fault that is found.
    fn read(fields: &mut Fields<'a>) -> Result<Self, Fault>;
}

/// A lecture as it stands now. The category, the level and the status are checked but not kept: no number
/// depends on them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LectureRow<'a> {
    /// The key of the lecture.
    pub lecture_id: Cow<'a, str>,
    /// Who teaches it.
    pub lecturer_id: Cow<'a, str>,
    /// What people call it; not unique.
    pub title: Cow<'a, str>,
}

/// A purchase, or its refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnrollmentRow<'a> {
    /// The key of the enrolment; a refund repeats it in a later row.
    pub enrollment_id: Cow<'a, str>,
    /// What was bought.
    pub lecture_id: Cow<'a, str>,
    /// By whom.
    pub student_id: Cow<'a, str>,
    /// What was paid, in KRW, from 0.
    pub paid_amount: i64,
    /// Whether the money went back.
    pub refunded: bool,
    /// When it was bought.
    pub enrolled_at: Timestamp,
}

/// How far one student has watched one lecture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgressRow<'a> {
    /// What is watched.
    pub lecture_id: Cow<'a, str>,
    /// By whom.
    pub student_id: Cow<'a, str>,
    /// How much of it, 0–100.
    pub percent: u8,
    /// When that was so.
    pub updated_at: Timestamp,
}

/// A question that a student asked in a lecture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionRow<'a> {
    /// The key of the question.
    pub question_id: Cow<'a, str>,
    /// Where it was asked.
    pub lecture_id: Cow<'a, str>,
    /// By whom.
    pub student_id: Cow<'a, str>,
    /// Its heading.
    pub title: Cow<'a, str>,
    /// Its text.
    pub content: Cow<'a, str>,
    /// When it was asked.
    pub created_at: Timestamp,
}

/// A review that a student wrote of a lecture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewRow<'a> {
    /// The key of the review.
    pub review_id: Cow<'a, str>,
    /// What is reviewed.
    pub lecture_id: Cow<'a, str>,
    /// By whom.
    pub student_id: Cow<'a, str>,
    /// The stars, 1–5.
    pub rating: u8,
    /// Answer to "was it useful?", 1–5.
    pub usefulness: u8,
    /// Answer to "was the difficulty right?", 1–5.
    pub difficulty: u8,
    /// What was written.
    pub comment: Cow<'a, str>,
    /// What should be better.
    pub suggestion: Cow<'a, str>,
    /// When it was written.
    pub created_at: Timestamp,
}

impl<'a> ExportRow<'a> for LectureRow<'a> {
    const DATASET: Dataset = Dataset::Lectures;

    fn read(fields: &mut Fields<'a>) -> Result<Self, Fault> {
        let row = Self { lecture_id: fields.id()?, lecturer_id: fields.id()?, title: fields.text()? };
        let (_category, _level) = (fields.text()?, fields.text()?);
        let _price = fields.integer(0..=i64::MAX)?;
        let _status = fields.text()?;
        let _created_at = fields.time()?;
        Ok(row)
    }
}

impl<'a> ExportRow<'a> for EnrollmentRow<'a> {
    const DATASET: Dataset = Dataset::Enrollments;

    fn read(fields: &mut Fields<'a>) -> Result<Self, Fault> {
        Ok(Self {
            enrollment_id: fields.id()?,
            lecture_id: fields.id()?,
            student_id: fields.id()?,
            paid_amount: fields.integer(0..=i64::MAX)?,
            refunded: is_refunded(&fields.string()?.1)?,
            enrolled_at: fields.time()?,
        })
    }
}

fn is_refunded(status: &str) -> Result<bool, Fault> {
    match status {
        ENROLLED => Ok(false),
        REFUNDED => Ok(true),
        _ => {
            let detail = format!("status is {}", super::fields::shown(status));
            Err(Fault::new(Reason::UnknownStatus, detail))
        }
    }
}

impl<'a> ExportRow<'a> for ProgressRow<'a> {
    const DATASET: Dataset = Dataset::Progress;

    fn read(fields: &mut Fields<'a>) -> Result<Self, Fault> {
        Ok(Self {
            lecture_id: fields.id()?,
            student_id: fields.id()?,
            percent: fields.small(0..=100)?,
            updated_at: fields.time()?,
        })
    }
}

impl<'a> ExportRow<'a> for QuestionRow<'a> {
    const DATASET: Dataset = Dataset::Questions;

    fn read(fields: &mut Fields<'a>) -> Result<Self, Fault> {
        Ok(Self {
            question_id: fields.id()?,
            lecture_id: fields.id()?,
            student_id: fields.id()?,
            title: fields.text()?,
            content: fields.text()?,
            created_at: fields.time()?,
        })
    }
}

impl<'a> ExportRow<'a> for ReviewRow<'a> {
    const DATASET: Dataset = Dataset::Reviews;

    fn read(fields: &mut Fields<'a>) -> Result<Self, Fault> {
        Ok(Self {
            review_id: fields.id()?,
            lecture_id: fields.id()?,
            student_id: fields.id()?,
            rating: fields.small(1..=5)?,
            usefulness: fields.small(1..=5)?,
            difficulty: fields.small(1..=5)?,
            comment: fields.text()?,
            suggestion: fields.text()?,
            created_at: fields.time()?,
        })
    }
}
