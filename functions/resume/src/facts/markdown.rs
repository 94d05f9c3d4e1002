//! A README as plain sections: what a reader would see of it, without badges, code and marks.

use super::message::{add_line, beginning, is_item};

/// The most sections that are kept.
const MOST_SECTIONS: usize = 6;

/// The most characters of a section that are kept.
const SECTION_CHARACTERS: usize = 500;

/// The most characters of a line that are read: a link may be looked for from each of them to the end.
const LINE_CHARACTERS: usize = 500;

/// A section of a README.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its heading; empty for what stands before the first.
    pub heading: String,
    /// Its text, shortened.
    pub text: String,
}

/// The first sections of `markdown` that say something; in their texts, each paragraph and each item of a
/// list is a line.
#[must_use]
pub fn sections(markdown: &str) -> Vec<Section> {
    let mut sections = vec![Section { heading: String::new(), text: String::new() }];
    let (mut fenced, mut goes_on) = (false, false);
    for line in markdown.lines() {
        let line = beginning(line.trim(), LINE_CHARACTERS);
        let fence = line.starts_with("```") || line.starts_with("~~~");
        fenced ^= fence;
        if fenced || fence || line.is_empty() {
            goes_on = false;
        } else if let Some(heading) = heading(line) {
            sections.push(Section { heading, text: String::new() });
            goes_on = false;
        } else if let Some(section) = sections.last_mut() {
            let said = plain(line);
            if said.chars().any(char::is_alphanumeric) && section.text.chars().count() < SECTION_CHARACTERS {
                add_line(&mut section.text, &said, goes_on && !is_item(line));
                goes_on = true;
            }
        }
    }
    sections.retain(|section| section.text.chars().filter(|c| c.is_alphanumeric()).count() >= 10);
    sections.truncate(MOST_SECTIONS);
    for section in &mut sections {
        section.text = beginning(&section.text, SECTION_CHARACTERS).to_owned();
    }
    sections
}

fn heading(line: &str) -> Option<String> {
    let after = line.trim_start_matches('#');
    let depth = line.len() - after.len();
    let is_heading = (1..=6).contains(&depth) && (after.is_empty() || after.starts_with(' '));
    is_heading.then(|| plain(after.trim_end_matches('#')))
}

/// A line without images, addresses, tags and the marks of emphasis, lists and tables.
fn plain(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line.trim_start_matches(['-', '*', '+', '>', ' ', '|']);
    while let Some(character) = rest.chars().next() {
        if let Some((said, after)) = link(rest).or_else(|| tag(rest)) {
            plain.push_str(&said);
            rest = after;
            continue;
        }
        rest = rest.get(character.len_utf8()..).unwrap_or_default();
        match character {
            '*' | '`' => {}
            '|' => plain.push(' '),
            other => plain.push(other),
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `![alt](address)` is nothing, `[text](address)` its text.
fn link(rest: &str) -> Option<(String, &str)> {
    let image = rest.strip_prefix("![");
    let inside = image.or_else(|| rest.strip_prefix('['))?;
    let (text, after) = closed(inside, '[', ']')?;
    let (_, after) = closed(after.strip_prefix('(')?, '(', ')')?;
    Some((if image.is_some() { String::new() } else { plain(text) }, after))
}

/// `<b>` is nothing.
fn tag(rest: &str) -> Option<(String, &str)> {
    let inside = rest.strip_prefix('<')?;
    inside.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!').then_some(())?;
    inside.split_once('>').map(|(_, after)| (String::new(), after))
}

/// What stands before the `close` that belongs to an `open` already read, and what follows it. A badge that is
/// a link holds brackets within brackets; anything deeper is no Markdown that people write.
fn closed(text: &str, open: char, close: char) -> Option<(&str, &str)> {
    let mut depth = 0_u32;
    for (at, character) in text.char_indices() {
        if character == open && depth < 4 {
            depth += 1;
        } else if character == close {
            if depth == 0 {
                return Some((text.get(..at)?, text.get(at + close.len_utf8()..)?));
            }
            depth -= 1;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_readme_becomes_its_sections_without_badges_and_code() {
        let markdown = "\
[![build](https://ci/x.svg)](https://ci)
# **Maru** payments
A payment service with [retries](https://x)
and `idempotent` writes.

```sh
rm -rf everything
```
## Features
* Retries up to three times
- 결제 취소와 환불
| a | b |
|---|---|
## Licence
MIT";
        let sections = sections(markdown);
        let expected = [
            ("Maru payments", "A payment service with retries and idempotent writes."),
            ("Features", "Retries up to three times\n결제 취소와 환불\na b"),
        ];
        let told: Vec<(&str, &str)> =
            sections.iter().map(|section| (section.heading.as_str(), section.text.as_str())).collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn a_readme_without_headings_is_one_section() {
        assert_eq!(sections("just a few words here")[0].text, "just a few words here");
        assert!(sections("").is_empty() && sections("# T\n\n![only](a-picture.png)").is_empty());
    }

    #[test]
    fn a_long_readme_is_bounded() {
        let long = "# h\nsome words that say something\n".repeat(1_000) + &"x ".repeat(100_000);
        let sections = sections(&long);
        assert_eq!(sections.len(), MOST_SECTIONS);
        assert!(sections.iter().all(|section| section.text.chars().count() <= SECTION_CHARACTERS));
    }

    proptest! {
        #[test]
        fn any_text_gives_bounded_sections(text in "[#\\[\\]()!<>*`| \\na가😀]{0,300}") {
            for section in sections(&text) {
                prop_assert!(section.text.chars().count() <= SECTION_CHARACTERS);
            }
        }
    }
}
