//! What a statement looks like, whatever it says.

/// The most characters of a generated statement.
pub const STATEMENT_CHARACTERS: usize = 300;

/// The least letters or digits of a statement.
const LEAST_LETTERS: usize = 4;

/// The text of a statement as it may be shown; none if it says nothing, is too long, has several lines, or
/// holds what no line of a resume has.
pub(super) fn tidy(text: &str) -> Option<&str> {
    let text = text.trim();
    let letters = text.chars().filter(|character| character.is_alphanumeric()).count();
    let fits = letters >= LEAST_LETTERS && text.chars().count() <= STATEMENT_CHARACTERS;
    (fits && oddities(text).is_empty()).then_some(text)
}

/// Whether `after` holds what no line of a resume has, and `before` does not hold the same.
pub(super) fn adds(before: &str, after: &str) -> bool {
    let known = oddities(before);
    oddities(after).iter().any(|odd| !known.contains(odd))
}

/// What `text` holds that no line of a resume has: characters that are not seen or that turn the direction of
/// others, addresses, e-mail addresses, and marks of HTML or Markdown.
fn oddities(text: &str) -> Vec<&str> {
    let unseen = text.matches(is_unseen);
    let addresses = text.split_whitespace().filter(|word| is_address(word)).map(bare);
    unseen.chain(addresses).chain(tags(text)).chain(marks(text)).collect()
}

fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn is_address(word: &str) -> bool {
    let lower = word.to_lowercase();
    let is_mail = || {
        word.split_once('@').is_some_and(|(name, host)| {
            name.ends_with(char::is_alphanumeric)
                && host.contains('.')
                && host.starts_with(char::is_alphanumeric)
        })
    };
    lower.contains("://") || lower.contains("www.") || lower.contains("mailto:") || is_mail()
}

/// A word without the brackets, signs and Korean endings around it: `https://a.b` of `(https://a.b)를`.
fn bare(word: &str) -> &str {
    word.trim_matches(|character: char| !character.is_ascii_alphanumeric())
}

/// The elements of HTML in `text`, each from its name to its end.
fn tags(text: &str) -> impl Iterator<Item = &str> {
    text.split('<').skip(1).filter_map(|rest| {
        let name = rest.trim_start_matches(['/', '!']);
        let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
        let name = name.get(..end)?;
        let is_tag = name == "--" || TAGS.contains(&name.to_lowercase().as_str());
        rest.get(..=rest.find('>')?).filter(|_| is_tag)
    })
}

/// The marks of Markdown in `text`: where links lead, fences of code, what is bold, and the signs of headings.
fn marks(text: &str) -> impl Iterator<Item = &str> {
    let links = text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap_or(rest));
    let pieces: Vec<&str> = text.split("**").collect();
    let inner = pieces.len().saturating_sub(2);
    // In `**args and **kwargs`, `2 ** 3` and `src/**/*.rs` nothing is bold.
    let is_bold = |piece: &&str| {
        piece.starts_with(char::is_alphanumeric)
            && !piece.ends_with(|last: char| last.is_whitespace() || last == '/')
    };
    let bold = pieces.into_iter().skip(1).take(inner).filter(is_bold);
    let headings = text.lines().filter_map(|line| {
        let (signs, _) = line.trim_start().split_once(' ')?;
        ((1..=6).contains(&signs.len()) && signs.bytes().all(|byte| byte == b'#')).then_some(signs)
    });
    links.chain(text.matches("```")).chain(bold).chain(headings)
}

/// Elements of HTML that a text may be marked with; `Vec<String>` is none.
const TAGS: [&str; 24] = [
    "a", "b", "i", "u", "p", "br", "em", "h1", "h2", "h3", "div", "img", "svg", "pre", "code", "font",
    "span", "html", "body", "style", "script", "strong", "iframe", "object",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_line_stands() {
        for line in [
            "결제 실패 시 재시도 로직을 구현했습니다.",
            "Cut p99 from 800 ms to 200 ms (see the queue) & kept a < b",
            "Wrote a generic cache over Vec<String> and Box<T>",
            "@Transactional 범위를 줄였습니다",
            "Passed **args and **kwargs through; matched src/**/*.rs and docs/**/*.md",
        ] {
            assert_eq!(tidy(&format!("  {line} ")), Some(line));
        }
    }

    #[test]
    fn what_is_no_line_of_a_resume_does_not() {
        for text in [
            "",
            "...",
            "로그",
            "first\nsecond line of it",
            "see https://evil.example/x for more",
            "see www.evil.example for more",
            "[proof](somewhere) of work",
            "write to me@evil.example now",
            "<b>bold</b> words of mine",
            "**bold** words of mine",
            "## A heading of mine",
            "turned \u{202e}around words",
            "hid\u{200b}den words here",
        ] {
            assert_eq!(tidy(text), None, "{text:?}");
        }
        assert_eq!(tidy(&"가".repeat(STATEMENT_CHARACTERS + 1)), None);
        assert!(tidy(&"가".repeat(STATEMENT_CHARACTERS)).is_some());
    }

    #[test]
    fn a_text_adds_only_what_was_not_there() {
        let before = "see (https://a.example/x)와 <b>굵게</b>,\n👩\u{200d}💻 **빠르게** me@a.example";
        for after in [
            before,
            "https://a.example/x에서 보듯이",
            "me@a.example, https://a.example/x!",
            "두\n줄 👩\u{200d}💻",
            "<b>",
            "**빠르게** 했다",
            "a plain line",
        ] {
            assert!(!adds(before, after), "{after:?}");
        }
        for after in [
            "https://a.example/y",
            "https://a.example.evil.example/x",
            "www.evil.example",
            "you@a.example",
            "<a href=//evil.example>",
            "<b onclick=x>",
            "[x](//evil.example)",
            "**느리게** 했다",
            "# 제목",
            "```",
            "turned \u{202e}around",
            "hid\u{200b}den",
        ] {
            assert!(adds(before, after), "{after:?}");
        }
    }
}
