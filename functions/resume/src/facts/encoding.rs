//! Files as text, whatever they were saved as.

/// The most characters of a file that are read.
const MOST_CHARACTERS: usize = 200_000;

/// The text of a file: UTF-8, or UTF-16 as older Windows editors save it, told by its byte order mark or by
/// the zeros that every ASCII letter has in it. What is neither is read as far as it goes.
#[must_use]
pub fn text(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [0xff, 0xfe, rest @ ..] => utf_16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf_16(rest, u16::from_be_bytes),
        _ if mostly_zero(bytes, 1) => utf_16(bytes, u16::from_le_bytes),
        _ if mostly_zero(bytes, 0) => utf_16(bytes, u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    };
    text.chars().filter(|character| *character != '\0').take(MOST_CHARACTERS).collect()
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).filter_map(|pair| <[u8; 2]>::try_from(pair).ok()).map(unit);
    char::decode_utf16(units).map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Whether every other byte, from `first` on, is zero more often than not.
fn mostly_zero(bytes: &[u8], first: usize) -> bool {
    let sample: Vec<u8> = bytes.iter().skip(first).step_by(2).take(200).copied().collect();
    let zeros = sample.iter().filter(|byte| **byte == 0).count();
    sample.len() >= 4 && zeros * 2 > sample.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const README: &str = "# 마루 Maru\nThe open hall 😀";

    fn bytes(text: &str, mark: &[u8], unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        mark.iter().copied().chain(text.encode_utf16().flat_map(unit)).collect()
    }

    #[test]
    fn utf_8_and_both_kinds_of_utf_16_are_read() {
        assert_eq!(text(README.as_bytes()), README);
        assert_eq!(text(&[&[0xef, 0xbb, 0xbf], README.as_bytes()].concat()), README);
        assert_eq!(text(&bytes(README, &[0xff, 0xfe], u16::to_le_bytes)), README);
        assert_eq!(text(&bytes(README, &[0xfe, 0xff], u16::to_be_bytes)), README);
    }

    #[test]
    fn utf_16_without_a_mark_is_told_by_its_zeros() {
        let english = "# maru\nThe open hall";
        assert_eq!(text(&bytes(english, &[], u16::to_le_bytes)), english);
        assert_eq!(text(&bytes(english, &[], u16::to_be_bytes)), english);
    }

    #[test]
    fn what_is_no_text_is_read_as_far_as_it_goes() {
        assert_eq!(text(b"ok \xff\xfe\xfd end"), "ok \u{fffd}\u{fffd}\u{fffd} end");
        assert_eq!(text(&[]), "");
        assert_eq!(text(&[0xff, 0xfe, 0x41]), "");
    }

    proptest! {
        #[test]
        fn any_bytes_give_some_text(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            prop_assert!(!text(&bytes).contains('\0'));
        }
    }
}
