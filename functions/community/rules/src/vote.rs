//! Votes on posts: one by each member.

use serde::{Deserialize, Serialize};

/// How a member thinks of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Vote {
    /// For it.
    Up,
    /// Against it.
    Down,
}

/// What a member asks their vote to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Choice {
    /// For it.
    Up,
    /// Against it.
    Down,
    /// No vote.
    None,
}

/// By how much a change of a vote changes the counts of its post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Votes for it.
    pub up: i64,
    /// Votes against it.
    pub down: i64,
}

impl Vote {
    /// As it is stored and sent.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
        }
    }
}

impl From<Choice> for Option<Vote> {
    fn from(choice: Choice) -> Self {
        match choice {
            Choice::Up => Some(Vote::Up),
            Choice::Down => Some(Vote::Down),
            Choice::None => None,
        }
    }
}

impl From<Option<Vote>> for Choice {
    fn from(vote: Option<Vote>) -> Self {
        match vote {
            Some(Vote::Up) => Self::Up,
            Some(Vote::Down) => Self::Down,
            None => Self::None,
        }
    }
}

impl Difference {
    /// What becomes of the counts when a vote that was `before` is `after`.
    #[must_use]
    pub fn between(before: Option<Vote>, after: Option<Vote>) -> Self {
        let of = |vote: Vote| i64::from(after == Some(vote)) - i64::from(before == Some(vote));
        Self { up: of(Vote::Up), down: of(Vote::Down) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Option<Vote>; 3] = [None, Some(Vote::Up), Some(Vote::Down)];

    fn counted(vote: Option<Vote>) -> (i64, i64) {
        (i64::from(vote == Some(Vote::Up)), i64::from(vote == Some(Vote::Down)))
    }

    #[test]
    fn a_choice_is_a_vote_or_none() {
        for vote in ALL {
            assert_eq!(Option::<Vote>::from(Choice::from(vote)), vote);
        }
        assert_eq!(Choice::from(Some(Vote::Down)), Choice::Down);
    }

    #[test]
    fn counts_are_the_votes_after_each_change() {
        for before in ALL {
            for after in ALL {
                let (Difference { up, down }, counts) = (Difference::between(before, after), counted(before));
                assert_eq!((counts.0 + up, counts.1 + down), counted(after), "{before:?} {after:?}");
            }
        }
    }
}
