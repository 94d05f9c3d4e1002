//! Where personal data stands in a text.

use std::ops::Range;

use super::groups::Groups;
use super::seen::Seen;
use super::{email, phone, resident, word};

/// A kind of personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// 전화번호
    Phone,
    /// 이메일
    Email,
    /// 주민등록번호
    Resident,
}

/// Everything to be hidden in `text`: its kind and its bytes, in order and without overlaps.
///
/// A number is looked for at each group of digits, also within one that is found already: of
/// `032 010-1234-5678` either half may be one, so both are hidden together.
pub(super) fn find(text: &str) -> Vec<(Kind, Range<usize>)> {
    let seen = Seen::of(text);
    let mut addresses = email::find(&seen).into_iter().peekable();
    let mut found: Vec<(Kind, Range<usize>)> = Vec::new();
    for at in 0..seen.characters.len() {
        // An address may begin with what would be a number.
        let address = addresses.next_if(|address| address.start == at);
        add(&mut found, address.map(|address| (Kind::Email, address)));
        let from = found.last().map_or(0, |(_, last)| last.end.min(at));
        add(&mut found, number(&seen, at, from));
    }
    found.into_iter().filter_map(|(kind, range)| Some((kind, seen.bytes(&range)?))).collect()
}

/// Adds what was found next, as a part of the last if they overlap.
fn add(found: &mut Vec<(Kind, Range<usize>)>, next: Option<(Kind, Range<usize>)>) {
    let Some((kind, next)) = next else { return };
    match found.last_mut().filter(|(_, last)| next.start < last.end) {
        Some((_, last)) => *last = last.start.min(next.start)..last.end.max(next.end),
        None => found.push((kind, next)),
    }
}

/// The number whose first digit stands at `at`, with a `+` or a parenthesis that belongs to it. What stands before
/// `from` is hidden already, and no word that the number could be a part of.
fn number(seen: &Seen, at: usize, from: usize) -> Option<(Kind, Range<usize>)> {
    let groups = Groups::read(seen, at, from)?;
    let (kind, count) = match resident::count(&groups) {
        Some(count) => (Kind::Resident, count),
        None => (Kind::Phone, phone::count(&groups)?),
    };
    let is_mobile = kind == Kind::Phone && phone::is_whole_mobile(&groups);
    // Digits without a break may be a part of a name: `SN01012345678`.
    if count == 1 && word::has(&groups.around(seen, from), is_mobile) {
        return None;
    }
    Some((kind, groups.range(seen, count)))
}
