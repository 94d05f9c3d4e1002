//! Every combination of filters and order against a naive reference, on random resumes.

use std::collections::BTreeSet;

use maru_document::{Position, SchoolType};
use maru_testing::Maru;
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::json;

use super::PATH;
use crate::publishing::{Resume, publish};
use crate::{followed_up, like, pages, setup, token, view};

const POSITIONS: [Position; 5] =
    [Position::Backend, Position::Frontend, Position::Infra, Position::Ai, Position::Game];
const SCHOOLS: [SchoolType; 6] = [
    SchoolType::PrivateEducation,
    SchoolType::HighSchool,
    SchoolType::College,
    SchoolType::University,
    SchoolType::Master,
    SchoolType::Doctor,
];
const ORDERS: [&str; 3] = ["recent", "likes", "views"];

/// The member who asks; likes some of the resumes.
const READER: &str = "usr_reader";

/// A resume and what members did to it.
#[derive(Clone, Debug)]
struct Row {
    resume: Resume,
    likes: BTreeSet<u8>,
    views: u8,
    liked: bool,
}

prop_compose! {
    fn row()(
        position in select(&POSITIONS[..]),
        school_types in btree_set(select(&SCHOOLS[..]), 0..4),
        hour in 0i64..6,
        likes in btree_set(0u8..5, 0..4),
        views in 0u8..4,
        liked: bool,
    ) -> Row {
        let published_at = "2026-01-10T00:00:00Z".parse::<jiff::Timestamp>().unwrap();
        let resume = Resume {
            position,
            school_types: school_types.into_iter().collect(),
            published_at: published_at + jiff::SignedDuration::from_hours(hour),
            ..Resume::new("", "usr_owner")
        };
        Row { resume, likes, views, liked }
    }
}

fn rows() -> Vec<Row> {
    let tree = vec(row(), 24).new_tree(&mut TestRunner::default()).unwrap();
    let mut rows = tree.current();
    for (number, row) in rows.iter_mut().enumerate() {
        row.resume.id = format!("res_{number:02}");
    }
    rows
}

async fn stack(rows: &[Row]) -> Maru {
    let maru = setup().start().await;
    for Row { resume, likes, views, liked } in rows {
        publish(&maru, resume).await;
        for member in likes {
            like(&maru, &format!("usr_{member}"), &resume.id).await.expect(200);
        }
        for member in 0..*views {
            view(&maru, &format!("usr_{member}"), &resume.id).await;
        }
        if *liked {
            like(&maru, READER, &resume.id).await.expect(200);
        }
    }
    followed_up(&maru).await;
    maru
}

/// What a reader of the rule would write down.
fn expected(
    rows: &[Row],
    position: Option<Position>,
    school: Option<SchoolType>,
    order: &str,
    liked: bool,
) -> Vec<String> {
    let fits = |row: &&Row| {
        position.is_none_or(|position| row.resume.position == position)
            && school.is_none_or(|school| row.resume.school_types.contains(&school))
            && (!liked || row.liked)
    };
    let mut found: Vec<&Row> = rows.iter().filter(fits).collect();
    found.sort_by_key(|row| {
        let count = match order {
            "likes" => row.likes.len() + usize::from(row.liked),
            "views" => usize::from(row.views),
            _ => 0,
        };
        std::cmp::Reverse((count, row.resume.published_at, row.resume.id.clone()))
    });
    found.into_iter().map(|row| row.resume.id.clone()).collect()
}

fn path(position: Option<Position>, school: Option<SchoolType>, order: &str, liked: bool) -> String {
    let mut path = format!("{PATH}?sort={order}&liked={liked}");
    for (name, value) in
        [("position", position.map(|value| json!(value))), ("schoolType", school.map(|value| json!(value)))]
    {
        if let Some(value) = value {
            path += &format!("&{name}={}", value.as_str().unwrap());
        }
    }
    path
}

#[tokio::test(flavor = "multi_thread")]
async fn each_of_252_lists_has_exactly_what_fits_in_its_order_page_by_page() {
    let rows = rows();
    let maru = stack(&rows).await;
    let token = token(&maru, READER);
    for position in POSITIONS.map(Some).into_iter().chain([None]) {
        for school in SCHOOLS.map(Some).into_iter().chain([None]) {
            for (order, liked) in ORDERS.into_iter().flat_map(|order| [(order, false), (order, true)]) {
                let path = path(position, school, order, liked);
                let expected = expected(&rows, position, school, order, liked);
                assert_eq!(pages(&maru, &path, &token, 5).await, expected, "{path} of {rows:#?}");
            }
        }
    }
}
