//! The fonts that are part of the binary. Where they come from stands in `fonts/README.md`.
//!
//! A text is set in the first family of `FAMILIES` in `templates/theme.typ` that has its characters. The last
//! one has every character, as a box with a bar: what no other font can draw is seen to be missing instead of
//! vanishing, and still copies and reads aloud as what it is.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// The family of the boxes.
pub(crate) const REPLACEMENT: &str = "Maru Replacement";

static FILES: [&[u8]; 8] = [
    include_bytes!("../fonts/Pretendard-Regular.otf"),
    include_bytes!("../fonts/Pretendard-SemiBold.otf"),
    include_bytes!("../fonts/NotoSansKR-Hanja.ttf"),
    include_bytes!("../fonts/NotoSansHebrew-Regular.ttf"),
    include_bytes!("../fonts/Vazirmatn-Regular.ttf"),
    include_bytes!("../fonts/NotoSansSymbols2-Signs.ttf"),
    include_bytes!("../fonts/NotoEmoji-Regular.ttf"),
    include_bytes!("../fonts/MaruReplacement-Regular.ttf"),
];

/// Read at the first use, so that a process that prints nothing does not pay for them.
static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let fonts: Vec<Font> = FILES.iter().flat_map(|file| Font::iter(Bytes::new(file))).collect();
    Fonts { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
});

struct Fonts {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

/// What the fonts are and can.
pub(crate) fn book() -> &'static LazyHash<FontBook> {
    &FONTS.book
}

/// The font at a place in the book.
pub(crate) fn font(index: usize) -> Option<Font> {
    FONTS.fonts.get(index).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_font_that_the_theme_names() {
        assert_eq!(FONTS.fonts.len(), FILES.len());
        let theme = include_str!("../templates/theme.typ");
        for font in &FONTS.fonts {
            assert!(theme.contains(&format!("\"{}\"", font.info().family)), "{}", font.info().family);
        }
    }

    #[test]
    fn the_replacement_has_every_character_but_marks_of_the_encoding() {
        let boxes = FONTS.fonts.iter().find(|font| font.info().family == REPLACEMENT).unwrap();
        let has = |character: char| boxes.info().coverage.contains(u32::from(character));
        assert!(['a', '가', '\u{e01}', '\u{e000}', '\u{1f680}', '\u{10fffd}'].into_iter().all(has));
        assert!(!has('\u{fffe}') && !has('\u{1f}'));
    }
}
