//! A published resume, and the items that it is stored as.

use jiff::Timestamp;
use maru_document::{Document, Position, SchoolType};
use serde::{Deserialize, Serialize};

/// What a list shows of a published resume.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Card {
    /// The resume, `res_…`.
    pub resume_id: String,
    /// Whose it is, `usr_…`.
    pub owner_id: String,
    /// What the owner was called when it was published.
    pub owner_nickname: String,
    /// The version of the resume. It never falls: what was written for an older one is refused.
    pub version: u64,
    /// What the owner works as.
    pub position: Position,
    /// What kinds of schools the owner was at, each once.
    pub school_types: Vec<SchoolType>,
    /// The title.
    pub title: String,
    /// When it became public, from which the newest are counted.
    pub published_at: Timestamp,
    /// When what is public last changed.
    pub updated_at: Timestamp,
}

/// A published resume.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// What a list shows.
    pub card: Card,
    /// The document as strangers see it: without contact details, unless its owner allows them.
    pub document: Document,
}

/// The item `CARD`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CardItem {
    /// In both states, for the condition of the next write.
    pub(crate) version: u64,
    /// None when it is withdrawn: then nothing of it is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) card: Option<Card>,
}

/// The item `DOCUMENT`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DocumentItem {
    /// The version that this is the document of.
    pub(crate) version: u64,
    /// The document as JSON text, which takes less of an item's 400 KB than a map does.
    pub(crate) document: String,
}
