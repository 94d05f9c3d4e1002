//! A row of the log of warnings (`getPwnCd`).

use jiff::Timestamp;

use crate::kind::{Kind, Level};

/// What was done to one kind of warning in one zone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Report {
    /// When it was issued (`tmFc`).
    pub issued_at: Timestamp,
    /// Its number within the month (`tmSeq`).
    pub sequence: u32,
    /// The zone's code (`areaCode`).
    pub zone: String,
    /// What the zone is called (`areaName`).
    pub zone_name: String,
    /// What is warned of.
    pub kind: Kind,
    /// How grave.
    pub level: Level,
    /// What was done (`command`): 1 issued, 2 released, 3 extended, 6 corrected, 7 changed, 8 changed and released.
    pub command: u8,
    /// Whether the row was withdrawn (`cancel`).
    pub withdrawn: bool,
    /// From when on it holds; may be in the future. None on a release.
    pub start: Option<Timestamp>,
    /// When the warning ends or ended.
    pub end: Option<Timestamp>,
    /// When every warning of the zone ended, if with this row they did.
    pub all_end: Option<Timestamp>,
}

/// What a row does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// There is no such warning any more, from some moment on.
    Release,
    /// There is one, from some moment on.
    Issue,
    /// There is one, and what was issued last was wrong.
    Correct,
    /// A command that is not known.
    Unknown,
}

impl Report {
    /// What it does. A correction that has no beginning, but an end, is one of a release.
    #[must_use]
    pub const fn act(&self) -> Act {
        match self.command {
            1 | 3 | 7 => Act::Issue,
            6 if self.start.is_none() && self.end.is_some() => Act::Release,
            6 => Act::Correct,
            2 | 8 => Act::Release,
            _ => Act::Unknown,
        }
    }
}
