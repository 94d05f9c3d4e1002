//! Any resume that may be stored can be printed.

use proptest::prelude::*;

use super::super::RenderError;
use super::bounds::expect_on_paper;
use super::*;

/// Texts of all of Unicode, and of what is likelier to hurt: blanks, marks, joiners, directions, long words.
fn text() -> impl Strategy<Value = String> {
    let sign = prop_oneof![
        4 => any::<char>(),
        4 => proptest::char::range('가', '힣'),
        2 => proptest::char::range(' ', '~'),
        2 => proptest::sample::select(vec![
            '\n', ' ', '\u{300}', '\u{200d}', '\u{200b}', '\u{202e}', '\u{2067}', '\u{fe0f}', '\u{ad}', '😀',
            'ش', 'ש', '\u{e0020}', '\u{1100}', '\u{fffd}', '\u{a0}', '\u{115f}',
        ]),
    ];
    proptest::collection::vec(sign, 1..120).prop_map(String::from_iter)
}

fn line() -> impl Strategy<Value = String> {
    text().prop_map(|text| text.replace(char::is_control, "").chars().take(50).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_resume_that_may_be_stored_is_printed_on_its_paper(
        name in line(), title in line(), told in text(), texts in proptest::collection::vec(text(), 1..6),
        template in proptest::sample::select(TEMPLATES.to_vec()),
    ) {
        let mut document = saying(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        document.basics.name = name;
        document.projects[0].name = title.clone();
        document.projects[0].skills = vec![title.clone()];
        document.skills[0].name = title.clone();
        document.work[0].name = title;
        document.work[0].summary = Some(told);
        match render(&document, template) {
            Ok(rendered) => expect_on_paper(&rendered.bytes),
            // A blank name, a control character: such a resume is not stored.
            Err(RenderError::Document(_)) => {}
            Err(error) => prop_assert!(false, "{error}"),
        }
    }
}
