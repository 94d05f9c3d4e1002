//! How long a file may be, and that everything stays on the paper.

use std::time::{Duration, Instant};

use hayro_interpret::hayro_syntax::Pdf;
use maru_document::{Evidence, EvidenceKind};

use super::super::{MOST_PAGES, RenderError};
use super::reader::Reading;
use super::*;

/// A4 in points. The sheet leaves 57 pt at the sides, 48 at the top, 51 at the bottom; a mark may begin before
/// its letter.
const PAPER: (f64, f64) = (595.28, 841.89);
const SIDE: f64 = 50.0;
const TOP: f64 = 42.0;
const FOOTER: f64 = 20.0;

/// Checks that no glyph begins outside the margins; what begins inside ends at most one letter further.
pub(super) fn expect_on_paper(pdf: &[u8]) {
    let reading = Reading::of(&Pdf::new(pdf.to_vec()).unwrap());
    assert!(!reading.glyphs.is_empty());
    for (place, _) in reading.glyphs {
        let beside = (SIDE..PAPER.0 - SIDE).contains(&place.x);
        // The footer stands in the lower margin.
        let above = (FOOTER..PAPER.1 - TOP).contains(&place.y);
        assert!(beside && above, "something stands at {place}");
    }
}

#[test]
fn one_two_and_five_pages_stay_on_the_paper() {
    for (document, pages) in [(english(), 1), (korean(), 2), (long(), 5)] {
        for template in TEMPLATES {
            let rendered = rendered(&document, template);
            let fits = rendered.pages == pages || (pages == 5 && (5..=6).contains(&rendered.pages));
            assert!(fits, "{template:?}: {} pages", rendered.pages);
            assert_eq!(rendered.replaced, 0);
            expect_on_paper(&rendered.bytes);
        }
    }
}

#[test]
fn words_without_end_are_broken_at_the_margin() {
    let words: Vec<String> = [
        "x".repeat(200),
        "가나다라".repeat(40),
        "W".repeat(150),
        "漢字".repeat(60),
        "😀👩🏽‍💻".repeat(30),
        "שלום".repeat(30),
        format!("https://example.com/{}?{}", "a".repeat(150), "key=value&".repeat(15)),
        "반복되는-낱말/".repeat(20),
    ]
    .into();
    let mut document = saying(&words.iter().map(String::as_str).collect::<Vec<_>>());
    document.basics.label = Some("L".repeat(100));
    document.basics.email = Some(format!("{}@{}.com", "m".repeat(60), "e".repeat(60)));
    document.skills.iter_mut().for_each(|skill| skill.name = "스".repeat(100));
    document.projects[0].name = "P".repeat(100);
    document.projects[0].url = Some(format!("https://example.com/{}", "u".repeat(200)));
    document.projects[0].skills = vec!["S".repeat(100); 5];
    document.work[0].department = Some("부서".repeat(50));
    document.certificates[0].issuer = "I".repeat(100);
    document.links[0].title = "T".repeat(100);
    for template in TEMPLATES {
        let rendered = rendered(&document, template);
        expect_on_paper(&rendered.bytes);
        let read = squeezed(&Reading::of(&Pdf::new(rendered.bytes).unwrap()).text);
        for word in words.iter().filter(|word| !word.contains('ש')) {
            assert!(read.contains(word.as_str()), "{word} is not read back");
        }
    }
}

#[test]
fn a_line_ends_at_a_no_break_space_too() {
    let texts = [('\u{a0}', "단어들"), ('\u{202f}', "word"), ('\u{2007}', "1234")]
        .map(|(space, word)| [word; 150].join(&space.to_string()));
    let mut document = saying(&texts.each_ref().map(String::as_str));
    document.basics.name = ["가나다라"; 10].join("\u{a0}");
    for template in TEMPLATES {
        expect_on_paper(&rendered(&document, template).bytes);
    }
}

#[test]
fn a_name_of_wide_letters_is_broken_at_the_margin() {
    let mut document = english();
    for name in ["W".repeat(24), "W".repeat(23) + "-", "가".repeat(24), "龍".repeat(24), "🚀".repeat(24)]
    {
        document.basics.label = Some(name.clone());
        document.basics.name = name;
        for template in TEMPLATES {
            expect_on_paper(&rendered(&document, template).bytes);
        }
    }
}

#[test]
fn a_long_address_leaves_the_name_its_line() {
    let mut document = english();
    document.basics.label = Some("W".repeat(100));
    document.basics.email =
        Some(format!("{}@{}com", "a".repeat(64), format!("{}.", "b".repeat(60)).repeat(3)));
    let pdf = Pdf::new(rendered(&document, Template::Troubleshooting).bytes).unwrap();
    let lines = Reading::of(&pdf).lines;
    assert_eq!(lines[0].text, "Maru Kim");
    assert!(lines[1].text.starts_with(&"W".repeat(20)), "{}", lines[1].text);
}

#[test]
fn marks_of_evidence_stay_on_the_paper() {
    let mut document = korean();
    for statement in document.statements_mut() {
        statement.text = "W".repeat(24);
        let url = "https://github.com/maru-kim/a".to_owned();
        let evidence = Evidence { kind: EvidenceKind::Readme, reference: "M".repeat(24), url };
        statement.evidence = vec![evidence; 3];
    }
    for template in TEMPLATES {
        expect_on_paper(&rendered(&document, template).bytes);
    }
}

#[test]
fn an_empty_resume_is_one_page_with_a_name() {
    let mut document = english();
    document.basics.email = None;
    document.basics.phone = None;
    document.summary.clear();
    document.work.clear();
    document.education.clear();
    document.certificates.clear();
    document.links.clear();
    document.skills.clear();
    document.projects.clear();
    for template in TEMPLATES {
        let rendered = rendered(&document, template);
        assert_eq!(rendered.pages, 1);
        let pdf = Pdf::new(rendered.bytes).unwrap();
        assert_eq!(Reading::of(&pdf).text, "Maru KimBackend engineer who likes boring systems");
    }
}

#[test]
fn a_resume_of_too_many_pages_is_refused() {
    let mut document = long();
    let role = Statement { text: "한 줄\n".repeat(6) + "한 줄", evidence: Vec::new() };
    for project in &mut document.projects {
        project.roles = vec![role.clone(); 20];
    }
    let refused = render(&document, Template::Basic);
    assert!(matches!(refused, Err(RenderError::TooManyPages)), "{:?}", refused.map(|done| done.pages));
}

#[test]
fn a_resume_of_line_feeds_is_refused_at_once() {
    let mut document = long();
    document.statements_mut().for_each(|statement| statement.text = format!("{}a", "a\n".repeat(400)));
    let start = Instant::now();
    assert!(matches!(render(&document, Template::Basic), Err(RenderError::TooManyPages)));
    assert!(start.elapsed() < Duration::from_millis(500), "{:?} over {MOST_PAGES} pages", start.elapsed());
}
