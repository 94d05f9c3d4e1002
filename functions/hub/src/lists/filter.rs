//! Which resumes a list has.

use maru_document::{Position, SchoolType};

use super::Order;

/// Which resumes a list has, and in which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those of this position.
    pub position: Option<Position>,
    /// Only those whose owner was at such a school.
    pub school_type: Option<SchoolType>,
    /// What the list goes by.
    pub order: Order,
    /// Only those that the caller likes.
    pub liked: bool,
}

impl Filter {
    /// Whether a resume of this position and these schools belongs into the list.
    #[must_use]
    pub fn takes(&self, position: Position, school_types: &[SchoolType]) -> bool {
        self.position.is_none_or(|wanted| wanted == position)
            && self.school_type.is_none_or(|wanted| school_types.contains(&wanted))
    }

    /// The filter as a text that two filters have in common only if they are the same.
    #[must_use]
    pub fn canonical(&self) -> String {
        let liked = if self.liked { "liked" } else { "all" };
        format!("{}#{liked}", partition(self.order, self.position, self.school_type))
    }

    /// The partition in which the entries of the list are, whoever likes them.
    #[must_use]
    pub fn partition(&self) -> String {
        partition(self.order, self.position, self.school_type)
    }
}

/// The partition of a list.
pub(super) fn partition(order: Order, position: Option<Position>, school_type: Option<SchoolType>) -> String {
    let position = position.map_or("ANY", position_name);
    let school_type = school_type.map_or("ANY", school_name);
    format!("LIST#{}#{position}#{school_type}", order.name())
}

const fn position_name(position: Position) -> &'static str {
    match position {
        Position::Backend => "BACKEND",
        Position::Frontend => "FRONTEND",
        Position::Infra => "INFRA",
        Position::Ai => "AI",
        Position::Game => "GAME",
    }
}

const fn school_name(school_type: SchoolType) -> &'static str {
    match school_type {
        SchoolType::PrivateEducation => "PRIVATE_EDUCATION",
        SchoolType::HighSchool => "HIGH_SCHOOL",
        SchoolType::College => "COLLEGE",
        SchoolType::University => "UNIVERSITY",
        SchoolType::Master => "MASTER",
        SchoolType::Doctor => "DOCTOR",
    }
}
