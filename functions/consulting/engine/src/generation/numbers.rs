//! What a run computes for one lecturer: the unit that is published and that every chart is drawn from.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Everything that a generation knows of one lecturer, as of the end of the run's day.
///
/// A *learner* of a lecture is a student with an enrolment that is not refunded, dated no later than the
/// run's day, who is not the lecture's own lecturer. A learner without a progress row has 0 percent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LecturerNumbers {
    /// The lecturer's id on the lecture platform, which is also the `sub` of the lecturer's access token.
    pub lecturer_id: String,
    /// One entry for each lecture of the lecturer, in the order of the lecture ids.
    pub lectures: Vec<LectureNumbers>,
    /// How many students learn in exactly 1, 2, 3, 4, and in 5 or more of the lectures.
    pub lectures_per_student: [u64; 5],
    /// How much the learners wrote.
    pub feedback: Feedback,
}

/// One lecture's share of [`LecturerNumbers`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LectureNumbers {
    /// The key of the lecture. Titles are not keys: two lectures may share one.
    pub lecture_id: String,
    /// The title as it stands in the export.
    pub title: String,
    /// Number of learners.
    pub learners: u64,
    /// Learners with at least [`FINISHED_PERCENT`] percent.
    pub finished: u64,
    /// Learners per decile of progress: 0–9, 10–19, …, 80–89, 90–100 percent. Sums to `learners`.
    pub deciles: [u64; 10],
    /// What was paid per day, ascending, only days with revenue, none after the run's day.
    pub revenue: Vec<DayRevenue>,
}

/// What was paid for one lecture on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayRevenue {
    /// The calendar day in Asia/Seoul of the enrolment.
    pub day: Date,
    /// The sum of `paidAmount` of the enrolments that are not refunded, in KRW; greater than 0.
    pub amount: i64,
}

/// How many reviews and questions a lecturer has in all, and how the reviews rate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Feedback {
    /// All reviews of the lecturer's lectures.
    pub reviews: u64,
    /// All questions asked in the lecturer's lectures.
    pub questions: u64,
    /// Reviews that rate 1, 2, 3, 4 and 5. Sums to `reviews`.
    pub ratings: [u64; 5],
}

/// From this percentage on, a learner has finished a lecture (the lecture platform rounds > 98 up to 100).
pub const FINISHED_PERCENT: u8 = 98;
