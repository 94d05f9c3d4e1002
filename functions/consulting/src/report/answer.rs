//! The form that a model fills for one section of the report.
//!
//! The descriptions and bounds in the schema are what the model is asked for. What is accepted at all is a
//! little wider: a form that cannot be judged (unknown fields, too many claims, endless texts) is refused as
//! a whole and asked for again, while one bad claim among good ones costs only itself (see `evidence`).

use garde::Validate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How long a summary may be, in characters.
pub const SUMMARY_CHARACTERS: usize = 800;
/// How long a claim may be, in characters.
pub const CLAIM_CHARACTERS: usize = 400;
/// How long a quote may be, in characters.
pub const QUOTE_CHARACTERS: usize = 300;
/// How many claims a list may have.
const MOST_CLAIMS: usize = 5;
/// How many quotes a claim may have.
const MOST_EVIDENCE: usize = 10;
/// From this many characters on, a text is so far outside the form that the whole answer is refused.
const ENDLESS: usize = 20_000;

/// What a model found in the sources.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Four or five sentences for the lecturer that sum up the claims below, in the language that the facts
    /// name. Numbers only as they stand in the facts or sources, in digits.
    #[schemars(length(max = SUMMARY_CHARACTERS))]
    #[garde(length(chars, max = ENDLESS))]
    pub summary: String,
    /// What is good and should stay. Empty if no source says so.
    #[garde(length(max = MOST_CLAIMS), dive)]
    pub strengths: Vec<Claim>,
    /// What is missing or goes wrong. Empty if no source says so.
    #[garde(length(max = MOST_CLAIMS), dive)]
    pub weaknesses: Vec<Claim>,
    /// What the lecturer can do next. Empty if nothing follows from the sources.
    #[garde(length(max = MOST_CLAIMS), dive)]
    pub improvements: Vec<Claim>,
}

/// One finding, with the passages that prove it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The finding in one sentence, in the language that the facts name. Numbers only as they stand in the
    /// quotes or facts, in digits.
    #[schemars(length(min = 1, max = CLAIM_CHARACTERS))]
    #[garde(length(chars, max = ENDLESS))]
    pub claim: String,
    /// The passages that prove the finding, each from a source that was shown.
    #[schemars(length(min = 1, max = MOST_EVIDENCE))]
    #[garde(length(max = MOST_EVIDENCE), dive)]
    pub evidence: Vec<Evidence>,
    /// How many different sources stand in `evidence`.
    #[schemars(range(min = 1, max = MOST_EVIDENCE))]
    #[garde(skip)]
    pub count: u32,
}

/// A passage of a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The source's kind.
    #[garde(skip)]
    pub kind: SourceKind,
    /// The source's id.
    #[garde(length(chars, max = ENDLESS))]
    pub id: String,
    /// A telling passage, copied from the source's text character by character: one sentence or less, never
    /// changed, shortened inside or translated.
    #[schemars(length(min = 1, max = QUOTE_CHARACTERS))]
    #[garde(length(chars, max = ENDLESS))]
    pub quote: String,
}

/// What a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// A learner's review of a lecture.
    Review,
    /// A learner's question in a lecture.
    Question,
}

impl SourceKind {
    /// As in the sources' elements and in evidence.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Question => "question",
        }
    }
}

#[cfg(test)]
mod tests {
    use maru_model::schema_of;
    use serde_json::{Value, json};

    use super::*;

    fn read(answer: Value) -> Result<Answer, String> {
        let answer: Answer = serde_json::from_value(answer).map_err(|error| error.to_string())?;
        answer.validate().map_err(|report| report.to_string())?;
        Ok(answer)
    }

    fn claim() -> Value {
        let evidence = json!([{ "kind": "review", "id": "rv_1", "quote": "설명이 좋아요" }]);
        json!({ "claim": "설명이 좋다", "evidence": evidence, "count": 1 })
    }

    fn answer(strengths: Value) -> Value {
        json!({ "summary": "", "strengths": strengths, "weaknesses": [], "improvements": [] })
    }

    #[test]
    fn the_schema_tells_the_model_the_bounds_and_what_each_field_is_for() {
        let schema = schema_of::<Answer>();
        assert_eq!(schema["additionalProperties"], json!(false));
        assert_eq!(schema["properties"]["summary"]["maxLength"], json!(SUMMARY_CHARACTERS));
        let strengths = &schema["properties"]["strengths"];
        assert_eq!(strengths["maxItems"], json!(MOST_CLAIMS));
        let claim = &strengths["items"]["properties"];
        assert_eq!((&claim["evidence"]["minItems"], &claim["count"]["minimum"]), (&json!(1), &json!(1)));
        assert!(claim["count"]["description"].as_str().unwrap().contains("different sources"));
        let evidence = &claim["evidence"]["items"]["properties"];
        assert_eq!(evidence["quote"]["maxLength"], json!(QUOTE_CHARACTERS));
        assert!(!schema.to_string().contains("$ref"));
        undescribed(&schema);
    }

    fn undescribed(schema: &Value) {
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            assert!(property["description"].is_string(), "{name} has no description");
            undescribed(&property["items"]);
        }
    }

    #[test]
    fn a_form_that_cannot_be_judged_is_refused_as_a_whole() {
        assert!(read(answer(json!([claim()]))).is_ok());
        assert!(read(answer(json!(vec![claim(); 6]))).is_err());
        assert!(read(answer(json!("none"))).is_err());
        let mut praising = answer(json!([]));
        praising["verdict"] = json!("the best lecturer");
        assert!(read(praising).is_err());
        let mut wordy = claim();
        wordy["evidence"] = json!(vec![claim()["evidence"][0].clone(); 11]);
        assert!(read(answer(json!([wordy]))).is_err());
        let mut endless = claim();
        endless["claim"] = json!("가".repeat(20_001));
        assert!(read(answer(json!([endless]))).is_err());
    }

    #[test]
    fn a_claim_that_is_only_wrong_is_read_so_that_it_can_be_dropped_alone() {
        let mut unproven = claim();
        unproven["evidence"] = json!([]);
        unproven["count"] = json!(99);
        assert!(read(answer(json!([unproven]))).is_ok());
    }
}
