//! The values of one row, and the checks that every field of its kind must pass.

use std::{borrow::Cow, ops::RangeInclusive};

use jiff::Timestamp;

use super::{Dataset, Fault, Reason, parse_time};

/// The longest id that is accepted, in bytes.
pub const LONGEST_ID_BYTES: usize = 200;
/// The longest text that is accepted, in characters.
pub const LONGEST_TEXT_CHARACTERS: usize = 20_000;
/// How much of a bad value is repeated in the detail of its fault.
const SHOWN_CHARACTERS: usize = 40;
/// The most fields that a dataset has (reviews).
pub(super) const MOST_FIELDS: usize = 9;

/// The value of one field, before it is known whether it is what the field needs.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Scalar<'a> {
    /// The row does not have the field.
    #[default]
    Absent,
    /// A JSON string.
    Text(Cow<'a, str>),
    /// A JSON integer.
    Integer(i64),
    /// A cell of a CSV row: text, or the digits of a number.
    Cell(Cow<'a, str>),
    /// Any other JSON value, named for people.
    Other(&'static str),
}

/// The values of one row in the order of its dataset's fields.
pub(super) type Values<'a> = [Scalar<'a>; MOST_FIELDS];

/// Hands out the values of one row one after another, in the order of the dataset's fields.
pub struct Fields<'a> {
    names: &'static [&'static str],
    values: Values<'a>,
    next: usize,
}

impl<'a> Fields<'a> {
    pub(super) fn new(dataset: Dataset) -> Self {
        Self { names: dataset.fields(), values: Values::default(), next: 0 }
    }

    /// Begins a row: its values, all absent, to be filled in.
    pub(super) fn reset(&mut self) -> &mut Values<'a> {
        self.next = 0;
        self.values.fill_with(Scalar::default);
        &mut self.values
    }

    /// The next field as an id: 1 to 200 bytes.
    pub(super) fn id(&mut self) -> Result<Cow<'a, str>, Fault> {
        let (name, id) = self.string()?;
        if id.is_empty() {
            return Err(Fault::new(Reason::EmptyId, format!("{name} is empty")));
        }
        if id.len() > LONGEST_ID_BYTES {
            let detail = format!("{name} has {} bytes, more than {LONGEST_ID_BYTES}", id.len());
            return Err(Fault::new(Reason::IdTooLong, detail));
        }
        Ok(id)
    }

    /// The next field as a text of at most 20,000 characters; it may be empty.
    pub(super) fn text(&mut self) -> Result<Cow<'a, str>, Fault> {
        let (name, text) = self.string()?;
        // A text has no more characters than bytes, so most need not be counted.
        if text.len() > LONGEST_TEXT_CHARACTERS && text.chars().count() > LONGEST_TEXT_CHARACTERS {
            let detail = format!("{name} has more than {LONGEST_TEXT_CHARACTERS} characters");
            return Err(Fault::new(Reason::TextTooLong, detail));
        }
        Ok(text)
    }

    /// The next field as an integer within `range`.
    pub(super) fn integer(&mut self, range: RangeInclusive<i64>) -> Result<i64, Fault> {
        let (name, value) = self.take();
        let value = match value {
            Scalar::Integer(value) => value,
            Scalar::Absent => return Err(missing(name)),
            Scalar::Cell(cell) if cell.is_empty() => return Err(missing(name)),
            Scalar::Cell(cell) => cell.parse().map_err(|_| wrong_type(name, "an integer", &cell))?,
            Scalar::Text(text) => return Err(wrong_type(name, "an integer", &text)),
            Scalar::Other(kind) => return Err(wrong_type(name, "an integer", kind)),
        };
        if !range.contains(&value) {
            let detail = match *range.end() {
                i64::MAX => format!("{name} is {value}, less than {}", range.start()),
                end => format!("{name} is {value}, not within {}–{end}", range.start()),
            };
            return Err(Fault::new(Reason::OutOfRange, detail));
        }
        Ok(value)
    }

    /// The next field as an integer within a range that fits in a byte.
    pub(super) fn small(&mut self, range: RangeInclusive<u8>) -> Result<u8, Fault> {
        let value = self.integer(i64::from(*range.start())..=i64::from(*range.end()))?;
        Ok(u8::try_from(value).unwrap_or(*range.end()))
    }

    /// The next field as an RFC 3339 time.
    pub(super) fn time(&mut self) -> Result<Timestamp, Fault> {
        let (name, text) = self.string()?;
        parse_time(&text).ok_or_else(|| {
            Fault::new(Reason::InvalidTime, format!("{name} is no RFC 3339 time: {}", shown(&text)))
        })
    }

    /// The next field's name and its value, which must be a string.
    pub(super) fn string(&mut self) -> Result<(&'static str, Cow<'a, str>), Fault> {
        let (name, value) = self.take();
        match value {
            Scalar::Text(text) | Scalar::Cell(text) => Ok((name, text)),
            Scalar::Absent => Err(missing(name)),
            Scalar::Integer(value) => Err(wrong_type(name, "a string", &value.to_string())),
            Scalar::Other(kind) => Err(wrong_type(name, "a string", kind)),
        }
    }

    fn take(&mut self) -> (&'static str, Scalar<'a>) {
        let name = self.names.get(self.next).copied().unwrap_or_default();
        let value = self.values.get_mut(self.next).map(std::mem::take).unwrap_or_default();
        self.next += 1;
        (name, value)
    }
}

fn missing(name: &str) -> Fault {
    Fault::new(Reason::MissingField, format!("{name} is missing"))
}

fn wrong_type(name: &str, wanted: &str, found: &str) -> Fault {
    Fault::new(Reason::WrongType, format!("{name} must be {wanted}, not {}", shown(found)))
}

/// The beginning of a value, for the detail of a fault.
pub(super) fn shown(value: &str) -> String {
    value.chars().take(SHOWN_CHARACTERS).collect()
}
