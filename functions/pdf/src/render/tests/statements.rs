//! Everything that a resume states can be copied out of the file, in reading order.

use hayro_interpret::hayro_syntax::Pdf;
use maru_document::Document;

use super::reader::Reading;
use super::tree::elements;
use super::*;

/// `plainly` is what is done to the statements and to what was read before they are compared.
pub(super) fn expect_all_in_order(document: &Document, read: &str, plainly: fn(&str) -> String, by: &str) {
    let mut rest = plainly(read);
    for statement in document.statements() {
        let statement = plainly(&statement.text);
        let found = rest.find(&statement);
        let begin = found.unwrap_or_else(|| panic!("{by}: {statement:?} is missing or out of order"));
        rest = rest.split_off(begin + statement.len());
    }
}

#[test]
fn every_statement_is_read_as_drawn_and_as_structured() {
    for document in [korean(), english(), long()] {
        for template in TEMPLATES {
            let pdf = Pdf::new(rendered(&document, template).bytes).unwrap();
            let reading = Reading::of(&pdf);
            expect_all_in_order(&document, &reading.text, squeezed, "the drawing order");
            let structured = elements(&pdf, &reading);
            expect_all_in_order(&document, &structured[0].text, squeezed, "the structure");
        }
    }
}

#[test]
fn names_places_and_dates_are_there_too() {
    let pdf = Pdf::new(rendered(&korean(), Template::Basic).bytes).unwrap();
    let text = squeezed(&Reading::of(&pdf).text);
    for said in [
        "김마루",
        "백엔드 개발자",
        "maru.kim@example.com",
        "010-1234-5678",
        "Kotlin · Spring Boot",
        "㈜한빛데이터",
        "2023.07 – 현재",
        "인턴 개발자 · 인턴",
        "한국대학교",
        "대학교(학사) · 졸업",
        "정보처리기사",
        "925 · YBM",
        "기술 블로그",
        "https://maru-kim.example.com/blog",
        "4f2a1c0",
        "#128",
    ] {
        assert!(text.contains(&squeezed(said)), "{said} is missing");
    }
}

/// Readers make a space of each end of a line, so no word may be torn apart there, not even at its hyphen.
#[test]
fn words_are_whole_where_lines_end() {
    let hyphens = "a well-known end-to-end re-use ".repeat(20);
    let no_breaks = "주문\u{a0}서비스의\u{202f}응답\u{2007}시간을 ".repeat(20);
    for document in [korean(), english(), long(), saying(&[&hyphens, &no_breaks])] {
        for template in TEMPLATES {
            let pdf = Pdf::new(rendered(&document, template).bytes).unwrap();
            let read = Reading::of(&pdf).flowing();
            expect_all_in_order(&document, &read, with_single_spaces, "line by line");
        }
    }
}
