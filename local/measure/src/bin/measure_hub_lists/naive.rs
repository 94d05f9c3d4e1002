//! The rule of the lists, as somebody who reads it would write it down.

use std::cmp::Reverse;

use maru_document::{Position, SchoolType};
use serde_json::json;

use crate::world::Row;

/// What a list can be sorted by.
pub const ORDERS: [&str; 3] = ["recent", "likes", "views"];

/// The fields of work.
pub const POSITIONS: [Position; 5] =
    [Position::Backend, Position::Frontend, Position::Infra, Position::Ai, Position::Game];

/// The kinds of schools.
pub const SCHOOLS: [SchoolType; 6] = [
    SchoolType::PrivateEducation,
    SchoolType::HighSchool,
    SchoolType::College,
    SchoolType::University,
    SchoolType::Master,
    SchoolType::Doctor,
];

/// A list that can be asked for.
#[derive(Clone, Copy, Debug)]
pub struct List {
    position: Option<Position>,
    school: Option<SchoolType>,
    order: &'static str,
    liked: bool,
}

impl List {
    /// Where it is.
    pub fn path(&self) -> String {
        let named = [
            ("position", self.position.map(|value| json!(value))),
            ("schoolType", self.school.map(|value| json!(value))),
        ];
        let mut path = format!("/hub/resumes?sort={}&liked={}", self.order, self.liked);
        for (name, value) in named {
            if let Some(value) = value.as_ref().and_then(|value| value.as_str()) {
                path += &format!("&{name}={value}");
            }
        }
        path
    }
}

/// Every combination.
pub fn lists() -> impl Iterator<Item = List> {
    let positions = || POSITIONS.map(Some).into_iter().chain([None]);
    let schools = || SCHOOLS.map(Some).into_iter().chain([None]);
    positions().flat_map(move |position| {
        schools().flat_map(move |school| {
            ORDERS
                .into_iter()
                .flat_map(move |order| [false, true].map(|liked| List { position, school, order, liked }))
        })
    })
}

/// The ids that belong into a list, in its order.
pub fn expected(rows: &[Row], list: &List) -> Vec<String> {
    let fits = |row: &&Row| {
        list.position.is_none_or(|position| row.resume.position == position)
            && list.school.is_none_or(|school| row.resume.school_types.contains(&school))
            && (!list.liked || row.liked)
    };
    let mut found: Vec<&Row> = rows.iter().filter(fits).collect();
    found.sort_by_key(|row| {
        let count = match list.order {
            "likes" => row.likes + usize::from(row.liked),
            "views" => row.views,
            _ => 0,
        };
        Reverse((count, row.resume.published_at, &row.resume.id))
    });
    found.into_iter().map(|row| row.resume.id.clone()).collect()
}
