//! What a screen reader needs: tags, headings, language, title.

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Dict, Stream};

use super::reader::Reading;
use super::tree::{Element, catalogue, elements, text};
use super::*;

fn of_kind<'a>(elements: &'a [Element], kind: &str) -> Vec<&'a str> {
    elements.iter().filter(|element| element.kind == kind).map(|element| element.text.as_str()).collect()
}

#[test]
fn headings_lists_and_links_are_tagged() {
    for template in TEMPLATES {
        let pdf = Pdf::new(rendered(&korean(), template).bytes).unwrap();
        let elements = elements(&pdf, &Reading::of(&pdf));
        assert_eq!(of_kind(&elements, "H1"), ["김마루"]);
        assert_eq!(of_kind(&elements, "H2"), ["소개", "기술", "프로젝트", "경력", "학력", "자격", "링크"]);
        let entries = ["주문·결제 API", "정산 배치", "주식회사 마루커머스", "㈜한빛데이터", "한국대학교"];
        assert_eq!(of_kind(&elements, "H3"), entries);
        assert_eq!(of_kind(&elements, "LI").len(), 3 + 3 + 2 + 2);
        assert!(of_kind(&elements, "Link").contains(&"#128"));
        let statement = "금액을 부동소수점 대신 정수(원)로 다루고, 반올림을 한곳에 모았습니다.";
        let squeezed_paragraphs = of_kind(&elements, "P").into_iter().map(squeezed);
        assert_eq!(squeezed_paragraphs.filter(|text| text.starts_with(&squeezed(statement))).count(), 1);
    }
}

#[test]
fn the_file_says_its_language_and_title_and_that_it_is_tagged() {
    for (document, language, title) in
        [(korean(), "ko", "김마루 이력서"), (english(), "en", "Maru Kim – Resume")]
    {
        let pdf = Pdf::new(rendered(&document, Template::Basic).bytes).unwrap();
        let root = catalogue(&pdf);
        assert_eq!(text(&root, "Lang").as_deref(), Some(language));
        assert_eq!(root.get::<Dict<'_>>("MarkInfo").unwrap().get::<bool>("Marked"), Some(true));
        let preferences: Dict<'_> = root.get("ViewerPreferences").unwrap();
        assert_eq!(preferences.get::<bool>("DisplayDocTitle"), Some(true));
        let metadata = root.get::<Stream<'_>>("Metadata").unwrap().decoded().unwrap();
        let metadata = String::from_utf8(metadata.to_vec()).unwrap();
        assert!(metadata.contains("<pdfuaid:part>1</pdfuaid:part>"), "{metadata}");
        assert!(metadata.contains(title) && metadata.contains(&document.basics.name), "{metadata}");
        assert!(!metadata.contains("Date"), "a time would make every file another one: {metadata}");
    }
}

#[test]
fn a_long_file_has_bookmarks_for_its_sections() {
    let pdf = Pdf::new(rendered(&long(), Template::Star).bytes).unwrap();
    let outline: Dict<'_> = catalogue(&pdf).get("Outlines").unwrap();
    let name: Dict<'_> = outline.get("First").unwrap();
    assert_eq!(text(&name, "Title").as_deref(), Some("김마루"));
    let section: Dict<'_> = name.get("First").unwrap();
    assert_eq!(text(&section, "Title").as_deref(), Some("소개"));
}
