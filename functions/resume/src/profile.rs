//! The copy of a member's profile, as identity tells of it (`member.profile_changed`).
//!
//! Events come more than once and out of order: the copy with the greatest revision stays.

use maru_document::{EmploymentStatus, GraduationStatus, Month, Position, SchoolType, WorkType};
use maru_store::{StoreError, integer};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::store::{Store, profile_key};

/// A member's profile, as the event has it and as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MemberProfile {
    /// Whose it is, `usr_…`.
    pub user_id: String,
    /// Grows with each change.
    pub revision: i64,
    /// What others call the member.
    pub nickname: String,
    /// The rest.
    pub profile: Profile,
}

/// What a member says of themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Profile {
    /// The name.
    pub name: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
    /// What they work as.
    pub position: Option<Position>,
    /// The address of a picture.
    pub image_url: Option<String>,
    /// Employments.
    pub work_experiences: Vec<WorkExperience>,
    /// Schools.
    pub educations: Vec<ProfileEducation>,
    /// Certificates.
    pub certificates: Vec<ProfileCertificate>,
    /// Links.
    pub links: Vec<ProfileLink>,
}

/// One employment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkExperience {
    /// The company.
    pub company_name: String,
    /// The department.
    #[serde(default)]
    pub department_name: Option<String>,
    /// What the member was there.
    pub role: String,
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
#[serde(rename_all = "camelCase")]
pub struct ProfileEducation {
    /// What kind of school.
    pub school_type: SchoolType,
    /// The school.
    pub school_name: String,
    /// What was studied.
    #[serde(default)]
    pub major: Option<String>,
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
#[serde(rename_all = "camelCase")]
pub struct ProfileCertificate {
    /// What is certified.
    pub name: String,
    /// The grade or score.
    #[serde(default)]
    pub grade: Option<String>,
    /// When it was given.
    pub date: Month,
    /// Who gave it.
    pub organization: String,
}

/// One link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProfileLink {
    /// What a reader sees.
    pub title: String,
    /// Where it leads.
    pub url: String,
}

impl Store {
    /// The copy of a member's profile; none until identity has told of it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn profile(&self, member: &str) -> Result<Option<MemberProfile>, StoreError> {
        self.table().get(&profile_key(member), true).await
    }

    /// Keeps `profile`, unless a later one is kept already or the member is gone; says whether it was kept.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn keep_profile(&self, profile: &MemberProfile) -> Result<bool, Error> {
        let put = self
            .table()
            .transact_put(&profile_key(&profile.user_id), profile)?
            .condition_expression("attribute_not_exists(pk) OR revision < :revision")
            .expression_attribute_values(":revision", integer(profile.revision));
        let parts = vec![self.table().part(put.build())?, self.still_here(&profile.user_id)?];
        Ok(self.table().transact(parts).await?.is_ok())
    }
}
