//! Asking a model for a line, and checking what it says.

use garde::Validate;
use maru_jobs::{Failure, Lease, Progress};
use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_model::{AskError, Model, Prompt, Question, Source, json_element, schema_of};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use weather_rules::advice::line;
use weather_rules::check::check;

use super::AdviceInput;

/// The feature that the tokens are booked on.
const FEATURE: &str = "weather.advice";

/// What pays for them: nobody's account, for a line is everybody's of a class, and not what guests have for interviews.
const FUND: &str = "advice";

/// How many tokens an answer may have: a line of Korean, and what is around it.
const MAX_TOKENS: u32 = 400;

/// Somewhat free: the rule's line is there already.
const TEMPERATURE: f32 = 0.4;

/// A model as it may be used for what nobody's account pays.
#[derive(Clone, Debug)]
pub struct Writer(Model);

/// What a model says.
#[derive(Clone, Debug, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
struct Answer {
    /// The advice, one line of Korean.
    #[garde(length(chars, min = 1, max = 160))]
    #[schemars(length(min = 1, max = 160))]
    line: String,
}

impl FromEnvironment for Writer {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let model = Model::from_environment(environment)?;
        Ok(Self(model.paid_from(FUND, environment.parse("MODEL_ADVICE_DAILY_TOKENS")?)))
    }
}

impl Writer {
    /// The model's id.
    #[must_use]
    pub fn id(&self) -> &str {
        self.0.id()
    }
}

/// The line of a model for `input`. A failure is what this line alone fails by.
///
/// # Errors
/// [`AskError`]: another worker does better.
pub async fn write(
    writer: &Writer,
    lease: &Lease,
    input: &AdviceInput,
) -> Result<Result<String, Failure>, AskError> {
    let answer: Answer = match Box::pin(writer.0.ask(lease, &question(input))).await {
        Ok(answer) => answer,
        Err(error) => return error.failure().map(Err).ok_or(error),
    };
    let text = answer.line.trim();
    Ok(match check(text, &input.facts) {
        Ok(()) => Ok(text.to_owned()),
        Err(unfit) => Err(Failure { code: "model_answer_invalid".to_owned(), detail: unfit.to_string() }),
    })
}

fn question(input: &AdviceInput) -> Question<'static> {
    Question {
        step: "line",
        feature: FEATURE,
        prompt: prompt(),
        text: material(input),
        picture: None,
        tool: "give_advice",
        tool_description: "Gives the line of advice.",
        schema: schema_of::<Answer>(),
        max_tokens: MAX_TOKENS,
        temperature: TEMPERATURE,
        progress: Progress {
            done: 0, total: 1, label: "날씨에 맞는 조언을 쓰고 있습니다".to_owned()
        },
    }
}

fn prompt() -> Prompt {
    Prompt::new(include_str!("prompts/advice.md"))
}

fn material(input: &AdviceInput) -> String {
    let AdviceInput { occasion, facts } = input;
    let rule = Source {
        kind: "rule",
        id: "1".to_owned(),
        attributes: Vec::new(),
        text: line(facts, occasion.class),
    };
    let facts = json!({ "weather": facts, "readers": occasion.class });
    [json_element("facts", &facts), rule.to_element()].join("\n")
}

#[cfg(test)]
mod tests {
    use maru_kma::Cell;
    use weather_rules::facts::Facts;
    use weather_rules::survey::Class;

    use super::*;
    use crate::advice::Occasion;

    #[test]
    fn the_model_is_given_facts_and_the_rules_line_and_nothing_of_anybody() {
        let now = "2026-11-21T00:20:00Z".parse().unwrap();
        let class = Class { minds_cold: true, ..Class::default() };
        let occasion = Occasion::new(Cell { nx: 60, ny: 127 }, now, class);
        let facts = Facts { temperature: Some(3), felt: Some(1), ..Facts::default() };
        let input = AdviceInput { occasion, facts };
        let text = material(&input);
        assert!(text.contains(&line(&facts, class)) && text.contains("\"mindsCold\":true"), "{text}");
        assert!(!text.contains("127"), "{text}");
        assert_eq!(occasion.name(), "60,127#2026-11-21T00:00:00Z#c--");
        assert!(prompt().version > 0);
    }
}
