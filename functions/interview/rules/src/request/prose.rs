//! Whether a content is a text that somebody could be asked about, before a model is paid for reading it.
//!
//! A file in base64 or hexadecimal has no words: it is one run of letters and digits, or pieces of one.

/// The most letters of a word in ASCII: longer ones are no words of any language a resume is in.
const WORD: usize = 30;

/// The longest run of ASCII letters, digits, `+` and `/` that a text may have. A path in an address is
/// shorter; a file in base64 that stands between words is longer.
const RUN: usize = 256;

/// A text is one if at least one in this many visible characters stands in a word: tables of dates, numbers
/// and addresses have a third or more, pieces of base64 a fiftieth.
const SHARE: usize = 5;

/// Whether enough of `text` stands in words, and nothing in it is a file.
pub(super) fn has_words(text: &str) -> bool {
    let visible = text.chars().filter(|character| !character.is_whitespace()).count();
    let words = text.split(|character: char| !character.is_alphanumeric()).map(letters).sum::<usize>();
    let encoded = |character: char| character.is_ascii_alphanumeric() || matches!(character, '+' | '/');
    let longest = text.split(|character| !encoded(character)).map(str::len).max().unwrap_or(0);
    words > 0 && words * SHARE >= visible && longest <= RUN
}

/// The letters of `run`, letters and digits without anything between them, if it is a word.
fn letters(run: &str) -> usize {
    if run.is_ascii() {
        let is_word = run.len() <= WORD && run.bytes().all(|byte| byte.is_ascii_alphabetic());
        return if is_word { run.len() } else { 0 };
    }
    // Scripts without spaces have long runs. A syllable says as much as two letters; lone Korean letters
    // (`ㅋㅋㅋ`) say nothing.
    let lone = |character: &char| matches!(character, '\u{3131}'..='\u{318e}');
    2 * run.chars().filter(|character| character.is_alphabetic() && !lone(character)).count()
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE};

    use super::*;

    /// Bytes without a pattern.
    fn noise(length: usize) -> Vec<u8> {
        let step = |state: &mut u64| {
            *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            Some(state.to_be_bytes()[0])
        };
        std::iter::successors(Some(7_u64), |state| Some(*state))
            .scan(7_u64, |state, _| step(state))
            .take(length)
            .collect()
    }

    #[test]
    fn resumes_are_text() {
        for text in [
            "안녕하세요",
            "Java",
            "결제서버의응답시간을반으로줄였습니다.",
            "서버开发者として5年間働きました。",
            "Ich entwickle Donaudampfschifffahrtsgesellschaften.",
            "Java 17, K8s, EC2 🎉🎉",
            "2020.01 - 2021.02 | 쇼핑몰 | 40%\n2021.03 - 2023.12 | 결제 | 99.9%",
            "https://github.com/maru/blog/commit/0123456789abcdef0123456789abcdef01234567 결제 모듈 분리",
            "-----------------------------------------\nBackend engineer, 5 years",
        ] {
            assert!(has_words(text), "{text}");
        }
        let with_key =
            format!("공개 키: {}\n{}", STANDARD.encode(noise(96)), "결제 서버를 만들었습니다. ".repeat(8));
        assert!(has_words(&with_key));
    }

    #[test]
    fn files_and_noise_are_not() {
        let lines = |text: String| {
            text.as_bytes().chunks(76).map(|line| String::from_utf8_lossy(line) + "\n").collect::<String>()
        };
        let hex: String = noise(1_000).iter().map(|byte| format!("{byte:02x}")).collect();
        for text in [
            STANDARD.encode(noise(2_900)),
            lines(STANDARD.encode(noise(2_900))),
            lines(URL_SAFE.encode(noise(2_900))),
            format!("제 이력서입니다: {}", STANDARD.encode(noise(2_900))),
            format!("{} {}", "결제 서버를 만들었습니다.".repeat(100), STANDARD.encode(vec![0; 900])),
            hex,
            "JVBERi0xLjQKJeLjz9MKMyAwIG9iago8PC9MZW5ndGgg".repeat(20),
            "🎉😀👍🏽".to_owned(),
            "ㅋㅋㅋㅋ ㅠㅠ".to_owned(),
            "010-1234-5678".to_owned(),
            "... !!! ???".to_owned(),
            "a".repeat(1_000),
        ] {
            assert!(!has_words(&text), "{}", text.chars().take(80).collect::<String>());
        }
    }
}
