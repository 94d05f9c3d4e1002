//! The numbers that a line of Korean says, with their signs and units.

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// ℃: 도.
    Degrees,
    /// Percent.
    Percent,
    /// m/s, also of 초속 alone.
    MetresASecond,
    /// An hour of the day: 시.
    Hour,
    /// Something of which there are no facts, such as an amount, a duration or a date.
    Other,
    /// Nothing that is known to be a unit.
    None,
}

/// What stands behind a number, the longer before what it begins with.
const UNITS: [(&str, Unit); 30] = [
    ("도", Unit::Degrees),
    ("℃", Unit::Degrees),
    ("°", Unit::Degrees),
    ("˚", Unit::Degrees),
    ("º", Unit::Degrees),
    ("%", Unit::Percent),
    ("％", Unit::Percent),
    ("퍼센트", Unit::Percent),
    ("프로", Unit::Percent),
    ("m/s", Unit::MetresASecond),
    ("㎧", Unit::MetresASecond),
    ("mm", Unit::Other),
    ("㎜", Unit::Other),
    ("cm", Unit::Other),
    ("㎝", Unit::Other),
    ("km", Unit::Other),
    ("㎞", Unit::Other),
    ("밀리", Unit::Other),
    ("센티", Unit::Other),
    ("킬로", Unit::Other),
    ("미터", Unit::MetresASecond),
    ("m", Unit::MetresASecond),
    ("시간", Unit::Other),
    ("시", Unit::Hour),
    ("분", Unit::Other),
    ("일", Unit::Other),
    ("월", Unit::Other),
    ("년", Unit::Other),
    ("주", Unit::Other),
    ("배", Unit::Other),
];

/// What stands between the two numbers of a range.
const RANGE: [&str; 7] = ["~", "∼", "～", "〜", "-", "–", "에서"];

/// What stands before a number below nought.
const MINUS: [&str; 2] = ["-", "−"];
const BELOW_NOUGHT: [&str; 2] = ["영하", "마이너스"];

/// The whole numbers in a line; none if it has others, such as in parts or in other digits.
#[must_use]
pub fn numbers(line: &str) -> Option<Vec<(i32, Unit)>> {
    let mut numbers: Vec<(i32, Unit)> = Vec::new();
    // How many numbers at the end have the unit of the one that follows.
    let mut in_range = 0;
    let (mut before, mut rest) = ("", line);
    while let Some(begin) = rest.find(char::is_numeric) {
        let between = rest.get(..begin)?;
        rest = rest.get(begin..)?;
        let end = rest.find(|character: char| !character.is_numeric()).unwrap_or(rest.len());
        let (digits, behind) = rest.split_at(end);
        // Only those of ASCII are read.
        let number: i32 = digits.parse().ok()?;
        let mut behind_it = behind.chars();
        let is_part =
            matches!(behind_it.next(), Some('.' | ',')) && behind_it.next().is_some_and(char::is_numeric);
        if is_part {
            return None;
        }
        let is_negative = is_negative(between, !before.is_empty());
        let unit = unit(behind);
        numbers.push((if is_negative { -number } else { number }, unit));
        if unit == Unit::None && is_range(behind) {
            in_range += 1;
        } else {
            numbers.iter_mut().rev().take(in_range + 1).for_each(|(_, of)| *of = unit);
            in_range = 0;
        }
        (before, rest) = (digits, behind);
    }
    Some(numbers)
}

/// Whether the number behind `between` is below nought; what is between two numbers may be the line of a range.
fn is_negative(between: &str, is_behind_number: bool) -> bool {
    if is_behind_number && RANGE.contains(&between.trim()) {
        return false;
    }
    let words = between.trim_end();
    MINUS.iter().any(|sign| between.ends_with(sign)) || BELOW_NOUGHT.iter().any(|word| words.ends_with(word))
}

fn unit(behind: &str) -> Unit {
    let behind = behind.trim_start();
    UNITS.iter().find(|(name, _)| behind.starts_with(name)).map_or(Unit::None, |(_, unit)| *unit)
}

/// Whether a range goes on behind its first number.
fn is_range(behind: &str) -> bool {
    let behind = behind.trim_start();
    let is_number = |rest: &str| {
        let rest = rest.trim_start();
        let rest = MINUS.iter().chain(&BELOW_NOUGHT).find_map(|sign| rest.strip_prefix(sign)).unwrap_or(rest);
        rest.trim_start().starts_with(char::is_numeric)
    };
    RANGE.iter().any(|sign| behind.strip_prefix(sign).is_some_and(is_number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_a_sign_and_a_unit() {
        for (line, expected) in [
            ("3도", (3, Unit::Degrees)),
            ("-3℃", (-3, Unit::Degrees)),
            ("영하 3도", (-3, Unit::Degrees)),
            ("영하3 °C", (-3, Unit::Degrees)),
            ("마이너스 3도", (-3, Unit::Degrees)),
            ("영상 3도", (3, Unit::Degrees)),
            ("습도 40%", (40, Unit::Percent)),
            ("바람 5m/s", (5, Unit::MetresASecond)),
            ("초속 5미터", (5, Unit::MetresASecond)),
            ("15시쯤", (15, Unit::Hour)),
            ("3시간", (3, Unit::Other)),
            ("5mm", (5, Unit::Other)),
            ("5 cm", (5, Unit::Other)),
            ("2겹", (2, Unit::None)),
        ] {
            assert_eq!(numbers(line), Some(vec![expected]), "{line}");
        }
        for line in ["8.5도", "1,000도", "⑧도", "８도", "99999999999도"] {
            assert_eq!(numbers(line), None, "{line}");
        }
    }

    #[test]
    fn the_numbers_of_a_range_have_one_unit_and_the_line_between_them_is_no_sign() {
        for line in ["3~8도", "3 ~ 8도", "3-8도", "3에서 8도"] {
            let range = vec![(3, Unit::Degrees), (8, Unit::Degrees)];
            assert_eq!(numbers(line), Some(range), "{line}");
        }
        assert_eq!(numbers("-8~-3도"), Some(vec![(-8, Unit::Degrees), (-3, Unit::Degrees)]));
        assert_eq!(numbers("3도, -8도"), Some(vec![(3, Unit::Degrees), (-8, Unit::Degrees)]));
    }
}
