//! What holds for every picture, whatever the numbers.

use jiff::{ToSpan, civil::Date, civil::date};
use proptest::prelude::*;
use roxmltree::{Document, Node};

use super::{Language, Style, Theme, draw, text};
use crate::{
    dashboard::{
        Chart, Published, PublishedChart, Selection,
        fixtures::{Described, any_lecturer, lecture, lecturer},
    },
    generation::numbers::{LectureNumbers, LecturerNumbers},
};

const DAY: Date = date(2025, 9, 17);

const STYLES: [Style; 4] = [
    Style { language: Language::Korean, theme: Theme::Light },
    Style { language: Language::English, theme: Theme::Dark },
    Style { language: Language::Korean, theme: Theme::Auto },
    Style { language: Language::English, theme: Theme::Auto },
];

fn picture_of(chart: Chart, numbers: &LecturerNumbers, selection: &Selection, style: Style) -> String {
    let published = Published {
        day: DAY,
        generation_id: "gen-1".to_owned(),
        published_at: "2025-09-17T15:12:00Z".parse().unwrap(),
    };
    draw(&PublishedChart::compute(chart, numbers, selection, published).unwrap(), style)
}

fn pictures(numbers: &LecturerNumbers, selection: &Selection) -> Vec<String> {
    let each = |chart| STYLES.map(|style| picture_of(chart, numbers, selection, style));
    Chart::ALL.into_iter().flat_map(each).collect()
}

fn busy(id: &str) -> LectureNumbers {
    let lecture = lecture(id).learnt(2_000, 700);
    (0..40)
        .rev()
        .fold(lecture, |lecture, ago| lecture.paid(DAY.saturating_sub(ago.days()), 55_000 + i64::from(ago)))
}

fn words(picture: &str) -> Vec<String> {
    let document = Document::parse(picture).unwrap();
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    texts.filter_map(|node| node.text().map(str::to_owned)).collect()
}

/// Fails unless the picture is a document that shows something to everybody and runs nothing.
fn check_document(picture: &str) {
    let document = Document::parse(picture).unwrap();
    let root = document.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    for id in root.attribute("aria-labelledby").unwrap().split(' ') {
        let labels = document.descendants().find(|node| node.attribute("id") == Some(id)).unwrap();
        assert!(labels.text().is_some_and(|text| !text.trim().is_empty()), "{id} says nothing");
    }
    for node in document.descendants().filter(Node::is_element) {
        let known =
            ["svg", "title", "desc", "style", "defs", "pattern", "rect", "line", "circle", "path", "text"];
        assert!(known.contains(&node.tag_name().name()), "{:?}", node.tag_name());
        for attribute in node.attributes() {
            assert!(!attribute.name().starts_with("on") && attribute.name() != "href", "{attribute:?}");
        }
    }
    for lost in ["NaN", "inf"] {
        assert!(!attributes(&document).any(|value| value.contains(lost)), "{lost} in a mark");
    }
}

fn attributes<'a>(document: &'a Document<'_>) -> impl Iterator<Item = &'a str> {
    document.descendants().flat_map(|node| node.attributes()).map(|attribute| attribute.value())
}

/// Where a text stands: left, right, top, bottom.
fn place(node: Node<'_, '_>) -> [f64; 4] {
    let number = |name: &str| node.attribute(name).unwrap().parse::<f64>().unwrap();
    let (x, y, size) = (number("x"), number("y"), number("font-size"));
    let width = text::width(node.text().unwrap_or_default(), size);
    let left = match node.attribute("text-anchor") {
        Some("middle") => x - width / 2.0,
        Some("end") => x - width,
        _ => x,
    };
    [left, left + width, y - size * 0.75, y + size * 0.2]
}

/// Fails if a text leaves the picture or touches another.
fn check_texts_apart(picture: &str) {
    let document = Document::parse(picture).unwrap();
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    let texts: Vec<_> = texts.map(|node| (place(node), node.text().unwrap_or_default())).collect();
    for (index, ([left, right, top, bottom], one)) in texts.iter().enumerate() {
        assert!(*left >= 0.0 && *right <= 720.0, "{one:?} leaves the picture: {left} to {right}");
        for ([other_left, other_right, other_top, other_bottom], other) in &texts[index + 1..] {
            let beside = right <= other_left || other_right <= left;
            let above = bottom <= other_top || other_bottom <= top;
            assert!(beside || above, "{one:?} touches {other:?} in {picture}");
        }
    }
}

#[test]
fn titles_of_strangers_are_shown_as_text_and_nothing_else() {
    let titles = [
        "<script>alert(1)</script>",
        "]]> --> & \" ' <!DOCTYPE x>",
        "\0\u{1}\u{1b}[31m\u{fffe}",
        "👩‍💻🔥💯 이모지",
        "\u{202e}שלום עולם",
        &"아주 긴 제목입니다 ".repeat(30),
        "",
        "all",
    ];
    let lectures = titles.iter().enumerate().map(|(index, title)| busy(&format!("id-{index}")).titled(title));
    let numbers = lecturer(lectures.collect());
    for picture in pictures(&numbers, &Selection::default()) {
        check_document(&picture);
        check_texts_apart(&picture);
    }
    let shown = words(&picture_of(Chart::MonthlyRevenue, &numbers, &Selection::default(), STYLES[0]));
    for name in ["<script>alert(1)</script>", "👩‍💻🔥💯 이모지", "שלום עולם", "id-6", "all"]
    {
        assert!(shown.iter().any(|text| text == name), "{name:?} is not in {shown:?}");
    }
}

#[test]
fn eighty_lectures_are_eight_and_the_others_together() {
    let numbers = lecturer((0..80).map(|index| busy(&format!("lecture {index:02}"))).collect());
    for chart in [Chart::MonthlyRevenue, Chart::RevenueShare] {
        let picture = picture_of(chart, &numbers, &Selection::default(), STYLES[0]);
        check_texts_apart(&picture);
        let shown = words(&picture);
        assert_eq!(shown.iter().filter(|text| text.starts_with("lecture ")).count(), 8);
        assert!(shown.iter().any(|text| text == "기타 (강의 72개)"), "{shown:?}");
    }
}

#[test]
fn without_numbers_a_picture_says_so_in_words() {
    let nothing = lecturer(vec![lecture("new")]);
    let expected = [
        "There is no revenue this month so far.",
        "There is no revenue in the last seven days.",
        "There is no revenue in this range.",
        "No lecture has learners yet.",
        "There are no learners yet.",
        "There are no students yet.",
    ];
    for (chart, message) in Chart::ALL.into_iter().zip(expected) {
        let picture = picture_of(chart, &nothing, &Selection::default(), STYLES[1]);
        check_document(&picture);
        assert!(words(&picture).iter().any(|text| text == message), "{chart}: {picture}");
    }
}

#[test]
fn days_after_the_published_run_are_said_to_be_uncounted() {
    let numbers = lecturer(vec![busy("a")]);
    let to = Some(DAY.saturating_add(20.days()));
    let ahead =
        picture_of(Chart::RevenueTrend, &numbers, &Selection { to, ..Selection::default() }, STYLES[0]);
    assert!(words(&ahead).iter().any(|text| text == "집계 전"), "{ahead}");
    let from = Some(DAY.saturating_add(1.days()));
    let future = Selection { from, to, ..Selection::default() };
    let future = picture_of(Chart::RevenueTrend, &numbers, &future, STYLES[0]);
    assert!(words(&future).iter().any(|text| text == "아직 집계되지 않은 기간입니다."), "{future}");
}

#[test]
fn one_won_and_nine_quadrillion_fit_into_every_picture() {
    for amount in [1, 9_000_000_000_000_000] {
        let numbers = LecturerNumbers {
            lectures_per_student: [1, 4_000_000_000, 0, 0, u64::MAX / 4],
            ..lecturer(vec![busy("a").learnt(u64::MAX / 4, 1), lecture("b").learnt(1, 1).paid(DAY, amount)])
        };
        for picture in
            pictures(&numbers, &Selection { lecture_id: Some("b".to_owned()), ..Selection::default() })
        {
            check_document(&picture);
            check_texts_apart(&picture);
        }
    }
}

#[test]
fn the_same_numbers_are_the_same_bytes() {
    let numbers = lecturer(vec![busy("a"), busy("b")]);
    assert_eq!(pictures(&numbers, &Selection::default()), pictures(&numbers, &Selection::default()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn any_lecturer_can_be_drawn_without_words_over_words(
        numbers in any_lecturer(DAY), days in 0_i32..366, ahead in 0_i32..40, style in 0..STYLES.len()
    ) {
        let to = DAY.saturating_add(ahead.days());
        let selection = Selection { from: Some(to.saturating_sub(days.days())), to: Some(to), lecture_id: None };
        for chart in Chart::ALL {
            let picture = picture_of(chart, &numbers, &selection, STYLES[style]);
            check_document(&picture);
            check_texts_apart(&picture);
        }
    }
}
