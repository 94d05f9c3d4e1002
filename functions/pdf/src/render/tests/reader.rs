//! Reads a file back: which glyph stands where and what it says, in the order in which they are drawn.

use std::collections::BTreeMap;

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::content::ops::TypedInstruction;
use hayro_interpret::hayro_syntax::object::{self, Dict, Object};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, interpret_page,
};
use kurbo::{Affine, BezPath, Point, Rect};

use super::with_single_spaces;

/// Everything that is drawn in a file.
#[derive(Default)]
pub struct Reading {
    /// All text, in drawing order, without the footers.
    pub text: String,
    /// The same, by lines.
    pub lines: Vec<Line>,
    /// The text of each piece of marked content, by page and number; the structure refers to them.
    pub marked: BTreeMap<(usize, i32), String>,
    /// Where each glyph begins, in points from the left and the bottom of its page, and what it says; footers say
    /// nothing.
    pub glyphs: Vec<(Point, String)>,
}

/// What stands on one baseline and is drawn in one go.
pub struct Line {
    /// The page, from 0.
    pub page: usize,
    /// Points from the bottom of the page.
    pub height: f64,
    /// What it says.
    pub text: String,
}

impl Reading {
    /// Reads all pages.
    pub fn of(pdf: &Pdf) -> Self {
        let mut reading = Self::default();
        for (number, page) in pdf.pages().iter().enumerate() {
            let cache = InterpreterCache::new();
            let area = Rect::new(0.0, 0.0, 1.0, 1.0);
            let settings = InterpreterSettings::default();
            let mut context = Context::new(Affine::IDENTITY, area, &cache, pdf.xref(), settings);
            let marks = marks(page).into_iter();
            let mut pen = Pen { reading: &mut reading, page: number, marks, open: Vec::new() };
            interpret_page(page, &mut context, &mut pen);
        }
        reading
    }

    /// All text with a space where a line ends, as readers make one.
    pub fn flowing(&self) -> String {
        with_single_spaces(&self.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n"))
    }
}

/// What a piece of marked content says of itself.
enum Mark {
    /// The structure refers to it by this number.
    Numbered(i32),
    /// It stands for this text, whatever its glyphs say (PDF 1.7, 14.9.4); said once.
    Instead(Option<String>),
    /// Not part of the text: a footer, a line.
    Artifact,
    Other,
}

/// The marks of a page in the order in which they are opened.
fn marks(page: &Page<'_>) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut instructions = page.typed_operations();
    while let Some(instruction) = instructions.next() {
        match instruction {
            TypedInstruction::BeginMarkedContent(begin) => marks.push(mark(begin.0, None)),
            TypedInstruction::BeginMarkedContentWithProperties(begin) => {
                let properties = if let Object::Dict(dict) = begin.1 { Some(dict) } else { None };
                marks.push(mark(begin.0, properties));
            }
            _ => {}
        }
    }
    marks
}

fn mark(tag: &[u8], properties: Option<&Dict<'_>>) -> Mark {
    let actual = properties.and_then(|dict| dict.get::<object::String<'_>>("ActualText"));
    let number = properties.and_then(|dict| dict.get::<i32>("MCID"));
    match (number, actual) {
        (Some(number), _) => Mark::Numbered(number),
        (None, Some(text)) => Mark::Instead(Some(utf_16(text.as_bytes()))),
        (None, None) if tag == b"Artifact" => Mark::Artifact,
        (None, None) => Mark::Other,
    }
}

/// A PDF text string: UTF-16 after a byte order mark, else close enough to Latin-1.
pub fn utf_16(bytes: &[u8]) -> String {
    match bytes.strip_prefix(&[0xfe, 0xff]) {
        Some(units) => {
            let units = units.chunks_exact(2).map(|unit| u16::from_be_bytes([unit[0], unit[1]]));
            char::decode_utf16(units).map(Result::unwrap).collect()
        }
        None => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}

struct Pen<'a> {
    reading: &'a mut Reading,
    page: usize,
    marks: std::vec::IntoIter<Mark>,
    open: Vec<Mark>,
}

impl Pen<'_> {
    fn say(&mut self, glyph: &Glyph<'_>, height: f64) -> String {
        if self.open.iter().any(|mark| matches!(mark, Mark::Artifact)) {
            return String::new();
        }
        let instead = self.open.iter_mut().rev().find_map(|mark| match mark {
            Mark::Instead(text) => Some(text.take().unwrap_or_default()),
            _ => None,
        });
        let said = instead.unwrap_or_else(|| match glyph.as_unicode() {
            Some(BfString::Char(character)) => character.to_string(),
            Some(BfString::String(text)) => text,
            None => panic!("a glyph says nothing"),
        });
        self.reading.text.push_str(&said);
        self.line(height).text.push_str(&said);
        let number = self.open.iter().rev().find_map(|mark| match mark {
            Mark::Numbered(number) => Some(*number),
            _ => None,
        });
        let number = number.unwrap_or_else(|| panic!("{said:?} is not part of the structure"));
        self.reading.marked.entry((self.page, number)).or_default().push_str(&said);
        said
    }
}

impl Pen<'_> {
    /// The line that a glyph of this height belongs to.
    fn line(&mut self, height: f64) -> &mut Line {
        // A letter's marks stand higher than the letter, by less than a line.
        let same = |line: &Line| line.page == self.page && (line.height - height).abs() < 5.0;
        let lines = &mut self.reading.lines;
        if !lines.last().is_some_and(same) {
            lines.push(Line { page: self.page, height, text: String::new() });
        }
        lines.last_mut().unwrap()
    }
}

impl<'a> Device<'a> for Pen<'_> {
    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'a>,
        transform: Affine,
        glyph_transform: Affine,
        _: &Paint<'a>,
        _: &GlyphDrawMode,
    ) {
        let place = transform * glyph_transform * Point::ZERO;
        let said = self.say(glyph, place.y);
        self.reading.glyphs.push((place, said));
    }

    fn begin_marked_content(&mut self, _: &[u8], _: Option<i32>) {
        self.open.push(self.marks.next().unwrap());
    }

    fn end_marked_content(&mut self) {
        self.open.pop();
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
