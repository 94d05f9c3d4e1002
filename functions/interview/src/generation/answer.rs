//! The form that a model fills: a list of questions.
//!
//! The list is accepted with whatever stands in it, and each question by its own rules: a bad one among good ones
//! costs only itself, and is asked for again with what is missing.

use garde::Validate;
use interview_rules::selection::CANDIDATES;
use maru_document::rules::filled;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

/// The most characters of the passage that a question is about.
pub(super) const ABOUT_CHARACTERS: usize = 500;

/// The name of the list.
pub(super) const LIST: &str = "questions";

/// The questions that a model proposes.
#[derive(Debug, Deserialize, JsonSchema, Validate)]
pub(super) struct Proposed {
    /// The questions, the most telling first, no two that ask for the same thing.
    #[garde(length(min = 1, max = 20))]
    #[schemars(with = "Vec<Candidate>", length(min = 1, max = CANDIDATES))]
    questions: Vec<Value>,
}

/// A question that a model proposes.
#[derive(Clone, Debug, Deserialize, JsonSchema, Validate)]
pub(super) struct Candidate {
    /// The question as the interviewer says it.
    #[garde(length(chars, max = 300), custom(filled))]
    #[schemars(length(max = 300))]
    pub(super) question: String,
    /// How a good candidate answers it, out of what the section tells.
    #[garde(length(chars, max = 1_500), custom(filled))]
    #[schemars(length(max = 1_500))]
    pub(super) answer: String,
    /// The sentence of the section that the question is about, copied character by character.
    #[garde(length(chars, max = ABOUT_CHARACTERS), custom(filled))]
    #[schemars(length(max = ABOUT_CHARACTERS))]
    pub(super) about: String,
}

#[cfg(test)]
mod tests {
    use maru_model::schema_of;
    use serde_json::json;

    use super::*;

    #[test]
    fn the_model_is_asked_for_questions_with_all_their_parts() {
        let schema = schema_of::<Proposed>();
        let candidate = &schema["properties"]["questions"]["items"];
        assert_eq!(candidate["required"], json!(["question", "answer", "about"]), "{schema:#}");
        assert_eq!(candidate["properties"]["about"]["maxLength"], ABOUT_CHARACTERS);
        assert_eq!(schema["properties"]["questions"]["maxItems"], CANDIDATES);
    }

    #[test]
    fn a_bad_question_costs_only_itself() {
        let answer = json!({ "questions": [{ "question": "왜?" }, 7] });
        assert!(serde_json::from_value::<Proposed>(answer).unwrap().validate().is_ok());
        let candidate = |question: &str| {
            let candidate = json!({ "question": question, "answer": "답", "about": "문장" });
            serde_json::from_value::<Candidate>(candidate).unwrap().validate()
        };
        assert!(candidate("왜 Redis였나요?").is_ok());
        for bad in ["", " \u{200b}", &"가".repeat(301)] {
            assert!(candidate(bad).is_err(), "{bad}");
        }
    }
}
