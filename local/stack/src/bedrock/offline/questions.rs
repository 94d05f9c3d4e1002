//! Interview questions: each quotes a sentence and asks one of a few things that can be asked of any.
//!
//! The things asked are as unlike as interview questions get: the reason, the difficulty, the result, the
//! alternatives, the lesson, one's own part, the structure. So two questions differ even where both quote one
//! sentence. A question that shall not be asked again stands in the facts, in the list `avoid`, whole or cut.

use std::collections::BTreeSet;

use super::{material::Language, sentences};

/// How much of a sentence a question repeats, in characters: little, so that two on the same sentence differ.
const QUOTED: usize = 40;

/// The number of things that are asked.
const ASKS: usize = 7;

const KOREAN: [&str; ASKS] = [
    "이렇게 정한 이유는 무엇인가요?",
    "가장 어려웠던 점은 무엇이었고 어떻게 풀었나요?",
    "결과가 나아졌는지 어떤 수치로 확인했나요?",
    "검토했던 대안과 비교하면 무엇이 달랐나요?",
    "배운 점은 무엇이고, 다시 한다면 무엇을 바꾸겠습니까?",
    "본인의 역할은 어디까지였고, 의견이 갈리면 누가 정했나요?",
    "전체 구조를 신입에게 그려 준다면 어디부터 시작하겠어요?",
];

const ENGLISH: [&str; ASKS] = [
    "Why did you do it in this way?",
    "What was hardest, and how did you get past it?",
    "Which figures told you that the result was better?",
    "How does it compare with the alternatives you saw?",
    "What did you learn, and what would you change today?",
    "What was your own role, and who had the last word?",
    "How would you draw its structure for a newcomer?",
];

/// What a question is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Choice {
    /// The place of the sentence that it quotes.
    pub sentence: usize,
    /// Which of the things is asked of it: the `asked` of [`question`].
    pub asked: usize,
}

/// All questions that can be asked about `sentences`, but for those that `avoid` has, in the order in which they are
/// asked: of each sentence one before any has a second, and the same thing again as late as possible. Seven to a
/// sentence, and no two alike; sentences that would be quoted alike count once.
pub(super) fn choices(language: Language, sentences: &[&str], avoid: &[&str]) -> Vec<Choice> {
    let mut seen = BTreeSet::new();
    let places: Vec<usize> = (0..sentences.len())
        .filter(|&place| sentences.get(place).is_some_and(|it| seen.insert(quote(it))))
        .collect();
    // A round goes on with what follows the last thing asked, but must not ask a sentence the same thing again.
    let step = Some(places.len() % ASKS).filter(|step| *step > 0).unwrap_or(1);
    let in_round = |round: usize| {
        places
            .iter()
            .zip(0..)
            .map(move |(&sentence, at)| Choice { sentence, asked: (at + round * step) % ASKS })
    };
    let avoid: Vec<&str> = avoid.iter().map(|asked| asked.trim()).filter(|asked| !asked.is_empty()).collect();
    let is_new = |choice: &Choice| {
        let sentence = sentences.get(choice.sentence).copied().unwrap_or_default();
        let question = question(language, choice.asked, sentence);
        !avoid.iter().any(|asked| question.starts_with(asked))
    };
    (0..ASKS).flat_map(in_round).filter(is_new).collect()
}

/// The question on `sentence` that asks the thing numbered `asked`; beyond the last they begin again.
pub(super) fn question(language: Language, asked: usize, sentence: &str) -> String {
    let asks = match language {
        Language::Korean => KOREAN,
        Language::English => ENGLISH,
    };
    let quote = quote(sentence);
    let more = if quote.len() < sentence.len() { "…" } else { "" };
    let ask = asks.get(asked % ASKS).copied().unwrap_or_default();
    format!("“{quote}{more}” {ask}")
}

fn quote(sentence: &str) -> &str {
    sentences::cut(sentence, QUOTED)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(sentences: &[&str], avoid: &[&str]) -> Vec<String> {
        let choices = choices(Language::English, sentences, avoid);
        choices
            .iter()
            .map(|choice| question(Language::English, choice.asked, sentences[choice.sentence]))
            .collect()
    }

    fn pairs(count: usize) -> Vec<(usize, usize)> {
        let sentences: Vec<String> = (0..count).map(|number| format!("Sentence {number}.")).collect();
        let sentences: Vec<&str> = sentences.iter().map(String::as_str).collect();
        choices(Language::Korean, &sentences, &[])
            .iter()
            .map(|choice| (choice.sentence, choice.asked))
            .collect()
    }

    #[test]
    fn a_long_sentence_is_quoted_by_its_beginning() {
        let sentence =
            "결제 서버의 응답 시간을 줄이려고 캐시와 비동기 처리를 함께 도입하고 부하를 재었습니다.";
        assert_eq!(
            question(Language::Korean, 2, sentence),
            "“결제 서버의 응답 시간을 줄이려고 캐시와 비동기 처리를 함께 도입하고…” 결과가 나아졌는지 어떤 수치로 확인했나요?"
        );
        assert_eq!(
            question(Language::English, 0, "I built it."),
            "“I built it.” Why did you do it in this way?"
        );
    }

    #[test]
    fn every_sentence_is_asked_something_else_before_any_is_asked_again() {
        assert_eq!(pairs(3)[..5], [(0, 0), (1, 1), (2, 2), (0, 3), (1, 4)]);
        for count in 0..20 {
            let mut pairs = pairs(count);
            let repeats = |seven: &[(usize, usize)]| seven[1..].iter().any(|pair| pair.1 == seven[0].1);
            assert!(count >= ASKS || !pairs.windows(ASKS).any(repeats), "{count}");
            pairs.sort_unstable();
            pairs.dedup();
            assert_eq!(pairs.len(), count * ASKS, "{count}");
        }
    }

    #[test]
    fn sentences_that_are_quoted_alike_count_once() {
        let long = "We moved every last one of the payment servers into";
        let (one, other) = (format!("{long} events."), format!("{long} queues."));
        assert_eq!(asked(&[&one, "I tested it.", &other, "I tested it."], &[]).len(), 2 * ASKS);
    }

    #[test]
    fn what_was_asked_is_not_asked_again_even_if_it_was_cut() {
        let sentences = ["I built it.", "I tested it."];
        let all = asked(&sentences, &[]);
        let cut: String = all[1].chars().take(25).collect();
        let left = asked(&sentences, &[&all[0], &cut, "", "Something else?"]);
        assert_eq!(left, all[2..]);
        assert!(asked(&sentences, &all.iter().map(String::as_str).collect::<Vec<_>>()).is_empty());
    }
}
