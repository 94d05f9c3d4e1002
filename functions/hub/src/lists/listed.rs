//! Where a resume stands: what its entries in the lists are made of.

use std::collections::BTreeSet;

use jiff::Timestamp;
use maru_document::{Position, SchoolType};
use maru_publications::Card;
use serde::{Deserialize, Serialize};

use super::Order;
use super::filter::partition;
use crate::counts::Tally;

/// What the entries of a resume are made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Listed {
    /// The resume.
    pub resume_id: String,
    /// Its owner.
    pub owner_id: String,
    /// What the owner works as.
    pub position: Position,
    /// Where the owner learned.
    pub school_types: Vec<SchoolType>,
    /// When it became public.
    pub published_at: Timestamp,
    /// The likes by which it is ranked.
    pub likes: i64,
    /// The views by which it is ranked.
    pub views: i64,
}

impl Listed {
    /// Where a public resume with these counts has to stand.
    #[must_use]
    pub fn new(card: Card, tally: &Tally) -> Self {
        Self {
            resume_id: card.resume_id,
            owner_id: card.owner_id,
            position: card.position,
            school_types: card.school_types,
            published_at: card.published_at,
            likes: tally.likes,
            views: tally.views,
        }
    }

    /// The keys of all its entries, partition and sort key: at most 42.
    #[must_use]
    pub fn entries(&self) -> BTreeSet<(String, String)> {
        let schools = || self.school_types.iter().copied().map(Some).chain([None]);
        let mut entries = BTreeSet::new();
        for order in Order::ALL {
            let rank = order.rank(self);
            for position in [Some(self.position), None] {
                entries.extend(schools().map(|school| (partition(order, position, school), rank.clone())));
            }
        }
        entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(school_types: &[SchoolType], likes: i64) -> Listed {
        Listed {
            resume_id: "res_1".to_owned(),
            owner_id: "usr_1".to_owned(),
            position: Position::Ai,
            school_types: school_types.to_vec(),
            published_at: "2026-01-15T15:10:00Z".parse().unwrap(),
            likes,
            views: 7,
        }
    }

    const SCHOOLS: [SchoolType; 6] = [
        SchoolType::PrivateEducation,
        SchoolType::HighSchool,
        SchoolType::College,
        SchoolType::University,
        SchoolType::Master,
        SchoolType::Doctor,
    ];

    #[test]
    fn a_resume_has_an_entry_in_each_list_that_it_fits() {
        assert_eq!(listed(&[], 0).entries().len(), 6);
        assert_eq!(listed(&SCHOOLS, 0).entries().len(), 42);
        let entries = listed(&[SchoolType::Master], 0).entries();
        let lists: Vec<&str> = entries.iter().map(|(list, _)| list.as_str()).collect();
        for list in
            ["LIST#likes#ANY#ANY", "LIST#views#AI#ANY", "LIST#recent#AI#MASTER", "LIST#recent#ANY#MASTER"]
        {
            assert!(lists.contains(&list), "{list} in {lists:?}");
        }
        assert!(!lists.iter().any(|list| list.contains("BACKEND") || list.contains("DOCTOR")));
    }

    /// A relisting may take every entry away and write as many others, beside two items: DynamoDB takes 100.
    #[test]
    fn everything_that_a_relisting_can_write_fits_into_one_transaction() {
        let (old, new) = (listed(&SCHOOLS, 0), Listed { position: Position::Game, ..listed(&SCHOOLS, 1) });
        assert!(old.entries().union(&new.entries()).count() + 2 <= 100);
    }

    #[test]
    fn a_rank_sorts_as_its_number_does() {
        let ranks: Vec<String> =
            [0, 9, 10, 99, 1_000_000].iter().map(|likes| Order::Likes.rank(&listed(&[], *likes))).collect();
        assert!(ranks.is_sorted(), "{ranks:?}");
    }
}
