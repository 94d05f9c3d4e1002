//! A resume is data: nothing in it is read as markup, and a template reaches nothing but it.

use hayro_interpret::hayro_syntax::Pdf;

use super::reader::Reading;
use super::*;

const MARKUP: [&str; 9] = [
    "#import \"/theme.typ\": * #read(\"/etc/passwd\") #panic(1)",
    "$ x^2 $ *bold* _emphasis_ `raw` @reference <label>",
    "= Heading // comment /* comment */ \\ \\u{41} ~ -- --- ... 'quoted' \"quoted\"",
    "#{let x = 1; x} #[content] #(1, 2).at(9) #sys.inputs #context here()",
    "]]} ) \" \\\" \\n {{ }} ${x} %s <script>alert(1)</script>",
    "- item + item / term: https://typst.app #link(\"file:///etc/passwd\")",
    "/Type /Catalog endobj stream (a\\) >> << ET BT",
    "#set page(width: 1pt) #show: none #pagebreak() #while true {}",
    "\u{202e}right to left\u{202c} \u{200b}\u{2060} a\u{ad}b",
];

#[test]
fn markup_stays_text() {
    let mut document = saying(&MARKUP);
    document.basics.name = "#panic(\"x\") *a* $b$".to_owned();
    document.basics.summary = Some(MARKUP[0].to_owned());
    document.projects[0].name = MARKUP[3].to_owned();
    // A skill may not change its direction.
    document.projects[0].skills = MARKUP[..8].iter().map(|&name| name.to_owned()).collect();
    document.work[0].name = MARKUP[1].to_owned();
    document.links[0].title = MARKUP[7].to_owned();
    for template in TEMPLATES {
        let rendered = rendered(&document, template);
        assert!(rendered.pages <= 2, "{} pages", rendered.pages);
        let read = squeezed(&Reading::of(&Pdf::new(rendered.bytes).unwrap()).text);
        for said in &MARKUP[..8] {
            assert!(read.matches(&squeezed(said)).count() >= 2, "{said} is not read back");
        }
        assert!(read.contains(&squeezed(&document.basics.name)));
    }
}

#[test]
fn references_of_evidence_are_cut_between_letters() {
    let mut document = korean();
    for statement in document.statements_mut() {
        for evidence in &mut statement.evidence {
            evidence.reference = "가👩🏽‍💻é".repeat(20);
        }
    }
    for template in TEMPLATES {
        let pdf = Pdf::new(rendered(&document, template).bytes).unwrap();
        let read = Reading::of(&pdf).text;
        assert!(read.contains("가👩🏽‍💻é가👩🏽‍💻é가"), "{read}");
    }
}
