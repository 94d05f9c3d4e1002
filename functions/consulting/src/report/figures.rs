//! Numbers in texts: a model must not say one that nobody gave it.

use std::collections::BTreeSet;

use serde_json::Value;

/// Words that multiply the number before them. `3만` is not 3, so it is known only where `3만` was written.
const KOREAN_UNITS: [char; 5] = ['백', '천', '만', '억', '조'];
const ENGLISH_UNITS: [&str; 3] = ["thousand", "million", "billion"];

/// What stands between the ends of a range.
const RANGE_MARKS: [char; 5] = ['–', '-', '~', '—', '〜'];

/// Numbers that are known to be true, because they stand in the facts, in a source or in a verified count.
///
/// Numbers are compared as they are written, but for thousands separators and zeros that mean nothing:
/// `1,200` is `1200`, `07` is `7`, `75.0` is `75`. A range is a figure of its own: that learners watched
/// `0–9` percent does not make 9 a true number. Units are not compared, and numbers in words (`세 명`,
/// `three`) are not looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures(BTreeSet<String>);

impl Figures {
    /// Adds the numbers in a text.
    pub fn add_text(&mut self, text: &str) {
        self.0.extend(figures(text));
    }

    /// Adds the numbers in the values of a JSON document; names of fields are not data.
    pub fn add_json(&mut self, data: &Value) {
        match data {
            Value::Number(number) => self.add_text(&number.to_string()),
            Value::String(text) => self.add_text(text),
            Value::Array(items) => items.iter().for_each(|item| self.add_json(item)),
            Value::Object(fields) => fields.values().for_each(|value| self.add_json(value)),
            Value::Null | Value::Bool(_) => {}
        }
    }

    /// Whether each number in `text` is known, here or in `also`.
    pub fn cover(&self, text: &str, also: &Self) -> bool {
        figures(text).iter().all(|figure| self.0.contains(figure) || also.0.contains(figure))
    }
}

/// All numbers and ranges in a text, in their plain form.
fn figures(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.find(char::is_numeric) {
        let (runs, after) = chain(rest.get(first..).unwrap_or_default());
        let numbers: Vec<String> = runs.iter().flat_map(|run| numbers(run)).collect();
        match (runs.len(), &numbers[..]) {
            (2, [from, to]) => found.push(format!("{from}–{to}")),
            // One number, or a date such as `2025-09-07`.
            _ => found.extend(numbers),
        }
        if let (Some(unit), Some(last)) = (unit(after), found.last_mut()) {
            last.push_str(&unit);
        }
        rest = after;
    }
    found
}

/// The runs of digits at the beginning of `text` with nothing but a mark of a range between them, and the
/// text after them.
fn chain(text: &str) -> (Vec<&str>, &str) {
    let mut runs = Vec::new();
    let mut rest = text;
    loop {
        let (run, after) = rest.split_at(run_length(rest));
        runs.push(run);
        match after.strip_prefix(RANGE_MARKS) {
            Some(next) if next.starts_with(|first: char| first.is_ascii_digit()) => rest = next,
            _ => return (runs, after),
        }
    }
}

/// Length in bytes of digits with points and commas between them, or of the one other numeric character.
fn run_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    if !is_digit(0) {
        return text.chars().next().map_or(0, char::len_utf8);
    }
    let within = |at: usize| is_digit(at) || (matches!(bytes.get(at), Some(b'.' | b',')) && is_digit(at + 1));
    (0..).take_while(|at| within(*at)).count()
}

/// `1,234.50` is one number; `1,2` are two, and a date such as `2025.09.07` three.
fn numbers(run: &str) -> Vec<String> {
    let groups: Vec<&str> = run.split(',').collect();
    let (head, tail) = groups.split_first().map_or((run, &[][..]), |(head, tail)| (*head, tail));
    let whole = |group: &str| group.split_once('.').map_or(group.len(), |(whole, _)| whole.len());
    let grouped = head.len() <= 3 && !head.contains('.') && tail.iter().all(|group| whole(group) == 3);
    let parts =
        if grouped { vec![groups.concat()] } else { groups.iter().map(ToString::to_string).collect() };
    let split = |part: String| match part.matches('.').count() {
        0 | 1 => vec![plain(&part)],
        _ => part.split('.').map(plain).collect(),
    };
    parts.into_iter().flat_map(split).collect()
}

/// Without zeros that mean nothing.
fn plain(number: &str) -> String {
    let number = number.trim_start_matches('0');
    let number =
        if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { number };
    let needs_zero = number.is_empty() || number.starts_with('.');
    if needs_zero { format!("0{number}") } else { number.to_owned() }
}

/// The words of size directly after a number.
fn unit(after: &str) -> Option<String> {
    let korean: String = after.chars().take_while(|character| KOREAN_UNITS.contains(character)).collect();
    if !korean.is_empty() {
        return Some(korean);
    }
    let after = after.trim_start_matches(' ');
    let begins = |unit: &&&str| after.get(..unit.len()).is_some_and(|word| word.eq_ignore_ascii_case(unit));
    ENGLISH_UNITS.iter().find(begins).map(ToString::to_string)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn known(text: &str) -> Figures {
        let mut known = Figures::default();
        known.add_text(text);
        known
    }

    #[test]
    fn numbers_are_read_in_their_plain_form() {
        let text = "별점 4.50점, 1,234,567원(75.0%), 0명, 0.5배, 12:30, 1,2번, 2025.09.07";
        let expected = ["4.5", "1234567", "75", "0", "0.5", "12", "30", "1", "2", "2025", "9", "7"];
        assert_eq!(figures(text), expected);
        assert_eq!(figures("1,234.50과 12,34, 1.5,000"), ["1234.5", "12", "34", "1.5", "0"]);
        assert!(figures("숫자 없음. 세 명, three").is_empty());
    }

    #[test]
    fn a_word_of_size_makes_another_number() {
        assert_eq!(
            figures("3만 원, 3천만 원, 5 Million won, 7 명, 2조"),
            ["3만", "3천만", "5million", "7", "2조"]
        );
        assert!(!known("3").cover("3만 원", &Figures::default()));
    }

    #[test]
    fn a_range_is_not_its_ends_and_a_date_is_its_parts() {
        assert_eq!(figures("0–9%, 10~19, 90-100 percent"), ["0–9", "10–19", "90–100"]);
        assert!(!known("0–9").cover("별점 9점", &Figures::default()));
        assert!(known("0–9").cover("0~9%", &Figures::default()));
        assert_eq!(
            figures("2025-09-07, 010-1234-5678, -5, 3-"),
            ["2025", "9", "7", "10", "1234", "5678", "5", "3"]
        );
    }

    #[test]
    fn digits_of_other_scripts_do_not_slip_through() {
        assert_eq!(figures("３명 ③ ½ ٤"), ["３", "③", "½", "٤"]);
        assert!(!known("3").cover("３명", &Figures::default()));
    }

    #[test]
    fn a_text_is_covered_when_all_its_numbers_are_known() {
        let facts = known("10 4.3");
        assert!(facts.cover("10건, 평균 4.30", &Figures::default()));
        assert!(facts.cover("10건 중 7건", &known("7")));
        assert!(!facts.cover("10건 중 7건", &Figures::default()));
        assert!(!facts.cover("평균 4.5", &known("4 5")));
    }

    #[test]
    fn values_of_facts_count_and_names_of_fields_do_not() {
        let mut facts = Figures::default();
        facts.add_json(&json!({ "last30Days": [12, 4.5, { "title": "자바 17" }], "none": null }));
        assert!(facts.cover("12, 4.5, 17", &Figures::default()));
        assert!(!facts.cover("30", &Figures::default()));
    }

    proptest! {
        #[test]
        fn a_text_covers_itself(text in "[0-9.,만 a가３~-]{0,40}") {
            prop_assert!(known(&text).cover(&text, &Figures::default()));
        }

        #[test]
        fn another_number_is_never_covered(one in 0_u64..1_000_000, other in 0_u64..1_000_000) {
            let covered = known(&format!("{one}건")).cover(&format!("{other}명"), &Figures::default());
            prop_assert_eq!(covered, one == other);
        }
    }
}
