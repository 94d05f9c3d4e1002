//! The community table.
//!
//! | access | key |
//! |---|---|
//! | the missions, the newest first | `pk = MISSIONS, sk = <mission>`, backwards |
//! | how many missions there are | `pk = MISSION_COUNT, sk = COUNT` |
//! | a member's assignments of a day | `pk = ASSIGNMENTS#<member>, sk = DAY#<day>#<slot>` |
//! | where an assignment of a member is | `pk = ASSIGNMENTS#<member>, sk = ID#<assignment>` |
//! | that a member drew a mission on a day | `pk = ASSIGNMENTS#<member>, sk = DRAWN#<day>#<mission>` |
//! | which assignment a photo proved | `pk = PHOTO#<hash of its file>, sk = PHOTO` |
//! | how many photos a member announced lately | `pk = LIMIT#mission-photos#<member>, sk = <the window's first second>` |
//! | a member: nickname, points, whether closed | `pk = MEMBER#<member>, sk = MEMBER` |
//! | the ranking, the most points first | index `byRank`: `rankPartition = RANK#<0–7>`, `rank` backwards |
//! | that a member had a mission of a day verified | `pk = MEMBER#<member>, sk = MISSION-DAY#<day>` |
//! | a post | `pk = POST#<post>, sk = POST` |
//! | its votes counted, in four parts | `pk = POST#<post>, sk = COUNTS#<0–3>` |
//! | the posts of a cell, the newest first | `pk = CELL#<level>#<band>#<column>, sk = <post>`, backwards |
//! | the posts of a member | `pk = AUTHOR#<member>, sk = <post>` |
//! | the votes of a member | `pk = VOTES#<member>, sk = <post>` |
//! | a coupon | `pk = COUPON#<coupon>, sk = COUPON` |
//! | what is left of a share of its stock | `pk = COUPON#<coupon>#<share>, sk = SHARE` |
//! | coupons by the end of their time, the next first | `pk = COUPONS, sk = <milliseconds>#<coupon>` |
//! | the claims of a member, the latest coupon first | `pk = CLAIMS#<member>, sk = <claim>`, backwards |
//! | a claim of a member who is gone | `pk = CLAIM#<claim>, sk = CLAIM` |
//! | the claims of a share, to be counted | index `byShare`: `stockShare = COUPON#<coupon>#<share>`, `pk` |
//! | what a night's count of a coupon said | `pk = COUPON#<coupon>, sk = COUNTED#<day>` |
//! | that a member is gone, and what was erased | `pk = ERASURE#<member>, sk = RECORD` |
//! | answers by idempotency key | `pk = IDEMPOTENCY#<caller>#<function>, sk = <key>` |

use community_rules::missions::slot::Slot;
use jiff::civil::Date;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_members::Members;
use maru_store::{Key, Table};

use crate::coupons::recent::RecentCoupons;

/// The community table. What is done with it stands in the module of each concern.
#[derive(Clone, Debug)]
pub struct Store {
    table: Table,
    recent_coupons: RecentCoupons,
}

impl FromEnvironment for Store {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let table = Table::open(environment, "COMMUNITY_TABLE")?;
        Ok(Self { table, recent_coupons: RecentCoupons::default() })
    }
}

impl Store {
    /// The table itself, for what `maru_store` does.
    #[must_use]
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// The members: what they are called, and that they are gone.
    #[must_use]
    pub fn members(&self) -> Members<'_> {
        Members::of(&self.table)
    }

    /// The coupons that this instance read a moment ago.
    #[must_use]
    pub fn recent_coupons(&self) -> &RecentCoupons {
        &self.recent_coupons
    }
}

/// The partition of the missions.
pub const MISSIONS: &str = "MISSIONS";

/// The key of a mission.
#[must_use]
pub fn mission_key(id: &str) -> Key {
    Key::new(MISSIONS, id)
}

/// The partition of what a member drew.
#[must_use]
pub fn assignments_partition(member: &str) -> String {
    format!("ASSIGNMENTS#{member}")
}

/// The key of an assignment.
#[must_use]
pub fn assignment_key(member: &str, day: Date, slot: Slot) -> Key {
    Key::new(assignments_partition(member), format!("DAY#{day}#{slot}"))
}

/// The key of where an assignment is.
#[must_use]
pub fn place_key(member: &str, id: &str) -> Key {
    Key::new(assignments_partition(member), format!("ID#{id}"))
}

/// The key of the note that a member drew a mission on a day.
#[must_use]
pub fn drawn_key(member: &str, day: Date, mission: &str) -> Key {
    Key::new(assignments_partition(member), format!("DRAWN#{day}#{mission}"))
}

/// The key of which assignment a photo proved.
#[must_use]
pub fn photo_key(hash: &str) -> Key {
    Key::new(format!("PHOTO#{hash}"), "PHOTO")
}

/// The key of that a mission of `day` (in Seoul) was verified for a member: written with the points, and a condition
/// of coupons for whoever did a mission today.
#[must_use]
pub fn mission_day_key(member: &str, day: Date) -> Key {
    Key::new(format!("MEMBER#{member}"), format!("MISSION-DAY#{day}"))
}
