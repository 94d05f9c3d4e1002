//! What a list goes by.

use serde::{Deserialize, Serialize};

use super::Listed;

/// What a list goes by, the highest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// The time at which they became public.
    #[default]
    Recent,
    /// The number of likes, then the time.
    Likes,
    /// The number of views, then the time.
    Views,
}

impl Order {
    /// Every order.
    pub const ALL: [Self; 3] = [Self::Recent, Self::Likes, Self::Views];

    /// The name of the order in keys and cursors.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Recent => "recent",
            Self::Likes => "likes",
            Self::Views => "views",
        }
    }

    /// The place of a resume in this order: a text that sorts as the order does, unique by the resume's id.
    #[must_use]
    pub fn rank(self, listed: &Listed) -> String {
        let Listed { resume_id, published_at, likes, views, .. } = listed;
        let time = published_at.as_millisecond().max(0);
        match self {
            Self::Recent => format!("{time:015}#{resume_id}"),
            Self::Likes => format!("{:010}#{time:015}#{resume_id}", likes.max(&0)),
            Self::Views => format!("{:010}#{time:015}#{resume_id}", views.max(&0)),
        }
    }
}
