//! Summaries: whether one stands, the sentence in the place of one that does not, and its pieces.

use unicode_segmentation::UnicodeSegmentation;

use super::answer::SUMMARY_CHARACTERS;
use super::figures::Figures;
use super::{Coverage, Language};

/// Into how many pieces a summary is divided at most.
const MOST_PIECES: usize = 20;

/// Whether a summary says something, is not too long, and has no number that neither `facts` nor `told` have.
pub fn stands(summary: &str, facts: &Figures, told: &Figures) -> bool {
    summary.contains(char::is_alphanumeric)
        && summary.chars().count() <= SUMMARY_CHARACTERS
        && facts.cover(summary, told)
}

/// What was read, for a summary that is written by rule: each kind's coverage if it is part of the section.
#[derive(Clone, Copy, Debug)]
pub struct Read<'a> {
    /// The reviews, and their average rating in hundredths of a star.
    pub reviews: Option<(&'a Coverage, Option<u64>)>,
    /// The questions.
    pub questions: Option<&'a Coverage>,
    /// The language to write in.
    pub language: Language,
}

impl Read<'_> {
    /// A summary of nothing but counts and the average. `proven` tells whether any claim stands below it.
    pub fn summary(&self, proven: bool) -> String {
        let mut sentences = Vec::new();
        if let Some((reviews, average)) = self.reviews {
            sentences.push(self.read("리뷰", "reviews", reviews));
            sentences.extend(average.map(|average| self.average(average)));
        }
        if let Some(questions) = self.questions {
            sentences.push(self.read("질문", "questions", questions));
        }
        if !proven {
            let nothing = match self.language {
                Language::Korean => "인용으로 확인된 의견은 없습니다.",
                Language::English => "Nothing was found that a quote proves.",
            };
            sentences.push(nothing.to_owned());
        }
        sentences.join(" ")
    }

    fn read(&self, korean: &str, english: &str, coverage: &Coverage) -> String {
        let Coverage { count, used, .. } = coverage;
        match self.language {
            Language::Korean => format!("전체 {korean} {count}건 가운데 최근 {used}건을 읽었습니다."),
            Language::English => format!("The newest {used} of {count} {english} were read."),
        }
    }

    fn average(&self, hundredths: u64) -> String {
        let average = format!("{}.{:02}", hundredths / 100, hundredths % 100);
        match self.language {
            Language::Korean => format!("평균 별점은 5점 만점에 {average}점입니다."),
            Language::English => format!("The average rating is {average} of 5."),
        }
    }
}

/// The sentences of a text, in order, with what stands between them: together they are the text. There are
/// at most 20, the last of which holds whatever is left.
pub fn pieces(text: &str) -> Vec<&str> {
    let sentences: Vec<(usize, &str)> = text.split_sentence_bound_indices().collect();
    let begins = sentences.iter().map(|(begin, _)| *begin).take(MOST_PIECES);
    let ends = sentences.iter().map(|(begin, _)| *begin).take(MOST_PIECES).skip(1).chain([text.len()]);
    begins.zip(ends).filter_map(|(begin, end)| text.get(begin..end)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn figures(text: &str) -> Figures {
        let mut figures = Figures::default();
        figures.add_text(text);
        figures
    }

    #[test]
    fn a_summary_stands_with_numbers_that_were_given() {
        let (facts, told) = (figures("42"), figures("3.5"));
        assert!(stands("리뷰 42건 중 버전 3.5를 찾는 목소리가 있습니다.", &facts, &told));
        assert!(!stands("리뷰 43건을 읽었습니다.", &facts, &told));
        assert!(!stands(" \n👍", &facts, &told));
        assert!(!stands(&"가".repeat(SUMMARY_CHARACTERS + 1), &facts, &told));
    }

    #[test]
    fn the_summary_by_rule_tells_counts_and_average() {
        let reviews = Coverage::of_reviews(42, 30, Language::Korean);
        let questions = Coverage::of_questions(3, 3, Language::English);
        let read = Read { reviews: Some((&reviews, Some(405))), questions: None, language: Language::Korean };
        assert_eq!(
            read.summary(true),
            "전체 리뷰 42건 가운데 최근 30건을 읽었습니다. 평균 별점은 5점 만점에 4.05점입니다."
        );
        let read = Read { reviews: None, questions: Some(&questions), language: Language::English };
        assert_eq!(
            read.summary(false),
            "The newest 3 of 3 questions were read. Nothing was found that a quote proves."
        );
    }

    #[test]
    fn pieces_are_sentences() {
        assert_eq!(
            pieces("평균은 4.5점입니다. 설명이 좋아요! 끝."),
            ["평균은 4.5점입니다. ", "설명이 좋아요! ", "끝."]
        );
        assert!(pieces("").is_empty());
        assert_eq!(pieces(&"가. ".repeat(50)).len(), MOST_PIECES);
    }

    proptest! {
        #[test]
        fn pieces_together_are_the_text(text in any::<String>()) {
            prop_assert_eq!(pieces(&text).concat(), text);
        }
    }
}
