//! What a commit message or the title of a pull request says, without the marks around it.

/// The most characters of a message's body that are kept.
const BODY_CHARACTERS: usize = 400;

/// A message in its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What kind of change it says to be, in small letters: `feat`, `fix`, …; none if it does not say.
    pub kind: Option<String>,
    /// The first line, without marks.
    pub subject: String,
    /// The rest, without what programs added; shortened.
    pub body: String,
}

/// Reads a message. Taken off the first line are a kind as Conventional Commits write it (`feat(auth): …`), in
/// brackets (`[Feat] …`) or as an emoji code (`:sparkles: …`), and the number of an issue or pull request at
/// either end (`#12`, `(#12)`); off the rest the trailers, such as `Signed-off-by`.
#[must_use]
pub fn read(message: &str) -> Said {
    let (first, rest) = message.split_once('\n').unwrap_or((message, ""));
    let mut kind = None;
    let mut subject = first.trim();
    while let Some((found, after)) = mark(subject) {
        kind = kind.or(found);
        subject = after;
    }
    Said { kind, subject: without_number(subject).to_owned(), body: body(rest) }
}

/// The first `characters` of a text, or all of it.
#[must_use]
pub fn beginning(text: &str, characters: usize) -> &str {
    let end = text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

/// A mark at the beginning of a subject: the kind that it names, if any, and what follows.
fn mark(subject: &str) -> Option<(Option<String>, &str)> {
    bracketed(subject).or_else(|| emoji(subject)).or_else(|| numbered(subject)).or_else(|| typed(subject))
}

/// `[Feat] …`
fn bracketed(subject: &str) -> Option<(Option<String>, &str)> {
    let (inside, after) = subject.strip_prefix('[')?.split_once(']')?;
    let after = after.trim_start().trim_start_matches(':').trim_start();
    let short = inside.chars().count() <= 20 && !after.is_empty();
    short.then(|| (word(inside), after))
}

/// `:sparkles: …`, or an emoji itself.
fn emoji(subject: &str) -> Option<(Option<String>, &str)> {
    let coded = subject.strip_prefix(':').and_then(|rest| rest.split_once(':'));
    let coded = coded
        .filter(|(name, _)| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'));
    let drawn = || {
        let after = subject.trim_start_matches(|c: char| !c.is_ascii() && !c.is_alphanumeric());
        (after.len() < subject.len()).then_some(after)
    };
    let after = coded.map(|(_, after)| after).or_else(drawn)?.trim_start();
    (!after.is_empty()).then_some((None, after))
}

/// `#12 …`
fn numbered(subject: &str) -> Option<(Option<String>, &str)> {
    let rest = subject.strip_prefix('#')?;
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let after = (after.len() < rest.len()).then_some(after)?;
    let after = after.trim_start_matches([':', '-', ' ']);
    (!after.is_empty()).then_some((None, after))
}

/// `feat(auth)!: …`, `Fix : …`
fn typed(subject: &str) -> Option<(Option<String>, &str)> {
    let (before, after) = subject.split_once(':')?;
    let name =
        before.split_once('(').map_or(before, |(name, scope)| if scope.contains(')') { name } else { "" });
    let kind = word(name.trim_end_matches('!').trim())?;
    let known = KINDS.contains(&kind.as_str());
    let after = after.trim_start();
    (known && !after.is_empty()).then_some((Some(kind), after))
}

const KINDS: [&str; 21] = [
    "feat", "feature", "add", "fix", "bugfix", "hotfix", "bug", "perf", "refactor", "refact", "docs", "doc",
    "test", "tests", "chore", "style", "build", "ci", "revert", "design", "rename",
];

fn word(text: &str) -> Option<String> {
    let is_word = !text.is_empty() && text.chars().all(char::is_alphabetic);
    is_word.then(|| text.to_lowercase())
}

/// Without `(#12)` or `#12` at the end.
fn without_number(subject: &str) -> &str {
    let bare = subject.trim_end();
    let inner = bare
        .strip_suffix(')')
        .map_or(bare, |inner| if inner.ends_with(|c: char| c.is_ascii_digit()) { inner } else { bare });
    let before = inner.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = inner.len() - before.len();
    let opened = if inner.len() < bare.len() { before.strip_suffix("(#") } else { before.strip_suffix(" #") };
    match opened.map(str::trim_end) {
        Some(said) if digits > 0 && !said.is_empty() => said,
        _ => bare,
    }
}

/// The paragraphs, each on a line: people break the lines of a message at 72 characters.
fn body(rest: &str) -> String {
    let mut text = String::new();
    let mut goes_on = false;
    for line in rest.lines().map(str::trim) {
        if line.is_empty() || is_trailer(line) {
            goes_on = false;
            continue;
        }
        add_line(&mut text, line, goes_on && !is_item(line));
        goes_on = true;
    }
    beginning(&text, BODY_CHARACTERS).to_owned()
}

/// Adds a line to a text: to its last line if it goes on there, else as a new one.
pub(super) fn add_line(text: &mut String, line: &str, goes_on: bool) {
    if !text.is_empty() {
        text.push(if goes_on { ' ' } else { '\n' });
    }
    text.push_str(line);
}

/// Whether a line begins an item of a list or a row of a table.
pub(super) fn is_item(line: &str) -> bool {
    let numbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = numbered.len() < line.len() && numbered.starts_with([')', '.']);
    numbered || line.starts_with(['-', '*', '+', '|', '>', '•'])
}

/// `Signed-off-by: …` and its like; also the lines that templates of pull requests and merges leave.
fn is_trailer(line: &str) -> bool {
    let lower = line.to_lowercase();
    let token = lower.split_once(':').map(|(token, _)| token);
    let by = token.is_some_and(|token| token.ends_with("-by") || token == "change-id");
    by || lower.starts_with("<!--") || lower.starts_with("- [ ]") || lower.starts_with("- [x]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_off_and_kinds_are_kept() {
        for (message, kind, subject) in [
            ("feat(auth)!: add a login by e-mail (#12)", Some("feat"), "add a login by e-mail"),
            ("Fix : 로그인 오류 수정 #7", Some("fix"), "로그인 오류 수정"),
            ("[Feat] 결제 재시도 추가", Some("feat"), "결제 재시도 추가"),
            ("[REFACTOR]: 쿼리 정리", Some("refactor"), "쿼리 정리"),
            ("#31 feat: 알림 목록", Some("feat"), "알림 목록"),
            (":sparkles: feat: Dark mode", Some("feat"), "Dark mode"),
            ("✨ Dark mode", None, "Dark mode"),
            ("Handle http: prefixes", None, "Handle http: prefixes"),
            ("https://example.com moved", None, "https://example.com moved"),
            ("Note: nothing here", None, "Note: nothing here"),
            ("Use C# (12)", None, "Use C# (12)"),
            ("Bump to 3.2", None, "Bump to 3.2"),
        ] {
            let said = read(message);
            assert_eq!((said.kind.as_deref(), said.subject.as_str()), (kind, subject), "{message}");
        }
    }

    #[test]
    fn a_subject_of_marks_only_stays() {
        for message in ["#12", "[Feat]", ":tada:", "🎉", "(#3)", ""] {
            assert_eq!(read(message).subject, message.trim(), "{message}");
        }
    }

    #[test]
    fn the_body_is_without_trailers_and_bounded() {
        let said = read(
            "fix: x\n\nThe queue lost messages.\n\nSigned-off-by: A <a@b>\nCo-authored-by: B <b@c>\n- [ ] tests",
        );
        assert_eq!(said.body, "The queue lost messages.");
        let wrapped = read("x\n\nOne sentence that\ngoes on.\n\nAnother\n- one\n- two\n  of it");
        assert_eq!(wrapped.body, "One sentence that goes on.\nAnother\n- one\n- two of it");
        assert_eq!(read(&format!("x\n{}", "가".repeat(1_000))).body.chars().count(), BODY_CHARACTERS);
    }
}
