//! NDJSON: cuts a page into lines and reads each as one JSON object.

use std::str;

use memchr::memchr;
use serde_json::{Map, Value};

use super::{
    Dataset, Fault, Reason,
    fields::{Scalar, Values},
    flat_object,
    page::RawRow,
};

/// Iterates over the objects of an NDJSON page.
pub(super) struct Objects<'a> {
    names: &'static [&'static str],
    next_line: u64,
    rest: &'a [u8],
}

impl<'a> Objects<'a> {
    pub(super) const fn new(dataset: Dataset, first_line: u64, bytes: &'a [u8]) -> Self {
        Self { names: dataset.fields(), next_line: first_line, rest: bytes }
    }

    pub(super) const fn next_line(&self) -> u64 {
        self.next_line
    }

    /// The next line that is not blank, its values put into `values`, which are all absent.
    pub(super) fn next(&mut self, values: &mut Values<'a>) -> Option<RawRow<'a>> {
        while !self.rest.is_empty() {
            let end = memchr(b'\n', self.rest).unwrap_or(self.rest.len());
            let (raw, after) = self.rest.split_at(end);
            let raw = raw.strip_suffix(b"\r").unwrap_or(raw);
            self.rest = after.get(1..).unwrap_or_default();
            let line = self.next_line;
            self.next_line += 1;
            if !raw.trim_ascii().is_empty() {
                return Some(RawRow { line, raw, outcome: read(raw, self.names, values) });
            }
        }
        None
    }
}

fn read<'a>(raw: &'a [u8], names: &[&str], values: &mut Values<'a>) -> Result<(), Fault> {
    let line = str::from_utf8(raw)
        .map_err(|error| Fault::new(Reason::InvalidUtf8, format!("not UTF-8: {error}")))?;
    // The platform writes flat objects with few escapes; whatever differs is left to serde_json, which alone
    // decides what is an error.
    match flat_object::scan(line, names, values) {
        Some(()) => Ok(()),
        None => parse(line, names, values),
    }
}

fn parse(line: &str, names: &[&str], values: &mut Values<'_>) -> Result<(), Fault> {
    let mut object: Map<String, Value> = serde_json::from_str(line)
        .map_err(|error| Fault::new(Reason::InvalidJson, format!("not a JSON object: {error}")))?;
    for (value, name) in values.iter_mut().zip(names) {
        *value = object.remove(*name).map_or(Scalar::Absent, scalar);
    }
    Ok(())
}

fn scalar<'a>(value: Value) -> Scalar<'a> {
    match value {
        Value::String(text) => Scalar::Text(text.into()),
        Value::Number(number) => {
            number.as_i64().map_or(Scalar::Other("a fraction or a number beyond 64 bits"), Scalar::Integer)
        }
        Value::Null => Scalar::Other("null"),
        Value::Bool(_) => Scalar::Other("a boolean"),
        Value::Array(_) => Scalar::Other("an array"),
        Value::Object(_) => Scalar::Other("an object"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fast<'a>(line: &'a str) -> Option<Values<'a>> {
        let mut values = Values::default();
        flat_object::scan(line, NAMES, &mut values).map(|()| values)
    }

    fn slow(line: &str) -> Result<Values<'_>, Fault> {
        let mut values = Values::default();
        parse(line, NAMES, &mut values).map(|()| values)
    }

    const NAMES: &[&str] = &["lectureId", "studentId", "percent", "updatedAt"];

    #[test]
    fn the_order_of_the_fields_and_unknown_fields_do_not_matter() {
        let line = r#" { "percent" : 7, "more": -1,"updatedAt":"u", "studentId":"학생", "lectureId":"" } "#;
        let values = fast(line).unwrap();
        assert_eq!(values, slow(line).unwrap());
        assert_eq!(values[1], Scalar::Text("학생".into()));
        assert_eq!(values[2], Scalar::Integer(7));
    }

    proptest! {
        /// Lines that are JSON, nearly JSON, and nothing like JSON: the fast reader either gives what
        /// serde_json gives or leaves the line to it.
        #[test]
        fn the_fast_reader_never_contradicts_serde_json(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "{", "}", "[", "]", ",", ":", " ", "\t", "\"", "\\", "\\\"", "\"lectureId\"", "\"percent\"",
                    "\"percent\":", "\"lectureId\":\"", "\"x\":", "0", "7", "-", "-0", "00", ".5", "e3", "null",
                    "true", "12345678901234567890", "999999999999999999", "가", "\u{1}", "\"a\"", "\"a\",",
                ]),
                0..12,
            ),
            whole in any::<bool>(),
        ) {
            let inner = pieces.concat();
            let line = if whole { format!("{{\"percent\":7,{inner}}}") } else { inner };
            if let Some(values) = fast(&line) {
                prop_assert_eq!(slow(&line), Ok(values));
            }
        }

        #[test]
        fn objects_of_plain_values_are_read_fast_and_alike(
            id in "[^\"\\\\\\x00-\\x1f]{0,20}", number in any::<i32>(), spaced in any::<bool>(),
        ) {
            let space = if spaced { " " } else { "" };
            let line = format!("{{\"studentId\":{space}\"{id}\",{space}\"percent\":{space}{number}}}");
            prop_assert_eq!(fast(&line), slow(&line).ok());
        }
    }
}
