//! Telephone numbers: those of Korea in all spellings; those of other countries with a `+`, with a trunk zero and
//! in three groups, or as North America writes them.

use super::groups::Groups;

/// The fewest and the most digits behind a `+` (ITU-T E.164 allows 15; the shortest in use have 8 or 9).
const INTERNATIONAL: std::ops::RangeInclusive<usize> = 9..=15;

/// How many of the groups are a telephone number: the most that can be.
pub(super) fn count(groups: &Groups) -> Option<usize> {
    let fits = |count: &usize| {
        groups.first(*count).is_some_and(|(digits, cuts)| {
            let korean = Korean::of(digits, groups.plus).filter(|number| number.is_cut(cuts));
            let is_plain = *count <= groups.plain;
            korean.is_some_and(|number| is_plain || number.is_mobile())
                || (is_plain && is_foreign(digits, cuts, groups))
        })
    };
    (1..=groups.ends.len()).rev().find(fits)
}

/// Whether the first group alone is a mobile number of Korea with all eight digits of its subscriber.
pub(super) fn is_whole_mobile(groups: &Groups) -> bool {
    let number = groups.first(1).and_then(|(digits, _)| Korean::of(digits, groups.plus));
    number.is_some_and(|number| number.is_mobile() && number.line == 8)
}

/// The parts of a number of Korea, in their order.
struct Korean<'a> {
    /// How many digits the country's code takes: 2, 4 or none.
    country: usize,
    /// How many the trunk zero takes.
    trunk: usize,
    /// The area code or the prefix of a service.
    area: &'a str,
    /// How many digits the subscriber's own number has.
    line: usize,
}

impl<'a> Korean<'a> {
    fn of(digits: &'a str, plus: bool) -> Option<Self> {
        let country = country_digits(digits, plus);
        let rest = digits.get(country..)?;
        let subscriber = rest.strip_prefix('0').or((country > 0).then_some(rest))?;
        let area = subscriber.get(..area_digits(subscriber)?)?;
        let line = subscriber.len() - area.len();
        matches!(line, 7 | 8).then_some(Self { country, trunk: rest.len() - subscriber.len(), area, line })
    }

    fn is_mobile(&self) -> bool {
        self.area.starts_with('1')
    }

    /// Whether `cuts` are nowhere but where its parts meet, or behind every digit.
    fn is_cut(&self, cuts: &[usize]) -> bool {
        let area = self.country + self.trunk;
        let line = area + self.area.len();
        let digits = line + self.line;
        let joints = [self.country, area, line, digits - 4];
        cuts.iter().all(|cut| joints.contains(cut)) || cuts.len() + 1 == digits
    }
}

/// How many digits the code of Korea takes in front of a number: `82` behind a `+` or before a mobile number,
/// `0082`.
fn country_digits(digits: &str, plus: bool) -> usize {
    let mobile = |rest: &str| rest.starts_with("10") || rest.starts_with("010");
    if digits.starts_with("0082") {
        return 4;
    }
    let code = digits.strip_prefix("82").is_some_and(|rest| plus || mobile(rest));
    if code { 2 } else { 0 }
}

/// How many digits of a number without its leading zero are the area code or the prefix of a service.
fn area_digits(subscriber: &str) -> Option<usize> {
    match subscriber.as_bytes() {
        // Seoul. No line of an area begins with 0: `02 010-1234` is the end of a date and half a mobile number
        [b'2', b'1'..=b'9', ..] => Some(1),
        // Numbers that forward to others, 0502–0508
        [b'5', b'0', b'2'..=b'8', ..] => Some(3),
        // Mobile, internet telephony and free numbers, provinces
        [b'1', b'0' | b'1' | b'6'..=b'9', ..]
        | [b'7' | b'8', b'0', ..]
        | [b'3'..=b'6', b'1'..=b'5', b'1'..=b'9', ..] => Some(2),
        _ => None,
    }
}

/// A number of another country. What keeps its groups together is what keeps those of any number.
fn is_foreign(digits: &str, cuts: &[usize], groups: &Groups) -> bool {
    (groups.plus && is_international(digits))
        || is_national(digits, cuts)
        || is_north_american(digits, cuts, &groups.between)
}

fn is_international(digits: &str) -> bool {
    // Country codes 1 and 7 have numbers of one length.
    let fixed = digits.starts_with(['1', '7']);
    if fixed { digits.len() == 11 } else { !digits.starts_with('0') && INTERNATIONAL.contains(&digits.len()) }
}

/// `090-1234-5678`, `020 7946 0958`: a trunk zero, three groups, the last of four digits.
fn is_national(digits: &str, cuts: &[usize]) -> bool {
    let [first @ 2..=4, second] = cuts else { return false };
    let grouped = matches!(second - first, 3 | 4) && digits.len() - second == 4;
    digits.starts_with('0') && grouped && matches!(digits.len(), 10 | 11)
}

/// `(415) 555-2671`, `415.555.2671`, `1-415-555-2671`: neither the area nor the exchange begins with 0 or 1.
fn is_north_american(digits: &str, cuts: &[usize], between: &[String]) -> bool {
    let (area, cuts, between) = match cuts {
        [1, rest @ ..] if digits.starts_with('1') => (1, rest, between.get(1..).unwrap_or_default()),
        _ => (0, cuts, between),
    };
    let code = |from: usize| digits.get(from..from + 1).is_some_and(|digit| !matches!(digit, "0" | "1"));
    // Spaces alone do not make one: `200 300 4000` may be anything.
    let sign = |first: &str, second| first.contains(')') || (first == second && !first.trim().is_empty());
    let signs = matches!(between, [first, second, ..] if sign(first, second));
    digits.len() == area + 10 && cuts == [area + 3, area + 6] && code(area) && code(area + 3) && signs
}
