//! Which sentences belong into which list, by the list's name.

use super::passages::Passage;

/// Ratings from here on are praise, by themselves.
const GOOD: f64 = 4.0;
/// Ratings down from here are blame, by themselves.
const BAD: f64 = 2.0;

/// What a list collects, told by the name of its property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    Strengths,
    Weaknesses,
    Improvements,
    /// Nothing in particular.
    Other,
}

impl List {
    /// The list that a property of this name is; `None` if the name says nothing about it.
    pub(super) fn named(property: &str) -> Option<Self> {
        let name = property.to_lowercase();
        let means = |words: &[&str]| words.iter().any(|word| name.contains(word));
        if means(&["strength", "praise"]) {
            Some(Self::Strengths)
        } else if means(&["weakness", "complaint"]) {
            Some(Self::Weaknesses)
        } else if means(&["improvement", "suggestion"]) {
            Some(Self::Improvements)
        } else {
            None
        }
    }

    /// How well a sentence fits, higher is better; 0 is a sentence that counts only together with others on the
    /// same topic, `None` one that does not belong.
    pub(super) fn fit(self, passage: &Passage<'_>) -> Option<u8> {
        let mood = passage.mood;
        let rating = passage.source.rating();
        let good = rating.is_some_and(|rating| rating >= GOOD);
        let bad = rating.is_some_and(|rating| rating <= BAD);
        let from_question = passage.source.kind() == "question";
        // In a good review a word of lack mostly tells what went well after all, unless it says "but".
        let blames = mood.lack && (!good || mood.contrast);
        match self {
            Self::Strengths if blames || mood.wish || mood.question || bad => None,
            Self::Strengths => (good || mood.praise).then_some(1 + u8::from(mood.praise)),
            Self::Weaknesses if mood.wish => None,
            Self::Weaknesses if blames => Some(2 + u8::from(bad)),
            Self::Weaknesses if bad && !mood.praise => Some(1),
            // What several learners ask about was not explained well enough; what one asks tells nothing.
            Self::Weaknesses => from_question.then_some(0),
            Self::Improvements if mood.wish => Some(2),
            Self::Improvements if mood.question => Some(1),
            Self::Improvements => from_question.then_some(0),
            Self::Other => Some(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bedrock::offline::material::Material;

    fn fit(list: List, attributes: &str, text: &str) -> Option<u8> {
        let material =
            Material::read([format!("<source id=\"1\" {attributes}>{text}</source>").as_str()].into_iter());
        list.fit(&Passage::of(&material)[0])
    }

    #[test]
    fn names_tell_the_list() {
        assert_eq!(List::named("strengths"), Some(List::Strengths));
        assert_eq!(List::named("keyWeaknesses"), Some(List::Weaknesses));
        assert_eq!(List::named("improvements"), Some(List::Improvements));
        assert_eq!(List::named("evidence"), None);
    }

    #[test]
    fn praise_is_a_high_rating_or_a_word_of_it() {
        assert_eq!(fit(List::Strengths, "rating=\"5\"", "처음부터 끝까지 들었습니다."), Some(1));
        assert_eq!(fit(List::Strengths, "rating=\"3\"", "예제가 좋았습니다."), Some(2));
        assert_eq!(fit(List::Strengths, "rating=\"3\"", "들었습니다."), None);
        assert_eq!(fit(List::Strengths, "rating=\"5\"", "다만 자료가 부족해요."), None);
        assert_eq!(fit(List::Strengths, "rating=\"5\"", "느려서 답답하던 화면을 고쳤습니다."), Some(1));
        assert_eq!(fit(List::Strengths, "rating=\"1\"", "추천합니다."), None);
    }

    #[test]
    fn blame_is_a_low_rating_or_a_word_of_lack() {
        assert_eq!(fit(List::Weaknesses, "rating=\"5\"", "다만 예제가 부족합니다."), Some(2));
        assert_eq!(fit(List::Weaknesses, "rating=\"1\"", "끝까지 못 들었습니다."), Some(1));
        assert_eq!(fit(List::Weaknesses, "rating=\"3\"", "소리가 작아요."), Some(2));
        assert_eq!(fit(List::Weaknesses, "rating=\"5\"", "느려서 답답하던 화면을 고쳤습니다."), None);
        assert_eq!(fit(List::Weaknesses, "rating=\"4\"", "끝까지 들었습니다."), None);
        assert_eq!(fit(List::Weaknesses, "kind=\"question\"", "락은 어떻게 거나요?"), Some(0));
    }

    #[test]
    fn improvements_are_wishes_and_questions() {
        assert_eq!(fit(List::Improvements, "rating=\"5\"", "실습을 추가해 주세요."), Some(2));
        assert_eq!(fit(List::Improvements, "kind=\"question\"", "락은 어떻게 거나요?"), Some(1));
        assert_eq!(fit(List::Improvements, "rating=\"5\"", "최고입니다."), None);
    }
}
