//! Missions: what is to be photographed, who was given which, and whether a photo shows it.

pub mod assignment;
pub mod assignments;
pub mod catalogue;
pub mod drawing;
pub mod failures;
pub mod intake;
pub mod settling;
pub mod today;
pub mod verification;

use community_rules::missions::kind::Kind;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How many missions there can be.
pub const MOST_MISSIONS: u32 = 200;

/// A mission as it is kept and shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Mission {
    /// `mis_…`
    pub id: String,
    /// What it says, and what it is worth.
    #[serde(flatten)]
    pub content: Content,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was changed last; none if it never was.
    pub updated_at: Option<Timestamp>,
}

/// What a mission says, and what it is worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Content {
    /// What it is called, 1 to 40 characters.
    pub name: String,
    /// What is to be done, 1 to 300 characters.
    pub description: String,
    /// What a picture must show, as whoever looks at it is asked; 1 to 300 characters.
    pub question: String,
    /// The weather that it is for.
    pub kind: Kind,
    /// What it is worth, 1 to 100.
    pub points: u32,
}
