//! What a member did before: employments, schools, certificates, links.

use maru_document::{EmploymentStatus, GraduationStatus, Month, SchoolType, WorkType};
use serde::{Deserialize, Serialize};

use super::text::{HttpsUrl, Line};

/// A name of something: a company, a school, a certificate.
type Name = Line<100>;

/// One employment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WorkExperience {
    /// The company.
    pub company_name: Name,
    /// The department.
    pub department_name: Name,
    /// What the member was there.
    pub role: Name,
    /// Under what terms.
    pub work_type: WorkType,
    /// Whether they still are.
    pub employment_status: EmploymentStatus,
    /// The first month.
    pub started_at: Month,
    /// The last month; none while it lasts.
    #[serde(default)]
    pub ended_at: Option<Month>,
}

/// One school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Education {
    /// What kind of school.
    pub school_type: SchoolType,
    /// The school.
    pub school_name: Name,
    /// What was studied.
    pub major: Name,
    /// How it ended.
    pub graduation_status: GraduationStatus,
    /// The first month.
    pub started_at: Month,
    /// The last month; none while it lasts.
    #[serde(default)]
    pub ended_at: Option<Month>,
}

/// One certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Certificate {
    /// What is certified.
    pub name: Name,
    /// The grade or score.
    #[serde(default)]
    pub grade: Option<Name>,
    /// When it was given.
    pub date: Month,
    /// Who gave it.
    pub organization: Name,
}

/// One link to something of the member's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Link {
    /// What a reader sees.
    pub title: Name,
    /// Where it leads.
    pub url: HttpsUrl,
}

/// Something with a first and perhaps a last month.
pub trait Lasting {
    /// The first month, and the last.
    fn months(&self) -> (Month, Option<Month>);
}

impl Lasting for WorkExperience {
    fn months(&self) -> (Month, Option<Month>) {
        (self.started_at, self.ended_at)
    }
}

impl Lasting for Education {
    fn months(&self) -> (Month, Option<Month>) {
        (self.started_at, self.ended_at)
    }
}
