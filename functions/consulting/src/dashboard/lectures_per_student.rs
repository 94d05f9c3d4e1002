//! `lectures-per-student`: how many of the lecturer's lectures a student takes.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Percent, percent::shares};
use crate::generation::numbers::LecturerNumbers;

const LABELS: [&str; 5] = ["1", "2", "3", "4", "5+"];

/// Students by the number of the lecturer's lectures that they learn in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LecturesPerStudent {
    /// All students of the lecturer, each counted once.
    pub students: u64,
    /// The five groups in ascending order, also the empty ones. Their students sum to `students`.
    pub groups: Vec<StudentGroup>,
}

/// The students of one number of lectures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StudentGroup {
    /// The number of lectures: `1`, `2`, `3`, `4` or `5+` (five or more).
    pub lectures: String,
    /// Number of students who learn in that many.
    pub students: u64,
    /// The part of all students, in percent. The shares sum to exactly 100, or are 0 without students.
    pub share: Percent,
}

impl LecturesPerStudent {
    /// Computes the chart.
    pub fn compute(numbers: &LecturerNumbers) -> Self {
        let counts = &numbers.lectures_per_student;
        let groups = LABELS.iter().zip(counts).zip(shares(counts));
        let groups = groups.map(|((label, students), share)| StudentGroup {
            lectures: (*label).to_owned(),
            students: *students,
            share,
        });
        Self { students: counts.iter().sum(), groups: groups.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::fixtures::lecturer;

    #[test]
    fn students_are_grouped_and_their_shares_sum_to_100() {
        let numbers = LecturerNumbers { lectures_per_student: [3, 2, 0, 0, 1], ..lecturer(vec![]) };
        let chart = LecturesPerStudent::compute(&numbers);
        assert_eq!(chart.students, 6);
        let groups: Vec<_> = chart
            .groups
            .iter()
            .map(|group| (&*group.lectures, group.students, group.share.hundredths()))
            .collect();
        assert_eq!(groups, [("1", 3, 5_000), ("2", 2, 3_333), ("3", 0, 0), ("4", 0, 0), ("5+", 1, 1_667)]);
    }

    #[test]
    fn without_students_there_are_still_five_groups() {
        let chart = LecturesPerStudent::compute(&lecturer(vec![]));
        assert_eq!((chart.students, chart.groups.len()), (0, 5));
        assert!(chart.groups.iter().all(|group| group.share == Percent::default()));
    }
}
