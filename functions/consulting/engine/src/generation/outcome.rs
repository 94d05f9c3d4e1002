//! What the reduction of a shard gives for each lecturer.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::numbers::LecturerNumbers;

/// How many of the newest reviews, and of the newest questions, are kept with their texts: what the report
/// reads (product page, Consulting).
pub const NEWEST_WRITINGS: usize = 30;

/// Everything that a generation has of one lecturer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LecturerOutcome {
    /// The numbers, whole.
    pub numbers: LecturerNumbers,
    /// At most the [`NEWEST_WRITINGS`] newest reviews: by `createdAt`, the newest first, of equal times the
    /// lower id first. None was written after the run's day.
    pub reviews: Vec<ReviewText>,
    /// The questions in the same way.
    pub questions: Vec<QuestionText>,
}

/// A review as the report reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReviewText {
    /// The key of the review.
    pub review_id: String,
    /// The lecture that is reviewed.
    pub lecture_id: String,
    /// Its title as it stands in the export.
    pub lecture_title: String,
    /// The stars, 1–5.
    pub rating: u8,
    /// Answer to "was it useful?", 1–5.
    pub usefulness: u8,
    /// Answer to "was the difficulty right?", 1–5.
    pub difficulty: u8,
    /// What was written, unchanged.
    pub comment: String,
    /// What should be better, unchanged.
    pub suggestion: String,
    /// When it was written.
    pub created_at: Timestamp,
}

/// A question as the report reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QuestionText {
    /// The key of the question.
    pub question_id: String,
    /// The lecture in which it was asked.
    pub lecture_id: String,
    /// Its title as it stands in the export.
    pub lecture_title: String,
    /// The heading, unchanged.
    pub title: String,
    /// The text, unchanged.
    pub content: String,
    /// When it was asked.
    pub created_at: Timestamp,
}
