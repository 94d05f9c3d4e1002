//! The five datasets of the export and the fields that each of them has (product page, Consulting).

use std::fmt;

use serde::{Deserialize, Serialize};

/// One dataset of the export; its wire name is the lower-case word, as in `enrollments.ndjson`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dataset {
    /// What is taught, and by whom.
    Lectures,
    /// Who bought which lecture, when and for how much.
    Enrollments,
    /// How far each student has watched each lecture.
    Progress,
    /// What students asked.
    Questions,
    /// How students rated and what they wrote.
    Reviews,
}

impl Dataset {
    /// All datasets, the lectures first: every other dataset refers to them.
    pub const ALL: [Self; 5] =
        [Self::Lectures, Self::Enrollments, Self::Progress, Self::Questions, Self::Reviews];

    /// The name on the wire, in paths and in logs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lectures => "lectures",
            Self::Enrollments => "enrollments",
            Self::Progress => "progress",
            Self::Questions => "questions",
            Self::Reviews => "reviews",
        }
    }

    /// The fields that a row must have, in the order in which the platform writes them.
    pub(super) const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Lectures => {
                &["lectureId", "lecturerId", "title", "category", "level", "price", "status", "createdAt"]
            }
            Self::Enrollments => {
                &["enrollmentId", "lectureId", "studentId", "paidAmount", "status", "enrolledAt"]
            }
            Self::Progress => &["lectureId", "studentId", "percent", "updatedAt"],
            Self::Questions => &["questionId", "lectureId", "studentId", "title", "content", "createdAt"],
            Self::Reviews => &[
                "reviewId",
                "lectureId",
                "studentId",
                "rating",
                "usefulness",
                "difficulty",
                "comment",
                "suggestion",
                "createdAt",
            ],
        }
    }
}

impl fmt::Display for Dataset {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
