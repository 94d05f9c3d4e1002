//! The structure of a tagged file: what is a heading, a paragraph, a link, in reading order.

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{self, Array, Dict, Name, Object, ObjectIdentifier};

use super::reader::{Reading, utf_16};

/// One element with everything in it.
#[derive(Debug)]
pub struct Element {
    /// What it is: `H1`, `P`, `Link` …
    pub kind: String,
    /// Its text and that of what is in it.
    pub text: String,
}

/// All elements of a file, each before what is in it.
pub fn elements(pdf: &Pdf, reading: &Reading) -> Vec<Element> {
    let pages = pdf.pages().iter().map(|page| page.raw().obj_id().unwrap()).collect();
    let mut walk = Walk { pages, reading, elements: Vec::new(), open: Vec::new() };
    let root: Dict<'_> = catalogue(pdf).get("StructTreeRoot").unwrap();
    walk.enter(root.get::<Object<'_>>("K").unwrap(), None);
    walk.elements
}

/// The root of a file.
pub fn catalogue(pdf: &Pdf) -> Dict<'_> {
    pdf.xref().get(pdf.xref().root_id()).unwrap()
}

/// A text in a dictionary.
pub fn text(dict: &Dict<'_>, key: &str) -> Option<String> {
    Some(utf_16(dict.get::<object::String<'_>>(key)?.as_bytes()))
}

struct Walk<'a> {
    pages: Vec<ObjectIdentifier>,
    reading: &'a Reading,
    elements: Vec<Element>,
    /// Where in `elements` those are that we are inside of.
    open: Vec<usize>,
}

impl Walk<'_> {
    fn enter(&mut self, node: Object<'_>, page: Option<ObjectIdentifier>) {
        match node {
            Object::Array(children) => self.enter_all(&children, page),
            Object::Number(number) => self.say(page, number.as_i64() as i32),
            Object::Dict(dict) => {
                let page = dict.get_ref("Pg").map(Into::into).or(page);
                if let Some(number) = dict.get::<i32>("MCID") {
                    self.say(page, number);
                } else if let Some(kind) = dict.get::<Name<'_>>("S") {
                    self.element(&dict, &kind, page);
                }
            }
            other => panic!("{other:?} in the structure"),
        }
    }

    fn enter_all(&mut self, children: &Array<'_>, page: Option<ObjectIdentifier>) {
        for child in children.iter::<Object<'_>>() {
            self.enter(child, page);
        }
    }

    fn element(&mut self, dict: &Dict<'_>, kind: &Name<'_>, page: Option<ObjectIdentifier>) {
        let kind = String::from_utf8(kind.as_ref().to_vec()).unwrap();
        self.open.push(self.elements.len());
        self.elements.push(Element { kind, text: String::new() });
        if let Some(children) = dict.get::<Object<'_>>("K") {
            self.enter(children, page);
        }
        self.open.pop();
    }

    fn say(&mut self, page: Option<ObjectIdentifier>, number: i32) {
        let page = self.pages.iter().position(|id| Some(*id) == page).unwrap();
        let said = self.reading.marked.get(&(page, number)).map(String::as_str).unwrap_or_default();
        for &index in &self.open {
            self.elements[index].text.push_str(said);
        }
    }
}
