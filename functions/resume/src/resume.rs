//! A resume as its owner has it: what stands beside the document, and what the owner sees of both.

use jiff::Timestamp;
use maru_document::{Document, Language, Position, Template};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// Who can see a resume.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Visibility {
    /// Its owner.
    #[default]
    Private,
    /// Everybody.
    Public,
}

/// A resume, without its document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Resume {
    /// `res_…`
    pub id: String,
    /// Whose it is, `usr_…`.
    pub owner_id: String,
    /// The version of its document, from 1 on.
    pub version: u64,
    /// Counts every change, also those that leave the document as it is: the entity tag.
    pub revision: u64,
    /// What its owner decides about it.
    #[serde(flatten)]
    pub settings: Settings,
    /// What its owner works as; a copy out of the document, for lists.
    pub position: Position,
    /// The language of the document; a copy.
    pub language: Language,
    /// The template of the document; a copy.
    pub template: Template,
    /// When it was first public; none if it never was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// What the owner of a resume decides about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// What the owner calls it, at most 100 characters.
    pub title: String,
    /// Who can see it.
    pub visibility: Visibility,
    /// Whether those who can see it see e-mail address and telephone number too.
    pub contact_public: bool,
}

/// A version of a document, without the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Version {
    /// Its number.
    pub version: u64,
    /// How it came to be.
    pub cause: Cause,
    /// When.
    pub created_at: Timestamp,
}

/// How a version came to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase", tag = "kind")]
pub enum Cause {
    /// Written from repositories.
    Generated {
        /// The job that wrote it.
        job_id: String,
    },
    /// Written by its owner.
    Written,
    /// A proposed edit that the owner took.
    Edited {
        /// The edit, `edt_…`.
        edit_id: String,
    },
    /// An earlier version, taken back.
    Restored {
        /// Which.
        version: u64,
    },
}

/// What the owner of a resume sees: everything, with the document byte for byte as it is stored.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResumeView {
    #[serde(flatten)]
    summary: ResumeSummary,
    document: Box<RawValue>,
}

/// What a list shows of a resume.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResumeSummary {
    id: String,
    #[serde(flatten)]
    settings: Settings,
    position: Position,
    language: Language,
    template: Template,
    version: u64,
    created_at: Timestamp,
    updated_at: Timestamp,
}

impl Resume {
    /// The copies out of `document` as they have to be.
    pub fn copy_from(&mut self, document: &Document) {
        (self.position, self.language, self.template) =
            (document.position, document.language, document.template);
    }

    /// Whether everybody can see it.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.settings.visibility == Visibility::Public
    }

    /// What its owner sees, with its document's JSON text.
    ///
    /// # Errors
    /// When the text is not JSON.
    pub fn view(self, document: String) -> Result<ResumeView, serde_json::Error> {
        Ok(ResumeView { document: RawValue::from_string(document)?, summary: self.into() })
    }
}

impl From<Resume> for ResumeSummary {
    fn from(resume: Resume) -> Self {
        let Resume { id, settings, position, language, template, version, created_at, updated_at, .. } =
            resume;
        Self { id, settings, position, language, template, version, created_at, updated_at }
    }
}

/// The title of a resume that nobody has given one, such as `백엔드 이력서`.
#[must_use]
pub fn first_title(position: Position, language: Language) -> String {
    let (korean, english) = match position {
        Position::Backend => ("백엔드", "Backend"),
        Position::Frontend => ("프론트엔드", "Frontend"),
        Position::Infra => ("인프라", "Infrastructure"),
        Position::Ai => ("인공지능", "AI"),
        Position::Game => ("게임", "Game"),
    };
    match language {
        Language::Ko => format!("{korean} 이력서"),
        Language::En => format!("{english} resume"),
    }
}
