//! The whole document.

use garde::Validate;
use serde::{Deserialize, Serialize};

use crate::{
    Basics, Certificate, Education, Language, Link, MOST_BYTES, Position, Project, SchoolType, Skill,
    Statement, Template, Work,
};

/// A resume.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Document {
    /// Who the person is.
    #[garde(dive)]
    pub basics: Basics,
    /// What they work as.
    #[garde(skip)]
    pub position: Position,
    /// The language that it is written in.
    #[garde(skip)]
    pub language: Language,
    /// How it tells its projects and how it looks.
    #[garde(skip)]
    pub template: Template,
    /// What the repositories say of the person, in a few statements.
    #[garde(length(max = 10), dive)]
    #[serde(default)]
    pub summary: Vec<Statement>,
    /// Employments, the newest first.
    #[garde(length(max = 30), dive)]
    #[serde(default)]
    pub work: Vec<Work>,
    /// Schools, the newest first.
    #[garde(length(max = 20), dive)]
    #[serde(default)]
    pub education: Vec<Education>,
    /// Certificates, the newest first.
    #[garde(length(max = 50), dive)]
    #[serde(default)]
    pub certificates: Vec<Certificate>,
    /// Links.
    #[garde(length(max = 20), dive)]
    #[serde(default)]
    pub links: Vec<Link>,
    /// Technologies.
    #[garde(length(max = 100), dive)]
    #[serde(default)]
    pub skills: Vec<Skill>,
    /// Projects.
    #[garde(length(max = 10), dive)]
    #[serde(default)]
    pub projects: Vec<Project>,
}

/// Why something is not a document that may be stored.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// It has another shape.
    #[error("the document has another shape")]
    Shape(#[from] serde_json::Error),
    /// A text or a list is outside its bounds.
    #[error("the document breaks a bound: {0}")]
    Bounds(garde::Report),
    /// It is too long as a whole.
    #[error("the document has {0} bytes; it may have {MOST_BYTES}")]
    TooLong(usize),
}

impl Document {
    /// The one JSON text of this document: compact, its fields in the order of this type. Two equal documents
    /// have equal texts, byte for byte.
    ///
    /// # Errors
    /// [`DocumentError::Bounds`], [`DocumentError::TooLong`].
    pub fn to_json(&self) -> Result<String, DocumentError> {
        self.validate().map_err(DocumentError::Bounds)?;
        let text = serde_json::to_string(self)?;
        if text.len() > MOST_BYTES { Err(DocumentError::TooLong(text.len())) } else { Ok(text) }
    }

    /// Reads a document and checks its bounds.
    ///
    /// # Errors
    /// [`DocumentError`].
    pub fn from_json(text: &str) -> Result<Self, DocumentError> {
        if text.len() > MOST_BYTES {
            return Err(DocumentError::TooLong(text.len()));
        }
        let document: Self = serde_json::from_str(text)?;
        document.validate().map_err(DocumentError::Bounds)?;
        Ok(document)
    }

    /// All statements, in reading order.
    pub fn statements(&self) -> impl Iterator<Item = &Statement> {
        self.summary.iter().chain(self.projects.iter().flat_map(Project::statements))
    }

    /// All statements, in reading order, to be changed.
    pub fn statements_mut(&mut self) -> impl Iterator<Item = &mut Statement> {
        self.summary.iter_mut().chain(self.projects.iter_mut().flat_map(Project::statements_mut))
    }

    /// What kinds of schools the person was at, each once, sorted.
    #[must_use]
    pub fn school_types(&self) -> Vec<SchoolType> {
        let mut types: Vec<SchoolType> = self.education.iter().map(|school| school.school_type).collect();
        types.sort_unstable();
        types.dedup();
        types
    }

    /// The same document without e-mail address and telephone number, as strangers see it.
    #[must_use]
    pub fn without_contact(mut self) -> Self {
        self.basics.email = None;
        self.basics.phone = None;
        self
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn sample() -> Value {
        let evidence =
            json!([{ "kind": "commit", "ref": "4f2a1c", "url": "https://github.com/a/b/commit/4f2a1c" }]);
        let statement = json!({ "text": "결제 재시도를 만들었다.", "evidence": evidence });
        json!({
            "basics": { "name": "김마루", "email": "maru@example.com", "phone": "01012345678" },
            "position": "BACKEND",
            "language": "ko",
            "template": "star",
            "summary": [statement],
            "work": [],
            "education": [{
                "institution": "한국대학교", "schoolType": "UNIVERSITY", "graduationStatus": "GRADUATED",
                "startDate": "2019-03", "endDate": "2023-02",
            }],
            "certificates": [],
            "links": [{ "title": "blog", "url": "https://example.com" }],
            "skills": [{ "name": "Rust", "evidence": evidence }],
            "projects": [{
                "name": "pay", "skills": ["Rust"], "roles": [statement],
                "star": { "situation": statement, "task": statement, "action": statement, "result": statement },
            }],
        })
    }

    fn with(pointer: &str, value: Value) -> Result<Document, DocumentError> {
        let mut document = sample();
        *document.pointer_mut(pointer).unwrap() = value;
        Document::from_json(&document.to_string())
    }

    #[test]
    fn a_document_has_one_text() {
        let document = Document::from_json(&sample().to_string()).unwrap();
        let text = document.to_json().unwrap();
        assert_eq!(Document::from_json(&text).unwrap(), document);
        assert_eq!(Document::from_json(&text).unwrap().to_json().unwrap(), text);
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), sample());
    }

    #[test]
    fn a_bound_names_the_field_that_breaks_it() {
        for (pointer, value, path) in [
            ("/basics/name", json!("가".repeat(51)), "basics.name"),
            ("/basics/email", json!("maru"), "basics.email"),
            ("/basics/name", json!("\u{3164}"), "basics.name"),
            ("/basics/name", json!("마루\u{202e}"), "basics.name"),
            ("/summary/0/text", json!(" "), "summary[0].text"),
            ("/summary/0/text", json!("\u{200b}"), "summary[0].text"),
            ("/skills/0/name", json!("\u{2800}"), "skills[0].name"),
            ("/summary/0/evidence/0/url", json!("javascript:alert(1)"), "summary[0].evidence[0].url"),
            ("/links/0/url", json!("http://example.com"), "links[0].url"),
            ("/projects/0/skills/0", json!("a\nb"), "projects[0].skills[0]"),
            ("/projects/0/star/task/text", json!("x".repeat(2_001)), "projects[0].star.task.text"),
        ] {
            let Err(DocumentError::Bounds(report)) = with(pointer, value) else {
                panic!("{pointer} was taken");
            };
            assert!(report.to_string().starts_with(path), "{report}");
        }
    }

    #[test]
    fn another_shape_is_refused() {
        for (pointer, value) in [
            ("/position", json!("CHEF")),
            ("/education/0/startDate", json!("2019-13")),
            ("/skills/0", json!("Rust")),
            ("/basics", json!({ "name": "a", "password": "b" })),
        ] {
            assert!(matches!(with(pointer, value), Err(DocumentError::Shape(_))), "{pointer}");
        }
    }

    #[test]
    fn a_document_has_a_length() {
        let statement = json!({ "text": "가".repeat(2_000), "evidence": [] });
        let mut document = sample();
        document["projects"] = json!(
            (0..10).map(|_| json!({ "name": "p", "roles": vec![statement.clone(); 4] })).collect::<Vec<_>>()
        );
        assert!(matches!(Document::from_json(&document.to_string()), Err(DocumentError::TooLong(_))));
        let document: Document = serde_json::from_value(document).unwrap();
        assert!(matches!(document.to_json(), Err(DocumentError::TooLong(_))));
    }

    #[test]
    fn strangers_see_no_contact_but_every_statement() {
        let document = Document::from_json(&sample().to_string()).unwrap();
        assert_eq!(document.statements().count(), 6);
        let seen = document.clone().without_contact();
        assert!(seen.basics.email.is_none() && seen.basics.phone.is_none());
        assert_eq!(seen.projects, document.projects);
        assert_eq!(document.school_types(), [SchoolType::University]);
    }

    proptest! {
        #[test]
        fn any_text_that_is_taken_comes_back_as_it_was(text in any::<String>()) {
            if let Ok(document) = with("/summary/0/text", json!(text)) {
                let again = Document::from_json(&document.to_json().unwrap()).unwrap();
                prop_assert_eq!(&again.summary[0].text, &text);
            }
        }
    }
}
