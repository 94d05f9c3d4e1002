//! What members say of themselves.
//!
//! Every text and list has a bound, so that a profile fits an item and an event. Types are parsed, not
//! checked: a value of one of them keeps its rule.

mod career;
mod change;
mod list;
mod text;

pub use career::{Certificate, Education, Link, WorkExperience};
pub use change::{Change, ProfileChange};
pub use list::AtMost;
pub use text::{Email, Line, Phone};

use maru_document::Position;
use serde::{Deserialize, Serialize};

/// The most characters of a person's name.
pub const NAME: usize = 50;

/// The profile of a member, as the member and the other domains see it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Profile {
    /// The name, which is not the nickname.
    pub name: Option<Line<NAME>>,
    /// Where to write to.
    pub email: Option<Email>,
    /// Where to call.
    pub phone: Option<Phone>,
    /// What they work as, or want to.
    pub position: Option<Position>,
    /// Where their picture is: an uploaded one, or the one that their login provider has.
    pub image_url: Option<String>,
    /// Employments.
    pub work_experiences: AtMost<WorkExperience, 20>,
    /// Schools.
    pub educations: AtMost<Education, 10>,
    /// Certificates.
    pub certificates: AtMost<Certificate, 20>,
    /// Links to what is theirs.
    pub links: AtMost<Link, 10>,
}
