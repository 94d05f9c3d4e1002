//! Rules of `garde` for what people write and others read, in a document or elsewhere: titles, comments, wishes.

use crate::visible::{has_direction_control, has_visible_character};

/// One line: no control characters, which no reader sees and no page can print, nor controls of direction,
/// which turn around what a page shows beside the line.
///
/// # Errors
/// With what is wrong, for whoever wrote it.
pub fn line<T: AsRef<str>>(text: &T, (): &()) -> garde::Result {
    let text = text.as_ref();
    let broken = text.chars().any(char::is_control) || has_direction_control(text);
    if broken { Err(garde::Error::new("must be one line without control characters")) } else { Ok(()) }
}

/// A paragraph: lines, without other control characters.
///
/// # Errors
/// With what is wrong, for whoever wrote it.
pub fn paragraph<T: AsRef<str>>(text: &T, (): &()) -> garde::Result {
    let text = text.as_ref();
    let broken = text.chars().any(|character| character.is_control() && character != '\n');
    if broken { Err(garde::Error::new("must not have control characters but line feeds")) } else { Ok(()) }
}

/// Something to be seen: see [`has_visible_character`].
///
/// # Errors
/// With what is wrong, for whoever wrote it.
pub fn filled<T: AsRef<str>>(text: &T, (): &()) -> garde::Result {
    let text = text.as_ref();
    if has_visible_character(text) { Ok(()) } else { Err(garde::Error::new("must not be blank")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_one_line_and_a_paragraph_several() {
        assert!(line(&"가 \u{200f}نص".to_owned(), &()).is_ok());
        assert!(line(&"a\nb".to_owned(), &()).is_err());
        assert!(paragraph(&"a\nb".to_owned(), &()).is_ok());
        assert!(paragraph(&"a\rb".to_owned(), &()).is_err());
        assert!(line(&"이력서\u{202e}".to_owned(), &()).is_err());
        assert!(paragraph(&"\u{202b}نص\u{202c}".to_owned(), &()).is_ok());
        for blank in [" \n", "\u{200b}", "\u{3164}"] {
            assert!(filled(&blank.to_owned(), &()).is_err(), "{}", blank.escape_unicode());
        }
    }
}
