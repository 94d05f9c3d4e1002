//! What a member drew.

use community_rules::missions::slot::Slot;
use community_rules::photo::{MOST_TRIES, MediaType};
use jiff::Timestamp;
use jiff::civil::Date;
use maru_lambda::day_in_seoul;
use serde::{Deserialize, Serialize};

use super::{Content, Mission};

/// A mission that was given to a member. It is a copy: what becomes of the mission does not change it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Assignment {
    /// `asg_…`
    pub id: String,
    /// The day in Asia/Seoul on which it was drawn and is to be done.
    pub day: Date,
    /// The slot that it was drawn in.
    pub slot: Slot,
    /// The mission's id.
    pub mission_id: String,
    /// What the mission said when it was drawn.
    #[serde(flatten)]
    pub content: Content,
    /// When it was drawn.
    pub drawn_at: Timestamp,
    /// The photo that is to show it, the newest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<Photo>,
    /// How many photos were looked at.
    #[serde(default)]
    pub tries: u32,
    /// What was said of the photo that was looked at last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// When a photo showed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified_at: Option<Timestamp>,
    /// The job that found so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified_by: Option<String>,
}

/// A photo that was announced; whether it was uploaded, the bucket knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Photo {
    /// `pho_…`
    pub id: String,
    /// What its sender calls it.
    pub content_type: MediaType,
    /// How long its sender says that it is.
    pub bytes: u64,
}

/// What was said of a photo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    /// Whether it shows what it must.
    pub shows: bool,
    /// Why that was said.
    pub reason: String,
    /// What it shows.
    pub what: String,
    /// What looked at it.
    pub model: String,
}

/// Where an assignment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// A photo can be sent until the day ends.
    Open,
    /// A photo showed it; the points are the member's.
    Verified,
    /// The day ended before.
    Missed,
}

/// An assignment as its member sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AssignmentView {
    id: String,
    day: Date,
    slot: Slot,
    mission_id: String,
    #[serde(flatten)]
    content: Content,
    status: Standing,
    verdict: Option<Verdict>,
    tries_left: u32,
    drawn_at: Timestamp,
    verified_at: Option<Timestamp>,
}

impl Assignment {
    /// The one with this id that `mission` becomes for a member.
    #[must_use]
    pub fn new(id: String, slot: Slot, mission: Mission, now: Timestamp) -> Self {
        Self {
            id,
            day: day_in_seoul(now),
            slot,
            mission_id: mission.id,
            content: mission.content,
            drawn_at: now,
            photo: None,
            tries: 0,
            verdict: None,
            verified_at: None,
            verified_by: None,
        }
    }

    /// Where it stands.
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> Standing {
        match self.verified_at {
            Some(_) => Standing::Verified,
            None if self.day == day_in_seoul(now) => Standing::Open,
            None => Standing::Missed,
        }
    }

    /// As its member sees it.
    #[must_use]
    pub fn view(self, now: Timestamp) -> AssignmentView {
        AssignmentView {
            status: self.standing(now),
            id: self.id,
            day: self.day,
            slot: self.slot,
            mission_id: self.mission_id,
            content: self.content,
            verdict: self.verdict,
            tries_left: MOST_TRIES.saturating_sub(self.tries),
            drawn_at: self.drawn_at,
            verified_at: self.verified_at,
        }
    }
}
