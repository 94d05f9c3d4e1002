//! What the person did before and beside the projects; it comes from their profile or their own hand.

use garde::Validate;
use serde::{Deserialize, Serialize};

use crate::bounds::{ADDRESS, NAME, TEXT, https_address};
use crate::rules::{filled, line, paragraph};
use crate::{EmploymentStatus, GraduationStatus, Month, SchoolType, WorkType};

/// One employment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Work {
    /// The company.
    #[garde(length(chars, max = NAME), custom(line), custom(filled))]
    pub name: String,
    /// The department.
    #[garde(length(chars, max = NAME), inner(custom(line)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// What the person was there.
    #[garde(length(chars, max = NAME), custom(line), custom(filled))]
    pub position: String,
    /// Under what terms.
    #[garde(skip)]
    pub work_type: WorkType,
    /// Whether they still are.
    #[garde(skip)]
    pub employment_status: EmploymentStatus,
    /// The first month.
    #[garde(skip)]
    pub start_date: Month,
    /// The last month; none while it lasts.
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_date: Option<Month>,
    /// What they did there.
    #[garde(length(chars, max = TEXT), inner(custom(paragraph)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
}

/// One school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Education {
    /// The school.
    #[garde(length(chars, max = NAME), custom(line), custom(filled))]
    pub institution: String,
    /// What was studied.
    #[garde(length(chars, max = NAME), inner(custom(line)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// What kind of school.
    #[garde(skip)]
    pub school_type: SchoolType,
    /// How it ended.
    #[garde(skip)]
    pub graduation_status: GraduationStatus,
    /// The first month.
    #[garde(skip)]
    pub start_date: Month,
    /// The last month; none while it lasts.
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_date: Option<Month>,
}

/// One certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Certificate {
    /// What is certified.
    #[garde(length(chars, max = NAME), custom(line), custom(filled))]
    pub name: String,
    /// The grade or score.
    #[garde(length(chars, max = NAME), inner(custom(line)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// When it was given.
    #[garde(skip)]
    pub date: Month,
    /// Who gave it.
    #[garde(length(chars, max = NAME), custom(line), custom(filled))]
    pub issuer: String,
}

/// One link to something of the person's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Link {
    /// What a reader sees.
    #[garde(length(chars, max = NAME), custom(line), custom(filled))]
    pub title: String,
    /// Where it leads; begins with `https://`.
    #[garde(length(chars, max = ADDRESS), custom(https_address))]
    pub url: String,
}
