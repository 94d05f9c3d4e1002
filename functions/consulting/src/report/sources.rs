//! The texts that the model is shown, and how much of each.

use std::collections::HashSet;

use maru_model::{Source, find_quote};

use super::SourceKind;
use super::answer::QUOTE_CHARACTERS;
use crate::generation::{NEWEST_WRITINGS, QuestionText, ReviewText};

/// How much of each field is shown, in characters. A text may have 20,000; sixty fields of 500 are at most
/// 30,000 tokens of Korean, and what a learner wants to say stands at the beginning.
const FIELD_CHARACTERS: usize = 500;

/// How much of a lecture's title is shown, in characters.
pub const TITLE_CHARACTERS: usize = 100;

/// A review or a question as the model sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownSource {
    /// Which of the two.
    pub kind: SourceKind,
    /// Its id; no other source of its kind that is shown has the same.
    pub id: String,
    attributes: Vec<(&'static str, String)>,
    /// Comment and suggestion, or title and content: each the beginning of the original.
    fields: [String; 2],
}

/// The newest reviews, at most 30, in the order in which they come.
pub fn of_reviews(reviews: &[ReviewText]) -> Vec<ShownSource> {
    let shown = reviews.iter().map(|review| {
        let attributes = vec![
            ("rating", review.rating.to_string()),
            ("usefulness", review.usefulness.to_string()),
            ("difficulty", review.difficulty.to_string()),
            ("lecture", beginning(&review.lecture_title, TITLE_CHARACTERS).to_owned()),
        ];
        ShownSource::new(
            SourceKind::Review,
            &review.review_id,
            attributes,
            [&review.comment, &review.suggestion],
        )
    });
    newest(shown)
}

/// The newest questions, at most 30, in the order in which they come.
pub fn of_questions(questions: &[QuestionText]) -> Vec<ShownSource> {
    let shown = questions.iter().map(|question| {
        let attributes = vec![("lecture", beginning(&question.lecture_title, TITLE_CHARACTERS).to_owned())];
        let fields = [question.title.as_str(), question.content.as_str()];
        ShownSource::new(SourceKind::Question, &question.question_id, attributes, fields)
    });
    newest(shown)
}

/// Two texts of one id could not be told apart in evidence: only the newer is shown.
fn newest(sources: impl Iterator<Item = ShownSource>) -> Vec<ShownSource> {
    let mut ids = HashSet::new();
    sources.filter(|source| ids.insert(source.id.clone())).take(NEWEST_WRITINGS).collect()
}

impl ShownSource {
    fn new(
        kind: SourceKind,
        id: &str,
        mut attributes: Vec<(&'static str, String)>,
        originals: [&str; 2],
    ) -> Self {
        let fields = originals.map(|original| beginning(original, FIELD_CHARACTERS).to_owned());
        if originals != fields.each_ref().map(String::as_str) {
            attributes.push(("shortened", "true".to_owned()));
        }
        Self { kind, id: id.to_owned(), attributes, fields }
    }

    /// The source as an element of the prompt: both fields, one under the other.
    pub fn to_element(&self) -> String {
        let filled: Vec<&str> =
            self.fields.iter().map(String::as_str).filter(|field| !field.is_empty()).collect();
        let source = Source {
            kind: self.kind.name(),
            id: self.id.clone(),
            attributes: self.attributes.clone(),
            text: filled.join("\n"),
        };
        source.to_element()
    }

    /// The passage that `quote` repeats, as it stands in one of the fields; see [`find_quote`].
    pub fn passage(&self, quote: &str) -> Option<&str> {
        self.fields.iter().find_map(|field| find_quote(field, quote, QUOTE_CHARACTERS))
    }

    /// Everything that is shown of it besides its id: attributes, then texts.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.attributes().chain(self.fields.iter().map(String::as_str))
    }

    /// What is told of it beside its texts, such as the rating.
    pub fn attributes(&self) -> impl Iterator<Item = &str> {
        self.attributes.iter().map(|(_, value)| value.as_str())
    }
}

/// The first `characters` of a text, or all of it.
pub fn beginning(text: &str, characters: usize) -> &str {
    let end = text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixtures::{question, review};

    #[test]
    fn a_review_is_shown_with_its_ratings_and_both_fields() {
        let [source] = &of_reviews(&[review("rv_1", 4, "좋아요", "자막을 넣어 주세요")])[..]
        else {
            panic!()
        };
        assert_eq!(
            source.to_element(),
            "<source kind=\"review\" id=\"rv_1\" rating=\"4\" usefulness=\"4\" difficulty=\"3\" \
             lecture=\"러스트 입문\">좋아요\n자막을 넣어 주세요</source>"
        );
    }

    #[test]
    fn a_field_that_is_empty_leaves_no_line() {
        let sources = of_questions(&[question("qs_1", "", "언제 하나요?")]);
        assert!(sources[0].to_element().ends_with("\">언제 하나요?</source>"));
    }

    #[test]
    fn thirty_texts_of_twenty_thousand_characters_stay_affordable() {
        let long = "가".repeat(20_000);
        let reviews: Vec<_> =
            (0..40).map(|number| review(&format!("rv_{number}"), 5, &long, &long)).collect();
        let sources = of_reviews(&reviews);
        assert_eq!((sources.len(), sources[29].id.as_str()), (30, "rv_29"));
        let characters: usize = sources.iter().map(|source| source.to_element().chars().count()).sum();
        assert!((30_000..35_000).contains(&characters), "{characters}");
        assert!(sources[0].to_element().contains("shortened=\"true\""));
    }

    #[test]
    fn a_cut_never_splits_a_character() {
        assert_eq!(beginning("가나👍🏽다", 3), "가나👍");
        assert_eq!(beginning("가나", 3), "가나");
    }

    #[test]
    fn of_two_reviews_with_one_id_the_newer_is_shown() {
        let sources = of_reviews(&[review("rv_1", 5, "새 리뷰", ""), review("rv_1", 1, "옛 리뷰", "")]);
        assert_eq!(sources.len(), 1);
        assert!(sources[0].passage("새 리뷰").is_some());
    }

    #[test]
    fn a_quote_across_comment_and_suggestion_stands_in_neither() {
        let sources = of_reviews(&[review("rv_1", 5, "정말 좋아요", "자막도 있으면")]);
        assert_eq!(sources[0].passage("좋아요\n자막도"), None);
        assert_eq!(sources[0].passage("자막도 있으면"), Some("자막도 있으면"));
    }
}
