//! One SVG document in the making: the marks that the charts are made of, and the frame around them.

use std::fmt::Write;

use super::{
    Style,
    lettering::{Anchor, Lettering},
    text::escape,
};
use crate::dashboard::Chart;

/// The width of every picture.
pub(super) const WIDTH: f64 = 720.0;
/// What is free on the left and on the right.
pub(super) const MARGIN: f64 = 28.0;
/// Where what is below the head may begin.
pub(super) const HEAD: f64 = 78.0;
/// The width between the margins.
pub(super) const INNER_WIDTH: f64 = WIDTH - 2.0 * MARGIN;
/// What the last line takes from the height.
const FOOT: f64 = 40.0;

/// A rectangle, in units of the picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Area {
    pub(super) fn right(self) -> f64 {
        self.left + self.width
    }

    pub(super) fn bottom(self) -> f64 {
        self.top + self.height
    }

    pub(super) fn centre(self) -> (f64, f64) {
        (self.left + self.width / 2.0, self.top + self.height / 2.0)
    }
}

/// The words around a chart.
pub(super) struct Frame {
    pub(super) title: String,
    pub(super) subtitle: String,
    /// What a screen reader says instead of the picture.
    pub(super) description: String,
    pub(super) footnote: String,
    /// Where the chart ends.
    pub(super) bottom: f64,
}

/// A picture in the making. Later marks cover earlier ones.
pub(super) struct Picture {
    chart: Chart,
    pub(super) style: Style,
    definitions: String,
    marks: String,
}

impl Picture {
    pub(super) fn new(chart: Chart, style: Style) -> Self {
        Self { chart, style, definitions: String::new(), marks: String::new() }
    }

    /// Gives an id that no other chart's picture in the same page has.
    pub(super) fn id(&self, name: &str) -> String {
        format!("{}-{name}", self.chart)
    }

    /// Writes one line of text; what is not ours is escaped here.
    pub(super) fn text(&mut self, (x, y): (f64, f64), kind: Lettering, anchor: Anchor, text: &str) {
        let (x, y, size, class) = (units(x), units(y), units(kind.size()), kind.class());
        let anchor = anchor.attribute();
        let text = escape(text);
        self.mark(&format!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" class=\"{class}\"{anchor}>{text}</text>"
        ));
    }

    /// Draws a rectangle, which shows `hint` under the pointer.
    pub(super) fn bar(&mut self, area: Area, radius: f64, class: &str, hint: Option<&str>) {
        let Area { left, top, width, height } = area;
        let (x, y, width, height) = (units(left), units(top), units(width), units(height));
        let mut mark =
            format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" class=\"{class}\"");
        if radius > 0.0 {
            mark.push_str(&format!(" rx=\"{}\"", units(radius)));
        }
        self.mark(&(mark + &closing("rect", hint)));
    }

    /// Covers a rectangle with a pattern that was defined by its id.
    pub(super) fn pattern(&mut self, area: Area, id: &str) {
        let Area { left, top, width, height } = area;
        let (x, y, width, height) = (units(left), units(top), units(width), units(height));
        self.mark(&format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"url(#{id})\" pointer-events=\"none\"/>"
        ));
    }

    /// Draws a dot, which shows `hint` under the pointer.
    pub(super) fn dot(&mut self, (x, y): (f64, f64), radius: f64, class: &str, hint: Option<&str>) {
        let (x, y, radius) = (units(x), units(y), units(radius));
        let mark = format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" class=\"{class}\"");
        self.mark(&(mark + &closing("circle", hint)));
    }

    /// Draws a straight line that helps the eye.
    pub(super) fn rule(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
        let (x1, y1, x2, y2) = (units(x1), units(y1), units(x2), units(y2));
        self.mark(&format!("<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" class=\"rule\"/>"));
    }

    /// Draws a line through points; `closed` fills what it encloses instead.
    pub(super) fn path(&mut self, points: &[(f64, f64)], closed: bool, attributes: &str) {
        let mut path = String::new();
        for (index, (x, y)) in points.iter().enumerate() {
            let command = if index == 0 { 'M' } else { 'L' };
            let _ = write!(path, "{command}{} {}", units(*x), units(*y));
        }
        let end = if closed { "Z" } else { "" };
        self.mark(&format!("<path d=\"{path}{end}\" {attributes}/>"));
    }

    /// Adds what other marks refer to by an [`id`](Self::id).
    pub(super) fn define(&mut self, definition: &str) {
        self.definitions.push_str(definition);
    }

    /// Writes, instead of a chart, why there is none, and gives where it ends.
    pub(super) fn message(&mut self, message: &str) -> f64 {
        let area = Area { left: MARGIN, top: HEAD, width: INNER_WIDTH, height: 150.0 };
        self.bar(area, 8.0, "track", None);
        let (x, y) = area.centre();
        self.text((x, y + 5.0), Lettering::Name, Anchor::Middle, message);
        area.bottom()
    }

    /// Puts the frame around the marks and gives the document.
    pub(super) fn finish(mut self, frame: &Frame) -> String {
        let height = frame.bottom + FOOT;
        self.text((MARGIN, 38.0), Lettering::Title, Anchor::Start, &frame.title);
        let subtitle = Lettering::Subtitle.fit(&frame.subtitle, INNER_WIDTH);
        self.text((MARGIN, 60.0), Lettering::Subtitle, Anchor::Start, &subtitle);
        self.text((MARGIN, height - 14.0), Lettering::Remark, Anchor::Start, &frame.footnote);
        let (title, description) = (escape(&frame.title), escape(&frame.description));
        let (title_id, description_id) = (self.id("title"), self.id("description"));
        let (width, height) = (units(WIDTH), units(height));
        let Style { language, theme } = self.style;
        let (language, class, sheet) = (language.tag(), theme.class(), theme.style_sheet());
        let (definitions, marks) = (&self.definitions, &self.marks);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" xml:lang=\"{language}\" lang=\"{language}\" \
             class=\"{class}\" aria-labelledby=\"{title_id} {description_id}\">\n\
             <title id=\"{title_id}\">{title}</title>\n\
             <desc id=\"{description_id}\">{description}</desc>\n\
             <style>{sheet}</style>\n\
             <defs>{definitions}</defs>\n\
             <rect width=\"{width}\" height=\"{height}\" rx=\"12\" class=\"surface\"/>\n\
             {marks}</svg>\n"
        )
    }

    fn mark(&mut self, mark: &str) {
        self.marks.push_str(mark);
        self.marks.push('\n');
    }
}

fn closing(element: &str, hint: Option<&str>) -> String {
    match hint {
        Some(hint) => format!("><title>{}</title></{element}>", escape(hint)),
        None => "/>".to_owned(),
    }
}

/// Gives a length to a tenth of a unit, which is finer than any screen.
fn units(length: f64) -> String {
    let digits = format!("{length:.1}");
    match digits.strip_suffix(".0") {
        Some("-0") => "0".to_owned(),
        Some(whole) => whole.to_owned(),
        None => digits,
    }
}
