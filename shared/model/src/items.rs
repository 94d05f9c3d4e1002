//! Reading the elements of one array out of a JSON object that is still being written.

use actson::feeder::PushJsonFeeder;
use actson::{JsonEvent, JsonParser};

/// How deep an element of the array may be nested, with the object and the array around it.
const DEEPEST: usize = 64;

/// A reader of the array that the top-level object of a text has under one name.
///
/// It looks at each byte once and remembers where it is, and of what it read only the string that is being written:
/// the text is its owner's. Where an element ends is found here; what it says is for `serde_json` to read.
pub(crate) struct Items<'a> {
    name: &'a str,
    parser: JsonParser<PushJsonFeeder>,
    /// Bytes of the text that were looked at.
    read: usize,
    /// Objects and arrays that are open.
    depth: usize,
    place: Place,
    /// Behind the element before, or behind the bracket that opened the array.
    begin: usize,
}

/// Where in the text the reader is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before the array, or behind it.
    Outside,
    /// Behind the array's name.
    Named,
    /// Within the array.
    Inside,
    /// Behind something that is no JSON: nothing more will be found.
    Lost,
}

impl<'a> Items<'a> {
    /// A reader at the beginning of a text, for the array called `name`.
    pub(crate) fn of(name: &'a str) -> Self {
        let options = actson::options::JsonParserOptionsBuilder::default().with_max_depth(DEEPEST).build();
        let parser = JsonParser::new_with_options(PushJsonFeeder::new(), options);
        Self { name, parser, read: 0, depth: 0, place: Place::Outside, begin: 0 }
    }

    /// The elements, as they are written, that have become whole since the last call. `text` is the text so far, from
    /// its beginning on; wherever it is cut, each element is given once, and with the byte that ends it.
    pub(crate) fn read<'t>(&mut self, text: &'t str) -> Vec<&'t str> {
        let mut found = Vec::new();
        for byte in text.as_bytes().get(self.read..).unwrap_or_default() {
            self.read += 1;
            if self.place == Place::Lost || self.parser.feeder.push_byte(*byte).is_err() {
                continue;
            }
            loop {
                match self.parser.next_event() {
                    Ok(Some(JsonEvent::NeedMoreInput)) => break,
                    Ok(Some(event)) => found.extend(self.meet(event, text)),
                    Ok(None) | Err(_) => {
                        self.place = Place::Lost;
                        break;
                    }
                }
            }
        }
        found
    }

    /// Goes on behind `event`; the element that it ends.
    fn meet<'t>(&mut self, event: JsonEvent, text: &'t str) -> Option<&'t str> {
        match event {
            JsonEvent::StartObject | JsonEvent::StartArray => {
                self.depth += 1;
                if self.place == Place::Named && self.depth == 2 {
                    let is_array = event == JsonEvent::StartArray;
                    self.place = if is_array { Place::Inside } else { Place::Outside };
                    self.begin = self.read;
                }
                return None;
            }
            JsonEvent::EndObject | JsonEvent::EndArray => self.depth = self.depth.saturating_sub(1),
            JsonEvent::FieldName => {
                let named = self.depth == 1 && self.parser.current_str().is_ok_and(|name| name == self.name);
                self.place = if named { Place::Named } else { self.place };
                return None;
            }
            _ if self.place == Place::Named => self.place = Place::Outside,
            _ => {}
        }
        self.end(event, text)
    }

    /// A value has ended with `event`: the element that it is, if it is one; of the array itself, none.
    fn end<'t>(&mut self, event: JsonEvent, text: &'t str) -> Option<&'t str> {
        if self.place != Place::Inside || self.depth > 2 {
            return None;
        }
        if self.depth < 2 {
            self.place = Place::Outside;
            return None;
        }
        let around = |character: char| character.is_ascii_whitespace() || character == ',';
        let element = text.get(self.begin..self.read)?.trim_matches(around);
        self.begin = self.read;
        // A number is known to have ended by what follows it.
        let is_number = matches!(event, JsonEvent::ValueInt | JsonEvent::ValueFloat);
        Some(if is_number { element.trim_end_matches(']').trim_end_matches(around) } else { element })
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::{btree_map, vec};
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    /// What is found when the text comes in pieces of these many bytes, the last of them again and again.
    fn read_in_pieces(text: &str, sizes: &[usize]) -> Vec<String> {
        let mut items = Items::of("questions");
        let mut found = Vec::new();
        let mut sizes = sizes.iter().copied().chain(std::iter::repeat(*sizes.last().unwrap_or(&1)));
        let mut end = 0;
        while end < text.len() {
            end = text.ceil_char_boundary(end + sizes.next().unwrap().max(1));
            found.extend(items.read(&text[..end]).into_iter().map(str::to_owned));
        }
        found
    }

    fn read(text: &str) -> Vec<String> {
        read_in_pieces(text, &[text.len()])
    }

    #[test]
    fn an_element_is_found_with_the_byte_that_ends_it_and_not_before() {
        let text = r#"{"language": "ko", "questions" : [ {"question":"왜 [{\"]?"} , "\ud83d\ude00 것", [1, [2]], 7, null ], "n": 1}"#;
        let mut items = Items::of("questions");
        let mut found = Vec::new();
        for (at, character) in text.char_indices() {
            let end = at + character.len_utf8();
            found.extend(items.read(&text[..end]).into_iter().map(|element| (element, character)));
        }
        let expected = [
            (r#"{"question":"왜 [{\"]?"}"#, '}'),
            (r#""\ud83d\ude00 것""#, '"'),
            ("[1, [2]]", ']'),
            ("7", ','),
            ("null", 'l'),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn only_the_array_of_that_name_in_the_outermost_object_is_read() {
        for none in [
            r#"{"answers": [1], "more": {"questions": [2]}, "list": [{"questions": [3]}]}"#,
            r#"{"questions": {"questions": [1]}, "a": "questions", "b": [2]}"#,
            r#"["questions", [1], {"questions": [2]}]"#,
            r#"{"questions": "none", "other": [1]}"#,
            r#"{"questions": []}"#,
            r#""questions""#,
        ] {
            assert!(read(none).is_empty(), "{none}: {:?}", read(none));
        }
        assert_eq!(read(r#"{"a": {"questions": [1]}, "quest\u0069ons": [2]}"#), ["2"]);
    }

    #[test]
    fn what_stands_before_a_broken_place_was_found_and_nothing_behind_it_is() {
        assert_eq!(read(r#"{"questions": [{"a": 1}, {"b": 2}}, {"c": 3}]}"#), [r#"{"a": 1}"#, r#"{"b": 2}"#]);
        assert_eq!(read(r#"{"questions": ["one", two, "three"]}"#), [r#""one""#]);
        assert_eq!(read(r#"{"questions": [1]} {"questions": [2]}"#), ["1"]);
        assert_eq!(read(r#"{"questions": ["half"#), [] as [&str; 0]);
        assert_eq!(read(""), [] as [&str; 0]);
        let deep = format!(r#"{{"questions": [1, {}2, 3]}}"#, "[".repeat(100_000));
        assert_eq!(read(&deep), ["1"], "nobody fills the memory with brackets");
    }

    fn value() -> impl Strategy<Value = Value> {
        let text = || r#"[a-c가😀\\"\[\]{}:,\n ]{0,6}"#.prop_map(Value::from);
        let leaf = prop_oneof![Just(Value::Null), any::<bool>().prop_map(Value::from), text()];
        let leaf = prop_oneof![leaf, any::<i32>().prop_map(Value::from), (0.5..9e20).prop_map(Value::from)];
        let key = || prop_oneof![Just("questions".to_owned()), r#"[a-b"\\\[{]{0,3}"#];
        leaf.prop_recursive(4, 24, 4, move |inner| {
            prop_oneof![
                vec(inner.clone(), 0..4).prop_map(Value::from),
                btree_map(key(), inner, 0..4).prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn every_split_gives_the_elements_that_are_there(
            value in value(), array in vec(value(), 0..5), pretty in any::<bool>(), sizes in vec(1_usize..12, 1..20)
        ) {
            let answer = json!({ "a": value, "questions": array, "z": value });
            let text = if pretty { format!("{answer:#}") } else { answer.to_string() };
            let whole = read(&text);
            let values: Vec<Value> = whole.iter().map(|item| serde_json::from_str(item).unwrap()).collect();
            // As it is written: a float may be another when it was read.
            prop_assert_eq!(Value::from(values).to_string(), serde_json::from_str::<Value>(&text).unwrap()["questions"].to_string());
            prop_assert_eq!(&read_in_pieces(&text, &[1]), &whole);
            prop_assert_eq!(&read_in_pieces(&text, &sizes), &whole);
        }

        #[test]
        fn every_split_of_a_text_that_is_no_json_gives_the_same_too(
            text in r#"(\{"questions":\[)?["\\\[\]{}:,a가1 -]{0,40}"#, sizes in vec(1_usize..12, 1..20)
        ) {
            prop_assert_eq!(read_in_pieces(&text, &sizes), read(&text));
        }
    }
}
