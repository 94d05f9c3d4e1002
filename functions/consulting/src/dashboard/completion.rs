//! `completion`: the lectures that learners finish.

use std::cmp::Ordering;

use schemars::JsonSchema;
use serde::Serialize;

use super::Percent;
use crate::generation::numbers::{FINISHED_PERCENT, LectureNumbers, LecturerNumbers};

/// Lectures that the chart shows.
const TOP: usize = 5;

/// The five lectures with the greatest share of learners who finished.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Completion {
    /// From this percentage of progress on, a learner has finished.
    pub finished_from: u8,
    /// At most five lectures, the greatest share first; of equal shares the one with more learners, then
    /// the smaller id. A lecture without learners has no share and is left out.
    pub items: Vec<LectureCompletion>,
}

/// One lecture of [`Completion`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LectureCompletion {
    /// The key of the lecture.
    pub lecture_id: String,
    /// The title as the lecture platform has it; not unique.
    pub title: String,
    /// Number of learners; at least 1.
    pub learners: u64,
    /// Number of learners who finished.
    pub finished: u64,
    /// `finished` of `learners`, rounded to the nearest hundredth of a percent.
    pub percent: Percent,
}

impl Completion {
    /// Computes the chart.
    pub fn compute(numbers: &LecturerNumbers) -> Self {
        let mut lectures: Vec<_> = numbers.lectures.iter().filter(|lecture| lecture.learners > 0).collect();
        lectures.sort_by(|one, other| rank(one, other));
        let items = lectures.into_iter().take(TOP).map(|lecture| LectureCompletion {
            lecture_id: lecture.lecture_id.clone(),
            title: lecture.title.clone(),
            learners: lecture.learners,
            finished: lecture.finished,
            percent: Percent::of(lecture.finished, lecture.learners),
        });
        Self { finished_from: FINISHED_PERCENT, items: items.collect() }
    }
}

/// Compares the fractions by cross-multiplication: rounded ones would tie where the true ones differ.
fn rank(one: &LectureNumbers, other: &LectureNumbers) -> Ordering {
    let share_of_one = u128::from(one.finished) * u128::from(other.learners);
    let share_of_other = u128::from(other.finished) * u128::from(one.learners);
    share_of_other
        .cmp(&share_of_one)
        .then_with(|| other.learners.cmp(&one.learners))
        .then_with(|| one.lecture_id.cmp(&other.lecture_id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::fixtures::{Described, lecture, lecturer};

    fn ids(lectures: Vec<LectureNumbers>) -> Vec<String> {
        Completion::compute(&lecturer(lectures)).items.into_iter().map(|item| item.lecture_id).collect()
    }

    #[test]
    fn the_five_greatest_shares_are_shown_in_order() {
        let lectures = (0..7).map(|finished| lecture(&format!("lec-{finished}")).learnt(10, finished));
        assert_eq!(ids(lectures.collect()), ["lec-6", "lec-5", "lec-4", "lec-3", "lec-2"]);
    }

    #[test]
    fn shares_that_round_alike_are_still_told_apart() {
        let close = vec![lecture("a").learnt(1_000_000, 333_333), lecture("b").learnt(3, 1)];
        assert_eq!(Percent::of(333_333, 1_000_000), Percent::of(1, 3));
        assert_eq!(ids(close), ["b", "a"]);
    }

    #[test]
    fn of_equal_shares_more_learners_come_first_and_then_the_smaller_id() {
        let tied = vec![lecture("z").learnt(2, 1), lecture("b").learnt(2, 1), lecture("c").learnt(200, 100)];
        assert_eq!(ids(tied), ["c", "b", "z"]);
    }

    #[test]
    fn a_lecture_without_learners_is_left_out() {
        assert_eq!(ids(vec![lecture("a"), lecture("b").learnt(1, 0)]), ["b"]);
    }

    #[test]
    fn a_lecture_that_nobody_finished_has_zero_percent() {
        let chart = Completion::compute(&lecturer(vec![lecture("a").learnt(7, 0)]));
        assert_eq!((chart.items[0].percent.hundredths(), chart.finished_from), (0, 98));
    }
}
