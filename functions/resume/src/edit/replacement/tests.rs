use maru_document::{Basics, Language, Position, Project, Star, Statement, Template, has_visible_character};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use unicode_segmentation::UnicodeSegmentation;

use super::*;
use crate::edit::selection::select;

/// Texts as people write them: Hangul whole and in parts, joined emoji, flags, marks, right-to-left, quotes,
/// and anything else that Unicode has.
fn written() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[가-힣 ]{1,6}",
        "[\u{1100}-\u{1112}][\u{1161}-\u{1175}][\u{11a8}-\u{11c2}]",
        Just("👩‍💻".to_owned()),
        Just("👨‍👩‍👧‍👦🏽".to_owned()),
        Just("🇰🇷🇺🇸".to_owned()),
        "[a-z][\u{300}-\u{36f}]{1,4}",
        "[\u{5d0}-\u{5ea} ]{1,6}",
        "[\u{627}-\u{64a}\u{200f}\u{202e} ]{1,6}",
        "[\"\\\\/\n<&%]{1,3}",
        any::<String>(),
    ];
    vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// The same as far as a document may hold it.
fn storable() -> impl Strategy<Value = String> {
    let storable = |character: &char| !character.is_control() || *character == '\n';
    written().prop_map(move |text| text.chars().filter(storable).chain(['.']).collect())
}

fn statement() -> impl Strategy<Value = Statement> {
    storable().prop_map(|text| Statement { text, evidence: Vec::new() })
}

/// Documents that may be stored, with texts in each place that can be edited.
fn document() -> impl Strategy<Value = String> {
    let texts = (vec(statement(), 1..4), vec(statement(), 1..4), vec(statement(), 4..5), storable());
    texts.prop_filter_map("breaks a bound", |(summary, roles, story, own)| {
        let [situation, task, action, result] = story.try_into().ok()?;
        let star = Some(Star { situation, task, action, result });
        let project = Project {
            name: "프로젝트".to_owned(),
            url: None,
            start_date: None,
            end_date: None,
            skills: vec!["C++\"".to_owned()],
            roles,
            star,
            troubleshooting: None,
        };
        let basics = Basics {
            name: "김".to_owned(),
            label: None,
            email: None,
            phone: None,
            image: None,
            summary: Some(own),
        };
        let document = Document {
            basics,
            position: Position::Backend,
            language: Language::Ko,
            template: Template::Star,
            summary,
            work: Vec::new(),
            education: Vec::new(),
            certificates: Vec::new(),
            links: Vec::new(),
            skills: Vec::new(),
            projects: vec![project],
        };
        document.to_json().ok()
    })
}

/// The fields of a document of [`document`] that can be edited.
fn pointers(json: &str) -> Vec<String> {
    let roles = (0..3).map(|role| format!("/projects/0/roles/{role}/text"));
    let parts = ["situation", "task", "action", "result"].map(|part| format!("/projects/0/star/{part}/text"));
    let summary = (0..3).map(|number| format!("/summary/{number}/text"));
    let all = roles.chain(parts).chain(summary).chain(["/basics/summary".to_owned()]);
    all.filter(|pointer| Field::find(json, pointer).is_ok_and(|field| !field.text.is_empty())).collect()
}

/// A document, one of its fields, a selection of whole characters in it, and what is to stand there instead.
fn edit() -> impl Strategy<Value = (String, String, Field, Range<usize>, String)> {
    let indexes = (any::<Index>(), any::<Index>(), any::<Index>());
    (document(), indexes, written()).prop_map(|(json, (place, from, to), replacement)| {
        let pointers = pointers(&json);
        let pointer = pointers[place.index(pointers.len())].clone();
        let field = Field::find(&json, &pointer).unwrap();
        let characters: Vec<&str> = field.text.graphemes(true).collect();
        let from = from.index(characters.len());
        let to = from + 1 + to.index(characters.len() - from);
        let units = |characters: &[&str]| characters.concat().encode_utf16().count();
        let (start, end) = (units(&characters[..from]), units(&characters[..to]));
        let selected = select(&field.text, start, end).unwrap();
        assert_eq!(field.text[selected.clone()], characters[from..to].concat());
        (json, pointer, field, selected, replacement)
    })
}

proptest! {
    #[test]
    fn everything_outside_the_selection_is_equal_byte_for_byte(
        (json, pointer, field, selected, replacement) in edit()
    ) {
        let Ok(replaced) = replace(&json, &pointer, &field, selected.clone(), &replacement) else {
            // Only for a reason: it would melt into its neighbours, or break a bound.
            let text = [&field.text[..selected.start], &replacement, &field.text[selected.end..]].concat();
            let ends = [selected.start, selected.start + replacement.len()];
            let melts = ends.iter().any(|end| !is_border(&text, *end));
            let breaks = !has_visible_character(&text) || text.chars().any(|it| it.is_control() && it != '\n');
            prop_assert!(melts || breaks || text.chars().count() > 2_000, "refused without a reason: {text:?}");
            return Ok(());
        };
        // The bytes in front of the text and behind it.
        let (front, back) = (field.literal.start, json.len() - field.literal.end);
        prop_assert_eq!(&replaced.as_bytes()[..front], &json.as_bytes()[..front]);
        prop_assert_eq!(&replaced.as_bytes()[replaced.len() - back..], &json.as_bytes()[json.len() - back..]);
        // The text itself: its head, what was asked for, its tail.
        let text: String = serde_json::from_str(&replaced[front..replaced.len() - back]).unwrap();
        let expected = [&field.text[..selected.start], &replacement, &field.text[selected.end..]].concat();
        prop_assert_eq!(text, expected);
    }

    #[test]
    fn what_is_taken_back_is_the_document_as_it_was(
        (json, pointer, field, selected, replacement) in edit()
    ) {
        let replaced = replace(&json, &pointer, &field, selected.clone(), &replacement);
        prop_assume!(replaced.is_ok());
        let replaced = replaced.unwrap();
        let new = Field::find(&replaced, &pointer).unwrap();
        let back = selected.start..selected.start + replacement.len();
        let again = replace(&replaced, &pointer, &new, back, &field.text[selected]);
        prop_assert_eq!(again.unwrap(), json);
    }
}

fn simple() -> String {
    let summary = vec![Statement { text: "a\u{301}bc 하나".to_owned(), evidence: Vec::new() }];
    let basics =
        Basics { name: "김".to_owned(), label: None, email: None, phone: None, image: None, summary: None };
    let empty = Document {
        basics,
        position: Position::Backend,
        language: Language::Ko,
        template: Template::Basic,
        summary,
        work: Vec::new(),
        education: Vec::new(),
        certificates: Vec::new(),
        links: Vec::new(),
        skills: Vec::new(),
        projects: Vec::new(),
    };
    empty.to_json().unwrap()
}

fn changed(selected: Range<usize>, replacement: &str) -> Result<String, ReplaceError> {
    let (json, pointer) = (simple(), "/summary/0/text");
    let field = Field::find(&json, pointer).unwrap();
    replace(&json, pointer, &field, selected, replacement)
}

#[test]
fn a_replacement_that_melts_into_its_neighbours_is_refused() {
    // An accent would join the letter before it.
    assert!(matches!(changed(4..5, "\u{302}"), Err(ReplaceError::Melts)));
    // A joiner would take in what follows.
    assert!(changed(3..4, "B").unwrap().contains("a\u{301}Bc 하나"));
}

#[test]
fn a_replacement_that_breaks_a_bound_is_refused() {
    assert!(matches!(changed(3..4, "\u{0}"), Err(ReplaceError::Document(_))));
    assert!(matches!(changed(3..4, &"x".repeat(2_001)), Err(ReplaceError::Document(_))));
    assert!(matches!(changed(0..simple_length(), " "), Err(ReplaceError::Document(_))));
}

fn simple_length() -> usize {
    "a\u{301}bc 하나".len()
}

#[test]
fn a_field_that_is_not_where_it_is_said_to_be_proves_nothing() {
    let (json, pointer) = (simple(), "/summary/0/text");
    let field = Field::find(&json, pointer).unwrap();
    for shift in 1..8 {
        let literal = field.literal.start - shift..field.literal.end - shift;
        let wrong = Field { literal, ..field.clone() };
        assert!(replace(&json, pointer, &wrong, 3..4, "B").is_err(), "{shift}");
    }
    assert!(!proved(&json, &json.replace("BACKEND", "GAME"), pointer, &field.text));
}
