//! `progress-groups`: how far the learners have come.

use schemars::JsonSchema;
use serde::Serialize;

use super::Scope;

/// The deciles of progress in percent, as first and last whole percentage.
const DECILES: [(u8, u8); 10] =
    [(0, 9), (10, 19), (20, 29), (30, 39), (40, 49), (50, 59), (60, 69), (70, 79), (80, 89), (90, 100)];

/// Learners per decile of progress.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProgressGroups {
    /// The selected lecture; null for all lectures.
    pub lecture_id: Option<String>,
    /// The title of the selected lecture; null for all lectures.
    pub title: Option<String>,
    /// All learners. A student who learns in two lectures has two progresses and counts in each.
    pub learners: u64,
    /// The ten deciles in ascending order, also the empty ones. Their learners sum to `learners`.
    pub groups: Vec<ProgressGroup>,
}

/// One decile of [`ProgressGroups`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProgressGroup {
    /// The percentages of the decile: `0–9` to `90–100`, with an en dash.
    pub label: String,
    /// Number of learners whose progress is in the decile.
    pub learners: u64,
}

impl ProgressGroups {
    /// Computes the chart of the lectures in scope.
    pub fn compute(scope: &Scope<'_>) -> Self {
        let groups = DECILES.iter().enumerate().map(|(index, (first, last))| ProgressGroup {
            label: format!("{first}–{last}"),
            learners: scope.lectures().map(|lecture| lecture.deciles[index]).sum(),
        });
        let groups: Vec<_> = groups.collect();
        Self {
            lecture_id: scope.lecture.map(|lecture| lecture.lecture_id.clone()),
            title: scope.lecture.map(|lecture| lecture.title.clone()),
            learners: groups.iter().map(|group| group.learners).sum(),
            groups,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};
    use proptest::prelude::*;

    use super::*;
    use crate::dashboard::{
        Selection,
        fixtures::{Described, any_lecturer, lecture, lecturer},
    };
    use crate::generation::numbers::LecturerNumbers;

    const DAY: Date = date(2025, 9, 3);

    fn groups(numbers: &LecturerNumbers, lecture: Option<&str>) -> ProgressGroups {
        let selection = Selection { lecture_id: lecture.map(str::to_owned), ..Selection::default() };
        ProgressGroups::compute(&selection.resolve(numbers, DAY).unwrap())
    }

    #[test]
    fn the_labels_are_ten_deciles_and_the_last_has_100() {
        let labels: Vec<_> =
            groups(&lecturer(vec![]), None).groups.into_iter().map(|group| group.label).collect();
        assert_eq!(
            labels,
            ["0–9", "10–19", "20–29", "30–39", "40–49", "50–59", "60–69", "70–79", "80–89", "90–100"]
        );
    }

    #[test]
    fn one_lecture_shows_its_own_learners_and_all_add_up() {
        let numbers = lecturer(vec![lecture("a").learnt(5, 2), lecture("b").learnt(1, 1)]);
        let (one, all) = (groups(&numbers, Some("a")), groups(&numbers, None));
        assert_eq!((one.learners, one.groups[0].learners, one.groups[9].learners), (5, 3, 2));
        assert_eq!((all.learners, all.groups[0].learners, all.groups[9].learners), (6, 3, 3));
        assert_eq!((one.lecture_id.as_deref(), all.lecture_id), (Some("a"), None));
    }

    proptest! {
        #[test]
        fn deciles_sum_to_the_learners(numbers in any_lecturer(DAY)) {
            let all = groups(&numbers, None);
            let learners: u64 = numbers.lectures.iter().map(|lecture| lecture.learners).sum();
            prop_assert_eq!(all.groups.iter().map(|group| group.learners).sum::<u64>(), learners);
            prop_assert_eq!(all.learners, learners);
        }
    }
}
