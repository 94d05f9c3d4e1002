//! The forms that a model fills: one project, and the summary over all of them.
//!
//! The descriptions and bounds in the schema are what the model is asked for. What is accepted at all is wider: a
//! form that cannot be judged is refused as a whole and asked for again, while one bad statement among good ones
//! costs only itself (see `verdict`).

use garde::Validate;
use maru_document::EvidenceKind;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::evidence::{Cited, Proposed, QUOTE_CHARACTERS, STATEMENT_CHARACTERS};

/// How many statements a list may have.
const MOST_STATEMENTS: usize = 6;
/// How many passages a statement may cite.
const MOST_CITED: usize = 5;
/// From this many characters on, a text is so far outside the form that the whole answer is refused.
const ENDLESS: usize = 10_000;

/// A project as the template `basic` tells it.
#[derive(Debug, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct BasicProject {
    /// What the person did in the project: each a statement of its own, the most telling first.
    #[garde(length(max = MOST_STATEMENTS), dive)]
    pub(super) roles: Vec<Stated>,
}

/// A project as the template `star` tells it.
#[derive(Debug, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct StarProject {
    /// What the person did in the project: each a statement of its own, the most telling first.
    #[garde(length(max = MOST_STATEMENTS), dive)]
    pub(super) roles: Vec<Stated>,
    /// One story of the project; null if the sources tell none.
    #[garde(dive)]
    #[serde(default)]
    pub(super) star: Option<StatedStar>,
}

/// A project as the template `troubleshooting` tells it.
#[derive(Debug, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct TroubleshootingProject {
    /// What the person did in the project: each a statement of its own, the most telling first.
    #[garde(length(max = MOST_STATEMENTS), dive)]
    pub(super) roles: Vec<Stated>,
    /// One problem and how the person solved it; null if the sources tell of none.
    #[garde(dive)]
    #[serde(default)]
    pub(super) troubleshooting: Option<StatedTroubleshooting>,
}

/// A story in four parts.
#[derive(Debug, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct StatedStar {
    /// How things stood before.
    #[garde(dive)]
    pub(super) situation: Stated,
    /// What had to be done.
    #[garde(dive)]
    pub(super) task: Stated,
    /// What the person did.
    #[garde(dive)]
    pub(super) action: Stated,
    /// What came of it.
    #[garde(dive)]
    pub(super) result: Stated,
}

/// A problem and how it was solved.
#[derive(Debug, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct StatedTroubleshooting {
    /// What was wrong.
    #[garde(dive)]
    pub(super) problem: Stated,
    /// What the person took to be the cause.
    #[garde(dive)]
    pub(super) hypothesis: Stated,
    /// What the person tried.
    #[garde(dive)]
    pub(super) attempt: Stated,
    /// What came of it.
    #[garde(dive)]
    pub(super) result: Stated,
}

/// What the repositories say of the person.
#[derive(Debug, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct StatedSummary {
    /// Two or three statements that introduce the person by what the projects show.
    #[garde(length(max = MOST_STATEMENTS), dive)]
    pub(super) statements: Vec<Stated>,
}

/// One statement, with the passages that prove it.
#[derive(Clone, Debug, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct Stated {
    /// The statement: one sentence in the language that the facts name, without addresses and marks. Numbers,
    /// technologies and names only as they stand in the cited sources or in the facts.
    #[schemars(length(min = 1, max = STATEMENT_CHARACTERS))]
    #[garde(length(chars, max = ENDLESS))]
    pub(super) text: String,
    /// The passages that prove the statement, each from a source that was shown.
    #[schemars(length(min = 1, max = MOST_CITED))]
    #[garde(length(max = MOST_CITED), dive)]
    pub(super) evidence: Vec<Passage>,
}

/// A passage of a source.
#[derive(Clone, Debug, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct Passage {
    /// The source's kind; `language` for a language or technology of the facts.
    #[garde(skip)]
    pub(super) kind: SourceKind,
    /// The source's id; of a language or technology its name.
    #[garde(length(chars, max = ENDLESS))]
    pub(super) id: String,
    /// A telling passage, copied from the source character by character; of a language or technology its name.
    #[schemars(length(min = 1, max = QUOTE_CHARACTERS))]
    #[garde(length(chars, max = ENDLESS))]
    pub(super) quote: String,
}

/// What a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum SourceKind {
    /// A commit of the person's own.
    Commit,
    /// A merged pull request of the person's own.
    Pull,
    /// A section of the README.
    Readme,
    /// A language or technology of the facts.
    Language,
}

impl From<Stated> for Proposed {
    fn from(stated: Stated) -> Self {
        let cited = stated.evidence.into_iter().map(|passage| Cited {
            kind: match passage.kind {
                SourceKind::Commit => EvidenceKind::Commit,
                SourceKind::Pull => EvidenceKind::Pull,
                SourceKind::Readme => EvidenceKind::Readme,
                SourceKind::Language => EvidenceKind::Language,
            },
            id: passage.id,
            quote: passage.quote,
        });
        Self { text: stated.text, cited: cited.collect() }
    }
}

#[cfg(test)]
mod tests {
    use maru_model::schema_of;
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn the_schemas_are_closed_and_say_the_bounds_and_what_each_field_is_for() {
        for schema in [
            schema_of::<BasicProject>(),
            schema_of::<StarProject>(),
            schema_of::<TroubleshootingProject>(),
            schema_of::<StatedSummary>(),
        ] {
            assert_eq!(schema["additionalProperties"], json!(false));
            assert!(!schema.to_string().contains("$ref"));
            undescribed(&schema);
        }
        let statement = &schema_of::<BasicProject>()["properties"]["roles"]["items"]["properties"];
        assert_eq!(statement["text"]["maxLength"], json!(STATEMENT_CHARACTERS));
        assert_eq!(statement["evidence"]["minItems"], json!(1));
        let kinds = statement["evidence"]["items"]["properties"]["kind"].to_string();
        assert!(["commit", "pull", "readme", "language"].iter().all(|kind| kinds.contains(kind)), "{kinds}");
    }

    fn undescribed(schema: &Value) {
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            assert!(property["description"].is_string(), "{name} has no description");
            undescribed(property);
            undescribed(&property["items"]);
        }
    }

    #[test]
    fn a_form_that_cannot_be_judged_is_refused_as_a_whole() {
        let read = |value: Value| {
            let project: StarProject = serde_json::from_value(value).map_err(|error| error.to_string())?;
            project.validate().map_err(|report| report.to_string())
        };
        let statement = json!({ "text": "x", "evidence": [{ "kind": "commit", "id": "1", "quote": "q" }] });
        assert!(read(json!({ "roles": [statement], "star": null })).is_ok());
        assert!(read(json!({ "roles": vec![statement.clone(); 7] })).is_err());
        assert!(read(json!({ "roles": [], "score": 1 })).is_err());
        assert!(read(json!({ "roles": [{ "text": "가".repeat(10_001), "evidence": [] }] })).is_err());
        // Only wrong, so that it can be dropped alone.
        assert!(read(json!({ "roles": [{ "text": "가".repeat(400), "evidence": [] }] })).is_ok());
    }
}
