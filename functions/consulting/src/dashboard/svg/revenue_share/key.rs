//! The key of the stacked columns: colour, pattern and letter of each part with its name and amount.

use super::Part;
use crate::dashboard::svg::{
    Language,
    lettering::{Anchor, Lettering},
    numbers::{percent, short_won, won},
    picture::{Area, Picture},
};

/// The strokes of the patterns, in a tile of 8 by 8 units; the first series is plain.
const PATTERNS: [&str; 9] = [
    "",
    "M-2 2L2 -2M0 8L8 0M6 10L10 6",
    "M0 4H8",
    "M-2 6L2 10M0 0L8 8M6 -2L10 2",
    "M4 0V8",
    "M0 4H8M4 0V8",
    "M0 8L8 0M0 0L8 8",
    "M1 4H3M5 0H7M5 8H7",
    "M-2 2L2 -2M0 8L8 0M6 10L10 6M-2 6L2 10M0 0L8 8M6 -2L10 2",
];

const ROW: f64 = 37.0;
const SWATCH: f64 = 20.0;

/// Defines the pattern of each series, drawn in the colour of its letters.
pub(super) fn define_patterns(picture: &mut Picture) {
    for (series, strokes) in PATTERNS.iter().enumerate().filter(|(_, strokes)| !strokes.is_empty()) {
        let id = picture.id(&format!("pattern{series}"));
        picture.define(&format!(
            "<pattern id=\"{id}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">\
             <path d=\"{strokes}\" class=\"pattern hatch{series}\" stroke-opacity=\"0.2\"/></pattern>"
        ));
    }
}

/// Fills an area with the colour and the pattern of a series.
pub(super) fn fill(picture: &mut Picture, area: Area, series: usize, hint: Option<&str>) {
    picture.bar(area, 0.0, &format!("part fill{series}"), hint);
    if PATTERNS.get(series).is_some_and(|strokes| !strokes.is_empty()) {
        let id = picture.id(&format!("pattern{series}"));
        picture.pattern(area, &id);
    }
}

/// Draws the key and gives where it ends.
pub(super) fn draw(picture: &mut Picture, parts: &[Part], area: Area) -> f64 {
    let language = picture.style.language;
    let mut top = area.top;
    for part in parts {
        let swatch = Area { left: area.left, top: top + 4.0, width: SWATCH, height: SWATCH };
        fill(picture, swatch, part.series, None);
        let letter = (swatch.centre().0, swatch.centre().1 + 4.0);
        picture.text(letter, Lettering::OnFill(part.series), Anchor::Middle, Part::letter(part.series));
        let left = swatch.right() + 8.0;
        let name = Lettering::Name.fit(&part.name, area.right() - left);
        picture.text((left, top + 12.0), Lettering::Name, Anchor::Start, &name);
        let amount = amount(part, area.right() - left, language);
        picture.text((left, top + 27.0), Lettering::Remark, Anchor::Start, &amount);
        top += ROW;
    }
    top
}

/// Tells the amount in full if there is room, else in short: a number must never be cut.
fn amount(part: &Part, room: f64, language: Language) -> String {
    let share = percent(part.share);
    let full = format!("{} · {share}", won(part.amount, language));
    if Lettering::Remark.width(&full) <= room {
        return full;
    }
    format!("{} · {share}", short_won(part.amount, language))
}
