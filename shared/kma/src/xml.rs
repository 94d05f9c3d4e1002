//! XML as if it were JSON: the portal answers the one where it was asked for the other.

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;
use quick_xml::reader::Reader;
use serde_json::{Map, Value};

/// How deep elements may lie in each other; the portal's lie in each other six deep.
const DEEPEST: usize = 16;

/// The document as an object with its root as the only field. An element without others in it is its text; several of
/// a name are an array. Attributes are left out. None for what is no well-formed document.
pub(crate) fn read(text: &str) -> Option<Value> {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) if open.len() <= DEEPEST => {
                open.push(Element::named(start.local_name().as_ref()));
            }
            Event::Start(_) => return None,
            Event::Empty(empty) => {
                let element = Element::named(empty.local_name().as_ref());
                open.last_mut()?.take(element);
            }
            // The reader sees to it that it closes the one that is open.
            Event::End(_) => {
                let element = open.pop()?;
                open.last_mut()?.take(element);
            }
            Event::Text(piece) => open.last_mut()?.text.push_str(&piece.xml10_content()),
            Event::CData(piece) => open.last_mut()?.text.push_str(&piece.xml10_content()),
            Event::GeneralRef(reference) => {
                let text = &mut open.last_mut()?.text;
                match reference.resolve_char_ref().ok()? {
                    Some(character) => text.push(character),
                    None => text.push_str(resolve_predefined_entity(&reference)?),
                }
            }
            // Entities of its own are not looked into.
            Event::DocType(_) => return None,
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    let document = open.pop().filter(|document| open.is_empty() && !document.inner.is_empty())?;
    Some(Value::Object(document.inner))
}

#[derive(Default)]
struct Element {
    name: String,
    text: String,
    inner: Map<String, Value>,
}

impl Element {
    fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    fn take(&mut self, Element { name, text, inner }: Self) {
        let value = if inner.is_empty() { Value::String(text) } else { Value::Object(inner) };
        match self.inner.get_mut(&name) {
            None => {
                self.inner.insert(name, value);
            }
            Some(Value::Array(values)) => values.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn elements_become_fields_and_several_of_a_name_an_array() {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a xmlns=\"x\"><b>1</b><c><d>가</d></c><c/><b>2</b><b><![CDATA[<3>]]></b>\
                    <e>a &lt;&amp;&#x30;</e></a>";
        let expected = json!({"a": {"b": ["1", "2", "<3>"], "c": [{"d": "가"}, ""], "e": "a <&0"}});
        assert_eq!(read(text), Some(expected));
    }

    #[test]
    fn what_is_no_document_is_none() {
        let deep = "<a>".repeat(100) + &"</a>".repeat(100);
        let forged = "<!DOCTYPE a [<!ENTITY b \"bbbb\">]><a>&b;</a>";
        for text in ["", "text", "<a>", "<a></b>", "<a", "<a>&b;</a>", forged, &deep, "</a>"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
