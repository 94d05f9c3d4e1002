//! Whether digits without a break are a part of a name or of a decimal: `SN01012345678`, `0.01012345678`.

/// What people write right before their number.
const LABELS: [&str; 14] = [
    "tel",
    "telephone",
    "phone",
    "ph",
    "hp",
    "h.p",
    "handphone",
    "m",
    "mobile",
    "mob",
    "cell",
    "cellphone",
    "call",
    "contact",
];

/// The characters around some digits, as far as they are looked at.
pub(super) struct Around {
    /// Right before them.
    pub before: String,
    /// Right behind them.
    pub behind: String,
}

/// Whether the digits between are a part of a name or of a decimal.
///
/// If they are a whole mobile number, letters behind them and a decimal of 1 or more are too weak a sign:
/// `01012345678kim` is followed by a name, and `1.01012345678` is the first of a list.
pub(super) fn has(around: &Around, is_mobile: bool) -> bool {
    let behind = around.behind.trim_start_matches('_');
    let goes_on = !is_mobile && behind.starts_with(|next: char| next.is_ascii_alphabetic());
    goes_on || is_named(&around.before) || is_decimal(&around.before, is_mobile)
}

/// Whether `before` ends in letters other than a label, with or without a `_` behind them.
pub(super) fn is_named(before: &str) -> bool {
    let before = before.to_ascii_lowercase();
    let word = before.trim_end_matches('_');
    let ends_in_letter = |text: &str| text.ends_with(|last: char| last.is_ascii_alphabetic());
    let is_label = |label| word.strip_suffix(label).is_some_and(|rest| !ends_in_letter(rest));
    ends_in_letter(word) && !LABELS.into_iter().any(is_label)
}

/// Whether `before` ends in the whole part of a decimal and its point.
fn is_decimal(before: &str, is_mobile: bool) -> bool {
    let is_digit = |character: char| character.is_ascii_digit();
    let Some(number) = before.strip_suffix(['.', ',']) else { return false };
    let rest = number.trim_end_matches(is_digit);
    let whole = number.get(rest.len()..).unwrap_or_default();
    // Digits before that make it a date or another number: `2021.03.02.`, `010-1234-5678,`.
    let is_last_of_many =
        rest.strip_suffix(['.', ',', '-', '/', '~', '_']).is_some_and(|rest| rest.ends_with(is_digit));
    let is_whole = if is_mobile { whole == "0" } else { (1..=3).contains(&whole.len()) };
    is_whole && !is_last_of_many
}
