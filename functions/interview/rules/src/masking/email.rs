//! E-mail addresses: ASCII, as nearly all are.

use std::ops::Range;

use maru_document::is_email_address;

use super::seen::Seen;

/// The most characters before the `@`, and behind it (RFC 5321 §4.5.3.1).
const LOCAL: usize = 64;
const DOMAIN: usize = 255;

/// Where addresses stand, in order and without overlaps.
pub(super) fn find(seen: &Seen) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let signs = (0..seen.characters.len()).filter(|at| seen.at(*at) == Some('@'));
    for sign in signs {
        let from = found.last().map_or(0, |last| last.end);
        found.extend(around(seen, sign, from));
    }
    found
}

/// The longest address around the `@` at `sign` that does not begin before `from`: what stands right before or behind one, such as the full stop of
/// a sentence, is no part of it.
fn around(seen: &Seen, sign: usize, from: usize) -> Option<Range<usize>> {
    let is = |at: usize, of: fn(char) -> bool| seen.at(at).is_some_and(of);
    let far = (sign + 1..).take(DOMAIN).take_while(|at| is(*at, is_domain)).last()? + 1;
    let end = (sign + 2..=far).rev().find(|end| {
        let domain = seen.text(sign + 1..*end);
        let top = domain.rsplit('.').next().unwrap_or_default();
        let is_name = top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic());
        is_name && is_email_address(&format!("a@{domain}"))
    })?;
    let far = (from..sign).rev().take(LOCAL).take_while(|at| is(*at, is_local)).last()?;
    let start = (far..sign).find(|start| is_email_address(&seen.text(*start..end)))?;
    Some(start..end)
}

const fn is_local(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '.' | '_' | '%' | '+' | '-' | '\'')
}

const fn is_domain(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '.' | '-')
}
