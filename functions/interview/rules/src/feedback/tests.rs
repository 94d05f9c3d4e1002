//! Grades out of items that stand, and of those that do not.

use proptest::prelude::*;

use super::Criterion::{Correctness, Relevance, Structure, Tone};
use super::*;

const ANSWER: &str = "캐시를 두어 조회를 줄였습니다. 만료는 10분입니다.";

/// As `maru_model::find_quote`, without its finer points.
fn find_quote<'a>(answer: &'a str, quote: &str, most: usize) -> Option<&'a str> {
    let at = answer.find(quote).filter(|_| (2..=most).contains(&quote.chars().count()))?;
    answer.get(at..at + quote.len())
}

fn item(criterion: Criterion, met: bool, quote: &str) -> Item {
    Item { criterion, met, quote: quote.to_owned() }
}

fn score(given: &[Item]) -> Option<(u8, usize)> {
    Grade::of(ANSWER, given, find_quote).ok().map(|grade| (grade.score, grade.dropped))
}

#[test]
fn the_score_is_the_share_of_yes_over_all_criteria() {
    let all = |met: [bool; 4]| {
        Criterion::ALL.iter().zip(met).map(|(it, met)| item(*it, met, "캐시를")).collect::<Vec<_>>()
    };
    assert_eq!(score(&all([true; 4])), Some((100, 0)));
    assert_eq!(score(&all([true, false, true, true])), Some((75, 0)));
    assert_eq!(score(&all([false; 4])), Some((0, 0)));
    assert_eq!(score(&all([true; 4])[..3]), Some((75, 0)));
    assert_eq!(score(&all([true, false, false, false])[..1]), Some((25, 0)));
}

#[test]
fn a_no_needs_no_quote_because_what_is_absent_cannot_be_quoted() {
    let given = [
        item(Relevance, true, "캐시를"),
        item(Structure, false, ""),
        item(Correctness, false, "없는 말"),
        item(Tone, false, " 10분 "),
    ];
    let grade = Grade::of(ANSWER, &given, find_quote).unwrap();
    assert_eq!((grade.score, grade.dropped), (25, 0));
    let quotes: Vec<&str> = grade.items.iter().map(|item| item.quote.as_str()).collect();
    assert_eq!(quotes, ["캐시를", "", "", "10분"]);
    // That nothing is met needs no proof either.
    assert_eq!(score(&given[1..]), Some((0, 0)));
}

#[test]
fn a_yes_without_a_quote_from_the_answer_is_none() {
    let given = [item(Relevance, true, "캐시를"), item(Tone, true, "감사합니다"), item(Structure, true, "")];
    let grade = Grade::of(ANSWER, &given, find_quote).unwrap();
    assert_eq!((grade.score, grade.dropped), (25, 2));
    assert_eq!(grade.items[1..], [Structure, Correctness, Tone].map(|it| item(it, false, "")));
}

#[test]
fn verdicts_on_another_text_are_no_grade() {
    let elsewhere = Criterion::ALL.map(|it| item(it, true, "없는 말"));
    assert_eq!(Grade::of(ANSWER, &elsewhere, find_quote), Err(NothingStands));
    let mixed = [item(Tone, true, "감사합니다"), item(Relevance, false, "캐시를")];
    assert_eq!(Grade::of(ANSWER, &mixed, find_quote), Err(NothingStands));
    assert_eq!(Grade::of(ANSWER, &[], find_quote), Err(NothingStands));
}

#[test]
fn items_stand_in_the_order_of_the_criteria_and_of_each_the_first_that_was_given() {
    let given = [
        item(Tone, true, " 줄였습니다 "),
        item(Correctness, false, "10분"),
        item(Correctness, true, "만료는"),
        item(Structure, true, "없는 말"),
        item(Structure, true, "만료는"),
    ];
    let grade = Grade::of(ANSWER, &given, find_quote).unwrap();
    let expected = [
        item(Relevance, false, ""),
        item(Structure, false, ""),
        item(Correctness, false, "10분"),
        item(Tone, true, "줄였습니다"),
    ];
    assert_eq!((grade.items.as_slice(), grade.score, grade.dropped), (expected.as_slice(), 25, 1));
}

#[test]
fn a_short_answer_may_be_quoted_whole() {
    assert!(Grade::of("네", &[item(Relevance, true, "네")], find_quote).is_ok());
    let long = "가".repeat(400);
    let grade = Grade::of(&long, &[item(Relevance, true, &long)], find_quote).unwrap();
    assert_eq!(grade.items[0].quote.chars().count(), QUOTE_CHARACTERS);
}

#[test]
fn an_answer_that_says_nothing_is_worth_nothing_and_no_call() {
    for blank in ["", " \n", "\u{3164}", "...", "🎉👍🏽", "?!"] {
        let grade = Grade::without_a_model(blank).unwrap();
        assert_eq!((grade.score, grade.items.len(), grade.dropped), (0, 4, 0), "{}", blank.escape_unicode());
    }
    for answer in ["네", "ok", "1", "ㅋㅋ"] {
        assert_eq!(Grade::without_a_model(answer), None, "{answer}");
    }
}

#[test]
fn one_answer_has_one_key_however_it_is_typed() {
    let key = answer_key("왜?", "각자\n만들었습니다");
    assert_eq!(key, answer_key("왜?", "\u{1100}\u{1161}\u{11a8}자\r\n만들었습니다  "));
    assert_ne!(key, answer_key("왜?각", "자\n만들었습니다"));
    assert_ne!(key, answer_key("왜?", "각자 만들었습니다"));
}

proptest! {
    #[test]
    fn a_score_counts_the_yes_that_are_shown_and_no_less_proof_makes_it_higher(
        given in prop::collection::vec((any::<bool>(), "(캐시를|10분|없는 말|)"), 0..=4), silent in 0..4_usize
    ) {
        let given = Criterion::ALL.iter().zip(&given).map(|(it, (met, quote))| item(*it, *met, quote));
        let mut given: Vec<Item> = given.collect();
        let grade = Grade::of(ANSWER, &given, find_quote);
        if let Ok(grade) = &grade {
            let met = grade.items.iter().filter(|it| it.met).count();
            prop_assert_eq!(usize::from(grade.score), met * 25);
            prop_assert!(grade.items.iter().map(|it| it.criterion).eq(Criterion::ALL));
            prop_assert!(grade.items.iter().all(|it| ANSWER.contains(&it.quote) && it.met <= !it.quote.is_empty()));
            prop_assert_eq!(grade.dropped, given.iter().filter(|it| it.met).count() - met);
        }
        if let Some(item) = given.get_mut(silent) {
            item.quote.clear();
        }
        let less = Grade::of(ANSWER, &given, find_quote);
        prop_assert!(less.map_or(0, |less| less.score) <= grade.map_or(0, |grade| grade.score));
    }
}
