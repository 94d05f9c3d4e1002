//! Where pages end: near the margin, and never right below a title.

use hayro_interpret::hayro_syntax::Pdf;

use super::reader::{Line, Reading};
use super::*;

/// Points from the bottom of a page to the lower margin.
const MARGIN: f64 = 51.0;
/// The most that may stay empty above it: a section's heading with the two lines of an entry.
const EMPTY: f64 = 80.0;

/// Two lines.
fn role(number: usize) -> Statement {
    let text =
        format!("{number}: {}", "서버의 응답 시간을 측정하고 병목을 찾아 캐시를 넣었습니다. ".repeat(3));
    Statement { text, evidence: Vec::new() }
}

/// One line.
fn short() -> Statement {
    Statement { text: "캐시를 넣었습니다.".to_owned(), evidence: Vec::new() }
}

/// Projects with nothing but roles, jobs of which nothing is told, schools.
fn entries(projects: usize, jobs: usize, schools: usize) -> Document {
    let mut document = korean();
    document.projects = vec![document.projects[0].clone(); projects];
    for (number, project) in document.projects.iter_mut().enumerate() {
        project.name = format!("프로젝트 {number}");
        project.roles = (0..4).map(role).collect();
        project.star = None;
    }
    document.work = vec![document.work[1].clone(); jobs];
    for (number, job) in document.work.iter_mut().enumerate() {
        job.name = format!("회사 {number}");
        job.summary = None;
    }
    document.education = vec![document.education[0].clone(); schools];
    for (number, school) in document.education.iter_mut().enumerate() {
        school.institution = format!("학교 {number}");
    }
    document
}

/// The lowest line of each page but the last.
fn last_lines(document: &Document, template: Template) -> Vec<Line> {
    let rendered = rendered(document, template);
    let mut lowest: Vec<Option<Line>> = (0..rendered.pages).map(|_| None).collect();
    for line in Reading::of(&Pdf::new(rendered.bytes).unwrap()).lines {
        let place = &mut lowest[line.page];
        if place.as_ref().is_none_or(|known| line.height < known.height) {
            *place = Some(line);
        }
    }
    lowest.pop();
    lowest.into_iter().map(Option::unwrap).collect()
}

#[test]
fn pages_of_short_entries_are_filled() {
    for document in [entries(3, 4, 3), entries(0, 30, 20), entries(6, 10, 0)] {
        for template in TEMPLATES {
            let ends = last_lines(&document, template);
            assert!(!ends.is_empty());
            for Line { page, height, text } in ends {
                assert!(height < MARGIN + EMPTY, "{template:?}: page {page} ends with {text:?} at {height}");
            }
        }
    }
}

#[test]
fn a_line_or_two_get_no_page_of_their_own() {
    let mut seen = [0; 3];
    // Each further line moves what is below it.
    for roles in 1..13 {
        let mut document = entries(3, 0, 0);
        document.certificates.clear();
        document.links.clear();
        document.projects.iter_mut().for_each(|project| project.roles = vec![short(); 12]);
        document.projects[1].roles = vec![short(); roles];
        let rendered = rendered(&document, Template::Basic);
        seen[rendered.pages] += 1;
        let lines = Reading::of(&Pdf::new(rendered.bytes).unwrap()).lines;
        let on_the_second = lines.iter().filter(|line| line.page == 1).count();
        assert!(on_the_second == 0 || on_the_second >= 3, "{on_the_second} lines");
    }
    assert!(seen[1] > 0 && seen[2] > 0, "{seen:?}");
}

#[test]
fn no_page_ends_with_a_title() {
    let titles =
        ["소개", "기술", "프로젝트", "경력", "학력", "자격", "링크", "회사", "학교", "Kotlin ·", "https"];
    for (lines, template) in (1..10).zip(TEMPLATES.into_iter().cycle()) {
        let mut document = entries(3, 6, 6);
        document.summary = vec![short(); lines];
        for Line { text, .. } in last_lines(&document, template) {
            assert!(!titles.iter().any(|title| text.starts_with(title)), "{template:?}: {text:?}");
        }
    }
}
