//! What can only be one of a few things.

use serde::{Deserialize, Serialize};

/// What somebody works as, or wants to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Position {
    /// 백엔드
    Backend,
    /// 프론트엔드
    Frontend,
    /// 인프라
    Infra,
    /// 인공지능
    Ai,
    /// 게임
    Game,
}

/// The language that a document is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Korean.
    #[default]
    Ko,
    /// English.
    En,
}

/// How a project tells its story, and how the page looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Template {
    /// What was done.
    #[default]
    Basic,
    /// And situation, task, action, result.
    Star,
    /// And problem, hypothesis, attempt, result.
    Troubleshooting,
}

/// What kind of school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SchoolType {
    /// 사설 교육
    PrivateEducation,
    /// 고등학교
    HighSchool,
    /// 대학교(전문학사)
    College,
    /// 대학교(학사)
    University,
    /// 대학원(석사)
    Master,
    /// 대학원(박사)
    Doctor,
}

/// How a time at a school ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum GraduationStatus {
    /// 졸업
    Graduated,
    /// 재학중
    Enrolled,
    /// 중퇴
    DroppedOut,
}

/// Under what terms somebody works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum WorkType {
    /// 인턴
    Intern,
    /// 계약직
    Contract,
    /// 정규직
    Permanent,
    /// 개인사업
    SelfEmployed,
    /// 프리랜서
    Freelance,
}

/// Whether somebody still works there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EmploymentStatus {
    /// 재직중
    Employed,
    /// 퇴사
    Left,
}
