//! What is written in other letters than the Korean and the Latin ones.

use hayro_interpret::hayro_syntax::Pdf;

use super::bounds::expect_on_paper;
use super::reader::Reading;
use super::*;

fn read(texts: &[&str]) -> (String, usize) {
    let rendered = rendered(&saying(texts), Template::Basic);
    expect_on_paper(&rendered.bytes);
    (Reading::of(&Pdf::new(rendered.bytes).unwrap()).text, rendered.replaced)
}

#[test]
fn letters_signs_and_emoji_of_the_fonts_are_drawn_and_read_back() {
    let texts = [
        "Ελληνικά, кириллица, Tiếng Việt, čeština, naïve café",
        "漢字 大韓民國 日本語のテキスト ㈜ ㎡ ℃ ① ※ 「인용」",
        "→ ⇒ ➜ ✔ ✦ ● ■ ★ ☎ ♥ ± × ÷ ≤ ≠ ∞ √ ∑ ½ ² – — … “ ” ‘ ’ ₩ € ©",
        "🚀 😀 👩🏽‍💻 👨‍👩‍👧‍👦 🇰🇷 1️⃣ ❤️ ✉️",
        "괄호(한글)와 English를 섞은 문장, 숫자 1,234.5%까지.",
    ];
    let (text, replaced) = read(&texts);
    assert_eq!(replaced, 0);
    for said in texts {
        assert!(squeezed(&text).contains(&squeezed(said)), "{said} is not read back from {text}");
    }
}

#[test]
fn decomposed_letters_are_drawn_whole() {
    // As file names of macOS have them.
    let (text, replaced) = read(&["\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af} cafe\u{301}"]);
    assert_eq!(replaced, 0);
    assert!(text.contains("\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af} cafe\u{301}"), "{text}");
}

#[test]
fn hebrew_and_arabic_are_drawn_from_right_to_left() {
    let (text, replaced) = read(&["שלום עולם", "مرحبا بالعالم"]);
    assert_eq!(replaced, 0);
    // In the order of drawing, from the left.
    assert!(text.contains("םלוע םולש"), "{text}");
    let letters = |text: &str| text.chars().filter(|c| ('\u{600}'..'\u{700}').contains(c)).count();
    assert_eq!(letters(&text), letters("مرحبا بالعالم"), "{text}");
}

#[test]
fn a_statement_runs_as_its_first_letter_does() {
    let first_is_on_the_left = |text: &str, first: &str, second: &str| {
        let glyphs = Reading::of(&Pdf::new(rendered(&saying(&[text]), Template::Star).bytes).unwrap()).glyphs;
        let left = |letter: &str| glyphs.iter().find(|(_, said)| said == letter).unwrap().0.x;
        left(first) < left(second)
    };
    assert!(first_is_on_the_left("“שלום” Zig", "Z", "ש"));
    assert!(first_is_on_the_left("Zig שלום", "Z", "ש"));
    assert!(first_is_on_the_left("7. 한글 שלום", "한", "ש"));
}

#[test]
fn what_no_font_has_is_a_box_that_is_counted_and_still_read_back() {
    let (text, replaced) = read(&["ไทย 한국어 हिन्दी 简"]);
    assert_eq!(replaced, "ไทยहिन्दी简".chars().count());
    assert!(text.contains("ไทย") && text.contains("简"), "{text}");
}

#[test]
fn what_is_no_text_is_left_out() {
    let (text, replaced) = read(&["a\u{feff}b\u{fffe}c\u{2028}d\u{1fffe}e"]);
    assert!(text.contains("abc de"), "{text}");
    assert_eq!(replaced, 0);
}
