//! The form that a model fills: for each criterion, whether the answer has it, and the passage that shows so.

use garde::Validate;
use interview_rules::feedback::{Criterion, Item, QUOTE_CHARACTERS};
use interview_rules::masking::Masks;
use schemars::JsonSchema;
use serde::Deserialize;

/// What a model says about an answer. No number: those are counted here.
#[derive(Clone, Debug, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct Verdicts {
    /// Whether it answers this question.
    #[garde(dive)]
    relevance: Verdict,
    /// Whether it can be followed from its beginning to its end.
    #[garde(dive)]
    structure: Verdict,
    /// Whether what it says is right.
    #[garde(dive)]
    correctness: Verdict,
    /// Whether it is put as one speaks in an interview.
    #[garde(dive)]
    tone: Verdict,
}

/// What a model says about one criterion.
#[derive(Clone, Debug, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
struct Verdict {
    /// Whether the answer has it.
    #[garde(skip)]
    met: bool,
    /// The passage of the answer that shows so, copied character by character; empty if none shows what is missing.
    #[garde(length(chars, max = 4_000))]
    #[schemars(length(max = QUOTE_CHARACTERS))]
    quote: String,
}

impl Verdicts {
    /// The items, with what `masks` hid put back into their quotes.
    pub(super) fn items(self, masks: &Masks) -> Vec<Item> {
        let item = |criterion, Verdict { met, quote }| Item { criterion, met, quote: masks.restore(&quote) };
        vec![
            item(Criterion::Relevance, self.relevance),
            item(Criterion::Structure, self.structure),
            item(Criterion::Correctness, self.correctness),
            item(Criterion::Tone, self.tone),
        ]
    }
}

#[cfg(test)]
mod tests {
    use maru_model::schema_of;

    use super::*;

    #[test]
    fn the_model_is_asked_for_yes_or_no_and_a_quote_for_each_criterion_and_never_for_a_number() {
        let schema = schema_of::<Verdicts>();
        let properties = schema["properties"].as_object().unwrap();
        assert_eq!(properties.len(), Criterion::ALL.len());
        for criterion in Criterion::ALL {
            let name = serde_json::to_value(criterion).unwrap();
            let verdict = &properties[name.as_str().unwrap()];
            assert_eq!(verdict["properties"]["met"]["type"], "boolean", "{schema:#}");
            assert_eq!(verdict["properties"]["quote"]["type"], "string", "{schema:#}");
        }
        assert!(!schema.to_string().contains("\"integer\"") && !schema.to_string().contains("\"number\""));
    }
}
