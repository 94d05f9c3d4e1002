//! Whether there are enough texts to say something (product page, Consulting; the original's data rules).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Language;

/// From how many reviews on there are enough.
pub const ENOUGH_REVIEWS: u64 = 10;
/// From how many questions on there are enough.
pub const ENOUGH_QUESTIONS: u64 = 5;

/// How much can be said on the strength of some texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sufficiency {
    /// Enough to tell a pattern from a single voice.
    Enough,
    /// Some, but fewer than needed.
    Limited,
    /// None at all.
    None,
}

impl Sufficiency {
    const fn of(count: u64, enough: u64) -> Self {
        match count {
            0 => Self::None,
            _ if count < enough => Self::Limited,
            _ => Self::Enough,
        }
    }
}

/// How many texts of a kind there are, and what that is worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Coverage {
    /// All of the lecturer's texts of this kind.
    pub count: u64,
    /// How many of them, the newest, were read for the report; at most 30.
    pub used: u64,
    /// What `count` is worth.
    pub sufficiency: Sufficiency,
    /// The same in a sentence for people: how many there are and how many are needed.
    pub message: String,
}

impl Coverage {
    /// Of `count` reviews the newest `used` are read; from 10 on they are enough.
    pub fn of_reviews(count: u64, used: u64, language: Language) -> Self {
        let nouns = Nouns { korean: "리뷰", korean_topic: "리뷰는", one: "review", many: "reviews" };
        Self::of(count, used, ENOUGH_REVIEWS, &nouns, language)
    }

    /// Of `count` questions the newest `used` are read; from 5 on they are enough.
    pub fn of_questions(count: u64, used: u64, language: Language) -> Self {
        let nouns = Nouns { korean: "질문", korean_topic: "질문은", one: "question", many: "questions" };
        Self::of(count, used, ENOUGH_QUESTIONS, &nouns, language)
    }

    fn of(count: u64, used: u64, enough: u64, nouns: &Nouns, language: Language) -> Self {
        let sufficiency = Sufficiency::of(count, enough);
        let message = match language {
            Language::Korean => nouns.korean(sufficiency, count, enough),
            Language::English => nouns.english(sufficiency, count, enough),
        };
        Self { count, used, sufficiency, message }
    }
}

/// The words for a kind of text.
struct Nouns {
    korean: &'static str,
    /// With its particle.
    korean_topic: &'static str,
    one: &'static str,
    many: &'static str,
}

impl Nouns {
    fn korean(&self, sufficiency: Sufficiency, count: u64, enough: u64) -> String {
        let Self { korean, korean_topic, .. } = self;
        match sufficiency {
            Sufficiency::Enough => {
                format!("{korean} {count}건이 있어 분석하기에 충분합니다(필요한 수: {enough}건).")
            }
            Sufficiency::Limited => {
                format!("{korean_topic} {count}건뿐입니다. 제대로 분석하려면 {enough}건이 필요합니다.")
            }
            Sufficiency::None => format!(
                "{korean_topic} 0건으로, 분석할 것이 없습니다. 제대로 분석하려면 {enough}건이 필요합니다."
            ),
        }
    }

    fn english(&self, sufficiency: Sufficiency, count: u64, enough: u64) -> String {
        let Self { one, many, .. } = self;
        match (sufficiency, count) {
            (Sufficiency::Enough, _) => {
                format!("There are {count} {many}, enough for an analysis ({enough} are needed).")
            }
            (Sufficiency::Limited, 1) => {
                format!("There is only 1 {one}; a sound analysis needs {enough}.")
            }
            (Sufficiency::Limited, _) => {
                format!("There are only {count} {many}; a sound analysis needs {enough}.")
            }
            (Sufficiency::None, _) => {
                format!("There are 0 {many}, so nothing to analyse; a sound analysis needs {enough}.")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reviews(count: u64) -> Coverage {
        Coverage::of_reviews(count, count.min(30), Language::Korean)
    }

    #[test]
    fn ten_reviews_are_enough_and_nine_are_not() {
        let worth = [0, 1, 9, 10, 11].map(|count| reviews(count).sufficiency);
        use Sufficiency::{Enough, Limited, None};
        assert_eq!(worth, [None, Limited, Limited, Enough, Enough]);
    }

    #[test]
    fn five_questions_are_enough_and_four_are_not() {
        let worth = [0, 1, 4, 5].map(|count| Coverage::of_questions(count, count, Language::English));
        use Sufficiency::{Enough, Limited, None};
        assert_eq!(worth.map(|coverage| coverage.sufficiency), [None, Limited, Limited, Enough]);
    }

    #[test]
    fn the_sentence_says_how_many_there_are_and_how_many_are_needed() {
        assert_eq!(reviews(3).message, "리뷰는 3건뿐입니다. 제대로 분석하려면 10건이 필요합니다.");
        let question = Coverage::of_questions(1, 1, Language::English);
        assert_eq!(question.message, "There is only 1 question; a sound analysis needs 5.");
        for (count, language) in
            [0, 1, 7, 42].iter().flat_map(|count| [(*count, Language::Korean), (*count, Language::English)])
        {
            let message = Coverage::of_reviews(count, 0, language).message;
            assert!(message.contains(&count.to_string()) && message.contains("10"), "{message}");
        }
    }
}
