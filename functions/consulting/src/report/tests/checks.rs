//! Each reason for which a claim is dropped, and what becomes of the summary.

use serde_json::json;

use crate::report::Claim;
use crate::report::answer::Answer;
use crate::report::evidence::{Checker, Fault, Verified};
use crate::report::fixtures::{claim, evidence, question, review};
use crate::report::material::Shown;
use crate::report::sources;

fn shown() -> Shown {
    let reviews = [
        review("rv_1", 5, "설명이 좋아요. 예제 12개가 알차요.", "자막을 넣어 주세요"),
        review("rv_2", 2, "설명이 빨라요", ""),
        review("rv_3", 4, "설명이 좋아요.", ""),
    ];
    let questions = [question("qs_1", "언제 끝나나요?", "강의가 길어요")];
    let sources = [sources::of_reviews(&reviews), sources::of_questions(&questions)].concat();
    Shown { sources, findings: None }
}

fn check(claim: Claim) -> Result<Claim, Fault> {
    Checker::new(&shown(), &json!({ "averageRating": 3.67, "total": 40 })).check(claim)
}

fn fault(text: &str, count: u32, quotes: &[(&str, &str)]) -> Option<Fault> {
    let quotes: Vec<_> = quotes.iter().map(|(id, quote)| evidence(id, quote)).collect();
    check(claim(text, count, &quotes)).err()
}

fn verify(summary: &str, strengths: Vec<Claim>) -> Verified {
    let shown = shown();
    let answer = Answer { summary: summary.to_owned(), strengths, ..Answer::default() };
    Checker::new(&shown, &json!({ "total": 40 })).verify(answer, |proven| format!("by rule {proven}"))
}

fn proven() -> Claim {
    claim("설명이 좋다", 1, &[evidence("rv_1", "설명이 좋아요.")])
}

#[test]
fn a_claim_with_true_quotes_ids_and_count_stands() {
    assert_eq!(fault("설명이 좋다", 2, &[("rv_1", "설명이 좋아요."), ("rv_3", "설명이 좋아요.")]), None);
    assert_eq!(fault("자막", 1, &[("rv_1", "자막을 넣어 주세요"), ("rv_1", "설명이 좋아요")]), None);
    assert_eq!(fault("길다는 질문", 1, &[("qs_1", "강의가 길어요")]), None);
}

#[test]
fn a_claim_without_words_or_without_end_is_dropped() {
    let quotes = [("rv_1", "설명이 좋아요.")];
    for text in ["", " \n", "👍👍", "…"] {
        assert_eq!(fault(text, 1, &quotes), Some(Fault::NoClaim), "{text:?}");
    }
    assert_eq!(fault(&"가".repeat(400), 1, &quotes), None);
    assert_eq!(fault(&"가".repeat(401), 1, &quotes), Some(Fault::NoClaim));
}

#[test]
fn a_claim_without_evidence_is_dropped() {
    assert_eq!(fault("모두가 칭찬한다", 0, &[]), Some(Fault::NoEvidence));
}

#[test]
fn a_source_that_was_not_shown_proves_nothing() {
    assert_eq!(fault("좋다", 1, &[("rv_9", "설명이 좋아요.")]), Some(Fault::UnknownSource));
    assert_eq!(fault("좋다", 1, &[("qs_2", "설명이 좋아요.")]), Some(Fault::UnknownSource));
}

#[test]
fn a_quote_of_another_source_proves_nothing() {
    assert_eq!(fault("빠르다", 1, &[("rv_1", "설명이 빨라요")]), Some(Fault::NoQuote));
    assert_eq!(fault("좋다", 1, &[("rv_1", "설명은 좋아요.")]), Some(Fault::NoQuote));
    assert_eq!(fault("좋다", 1, &[("rv_1", "알차요.\n자막을")]), Some(Fault::NoQuote));
    assert_eq!(fault("좋다", 1, &[("rv_1", "요")]), Some(Fault::NoQuote));
    assert_eq!(fault("좋다", 1, &[("rv_1", "")]), Some(Fault::NoQuote));
}

#[test]
fn one_false_quote_among_true_ones_costs_the_claim() {
    let quotes = [("rv_1", "설명이 좋아요."), ("rv_3", "예제가 좋아요.")];
    assert_eq!(fault("좋다", 2, &quotes), Some(Fault::NoQuote));
}

#[test]
fn the_same_evidence_twice_is_refused() {
    let quotes = [("rv_1", "설명이 좋아요."), ("rv_1", "설명이 좋아요.")];
    assert_eq!(fault("좋다", 1, &quotes), Some(Fault::RepeatedEvidence));
    assert_eq!(fault("좋다", 2, &quotes), Some(Fault::RepeatedEvidence));
}

#[test]
fn the_count_is_that_of_different_sources() {
    let quotes = [("rv_1", "설명이 좋아요."), ("rv_1", "자막을 넣어 주세요")];
    assert_eq!(fault("좋다", 2, &quotes), Some(Fault::WrongCount));
    assert_eq!(fault("좋다", 0, &quotes), Some(Fault::WrongCount));
    assert_eq!(fault("좋다", 30, &[("rv_1", "설명이 좋아요.")]), Some(Fault::WrongCount));
}

#[test]
fn a_number_must_come_from_the_quotes_the_facts_the_rating_or_the_count() {
    let quotes = [("rv_1", "예제 12개가"), ("rv_2", "설명이 빨라요")];
    let text = "12개 예제, 전체 40건, 평균 3.67점, 별점 5점과 2점, 2명";
    assert_eq!(fault(text, 2, &quotes), None);
    assert_eq!(fault("학습자의 90%가 만족한다", 2, &quotes), Some(Fault::UnknownFigure));
    assert_eq!(fault("40만 원", 2, &quotes), Some(Fault::UnknownFigure));
    // The number stands in the review, but not in what is quoted of it.
    assert_eq!(fault("예제가 12개다", 1, &[("rv_1", "설명이 좋아요.")]), Some(Fault::UnknownFigure));
}

#[test]
fn what_is_dropped_is_counted_and_the_rest_stays() {
    let unproven = claim("완벽하다", 1, &[evidence("rv_1", "완벽한 강의입니다")]);
    let Verified { section, dropped_claims } =
        verify("설명이 좋다는 말이 40건 중에 있습니다.", vec![unproven.clone(), proven(), unproven]);
    assert_eq!((section.strengths, dropped_claims), (vec![proven()], 2));
    assert!(!section.summary_replaced);
}

#[test]
fn a_summary_that_cannot_stand_is_replaced() {
    for summary in ["", "  ", "평균 4.99점입니다.", &"가".repeat(801)] {
        let section = verify(summary, vec![proven()]).section;
        assert_eq!((section.summary.as_str(), section.summary_replaced), ("by rule true", true));
    }
}

#[test]
fn a_summary_of_nothing_proven_is_replaced() {
    let section = verify("이 강사는 최고입니다.", vec![claim("최고다", 1, &[])]).section;
    assert_eq!((section.summary.as_str(), section.summary_replaced), ("by rule false", true));
}

#[test]
fn a_section_never_outgrows_its_room() {
    let shown = Shown {
        sources: sources::of_reviews(&[review(&"i".repeat(200), 5, &"\u{1}가\"".repeat(160), "")]),
        findings: None,
    };
    let text: String = "\u{1}가\"".repeat(160);
    let quotes: Vec<_> = (0..10)
        .map(|begin| evidence(&"i".repeat(200), &text.chars().skip(begin).take(300).collect::<String>()))
        .collect();
    let large = vec![claim(&"\u{1}가".repeat(200), 1, &quotes); 5];
    let answer = Answer {
        summary: String::new(),
        strengths: large.clone(),
        weaknesses: large.clone(),
        improvements: large,
    };
    let verified = Checker::new(&shown, &json!({})).verify(answer, |_| String::new());
    let kept = verified.section.claims().count();
    assert!(verified.dropped_claims > 0 && kept + verified.dropped_claims as usize == 15);
    assert!(serde_json::to_string(&verified.section).unwrap().len() < 81_000);
}
