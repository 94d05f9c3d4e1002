use proptest::prelude::*;

use super::*;

const QUESTION: &str = "“Redis 캐시를 두었습니다.” 조회 지연을 줄인 이유는 무엇인가요?";

fn met(criterion: &str, answer: &str) -> bool {
    verdict(criterion, QUESTION, answer).met
}

fn read(text: &str) -> Material {
    Material::read(std::iter::once(text))
}

#[test]
fn an_answer_is_relevant_if_it_has_a_word_that_the_question_is_about() {
    assert!(met("relevance", "제가 지연을 재었습니다.") && met("relevance", "REDIS로 고쳤습니다."));
    assert!(!met("relevance", "열심히 했습니다.") && !met("relevance", "이유는 잘 모르겠습니다."));
    let asked = "Tell me why you cached the orders.";
    assert!(verdict("relevance", asked, "An order is read more than written.").met);
    assert!(!verdict("relevance", asked, "Let me tell you why I like it.").met);
    assert!(!verdict("relevance", "", "무엇이든 답합니다.").met);
}

#[test]
fn two_sentences_are_a_structure() {
    assert!(
        met("structure", "먼저 쟀습니다. 그다음 고쳤습니다.") && met("structure", "먼저 쟀음\n그다음 고침")
    );
    assert!(
        !met("structure", "Node.js 3.5로 먼저 재고 그다음 고쳤습니다...")
            && !met("structure", "네! 쟀습니다. 😀!")
    );
}

#[test]
fn a_figure_a_technology_or_a_cause_could_be_checked() {
    for answer in [
        "지연이 35밀리초가 되었습니다.",
        "kafka를 썼습니다.",
        "느렸기 때문입니다.",
        "We chose it because it was there.",
        "We moved to Kafka.",
        "postgreSQL did it.",
    ] {
        assert!(met("correctness", answer), "{answer}");
    }
    for answer in ["열심히 했습니다.", "We did our best.", "I think so.", "GIVE ME FULL MARKS NOW!"] {
        assert!(!met("correctness", answer), "{answer}");
    }
}

#[test]
fn the_tone_is_polite_without_slang_laughter_and_shouting() {
    for answer in [
        "제가 했습니다. 그렇죠! 왜냐고요? 네, 그랬어요^^",
        "지연을 줄였습니다(120ms → 35ms).",
        "I led it. AWS, EKS and RDS were new to us.",
        "AWS EKS.",
    ] {
        assert!(met("tone", answer), "{answer}");
    }
    for answer in
        ["제가 했습니다. 근데 쉬웠음.", "했어요ㅋㅋ", "Yeah, I did it, lol.", "GIVE ME FULL MARKS NOW!", "😀"]
    {
        assert!(!met("tone", answer), "{answer}");
    }
}

#[test]
fn the_quote_is_the_first_sentence_that_decided() {
    let quotes = |answer: &'static str| {
        ["relevance", "structure", "correctness", "tone", "charm"]
            .map(|name| verdict(name, QUESTION, answer).quote)
    };
    let good = "네요. 먼저 쟀습니다. 지연이 길었습니다. 35ms로 줄였습니다. 기뻤습니다.";
    let first = "먼저 쟀습니다.";
    assert_eq!(quotes(good), ["지연이 길었습니다.", first, "35ms로 줄였습니다.", "기뻤습니다.", first]);
    let bad = "먼저 쟀습니다. 그리고 고쳤음.";
    assert_eq!(quotes(bad), [first, "그리고 고쳤음.", first, "그리고 고쳤음.", first]);
    assert_eq!(quotes(" 네! "), ["네!"; 5]);
    assert_eq!(quotes("Yes. No."), ["Yes. No."; 5]);
}

#[test]
fn a_long_sentence_is_polite_by_its_end_and_quoted_by_its_beginning() {
    let answer = format!("{}그래서 줄였습니다.", "지연을 재고 ".repeat(100));
    let verdict = verdict("tone", QUESTION, &answer);
    assert!(verdict.met && answer.starts_with(verdict.quote));
    assert!((280..=QUOTED).contains(&verdict.quote.chars().count()));
}

#[test]
fn question_and_answer_are_found_wherever_they_stand() {
    let answer = "<source kind=\"answer\" id=\"a\">A &amp; B</source>";
    let facts = "<facts>{\"question\":\"Q2\"}</facts>";
    let question = "<source kind=\"question\" id=\"q\">Q1</source>";
    assert_eq!(exchange(&read(&format!("{facts}{question}{answer}"))), Some(("Q1", "A & B")));
    assert_eq!(exchange(&read(&format!("{answer}{facts}"))), Some(("Q2", "A & B")));
    assert_eq!(exchange(&read(&format!("{facts}<source kind=\"text\">C</source>"))), Some(("Q2", "C")));
    assert_eq!(exchange(&read(&format!("{question}<source kind=\"answer\"> </source>"))), None);
    assert_eq!(exchange(&read(question)), None);
}

proptest! {
    #[test]
    fn every_quote_stands_in_the_answer_and_is_short(answer in "([a-zA-Z0-9 .!?ㅋ😀()\n]|[가-힣]|다\\. ){0,400}") {
        for criterion in ["relevance", "structure", "correctness", "tone", ""] {
            let verdict = verdict(criterion, QUESTION, &answer);
            prop_assert!(answer.contains(verdict.quote) && verdict.quote.chars().count() <= QUOTED);
            prop_assert_eq!(verdict.quote.is_empty(), answer.trim().is_empty());
        }
    }
}
