//! Lying bars, one below the other, each with its name and value above it: for things that are ranked.
//!
//! Name and value have a line of their own, so that neither a long title nor a huge amount can collide
//! with a bar.

use super::{
    axis::Axis,
    lettering::{Anchor, Lettering},
    picture::{Area, HEAD, INNER_WIDTH, MARGIN, Picture},
};

/// One bar.
pub(super) struct RankedBar {
    pub(super) name: String,
    pub(super) value: String,
    /// From 0 to 1 of the axis. None for many things told as one: as a bar they would dwarf the single ones,
    /// which they cannot be compared with.
    pub(super) length: Option<f64>,
}

/// The height of a name with its value.
const WORDS: f64 = 25.0;
const BAR: f64 = 16.0;
const GAP: f64 = 6.0;

/// Draws the bars over the axis, and below it what has no bar. Gives where all ends.
pub(super) fn draw(picture: &mut Picture, bars: &[RankedBar], axis: &Axis) -> f64 {
    let mut top = HEAD;
    for bar in bars {
        let Some(length) = bar.length else { continue };
        let hint = draw_words(picture, bar, top);
        let track = Area { left: MARGIN, top: top + WORDS, width: INNER_WIDTH, height: BAR };
        picture.bar(track, 3.0, "track", None);
        if length > 0.0 {
            let filled = Area { width: (length * track.width).max(2.0), ..track };
            picture.bar(filled, 3.0, "fill0", Some(&hint));
        }
        top = track.bottom() + GAP;
    }
    axis.draw_lying(picture, Area { left: MARGIN, top: HEAD, width: INNER_WIDTH, height: top - HEAD });
    top += 37.0;
    for bar in bars.iter().filter(|bar| bar.length.is_none()) {
        draw_words(picture, bar, top + 6.0);
        top += WORDS + 6.0;
    }
    top
}

/// Writes the name and the value, and gives both as one.
fn draw_words(picture: &mut Picture, bar: &RankedBar, top: f64) -> String {
    let baseline = top + 17.0;
    let room = INNER_WIDTH - Lettering::Value.width(&bar.value) - 20.0;
    let name = Lettering::Name.fit(&bar.name, room);
    picture.text((MARGIN, baseline), Lettering::Name, Anchor::Start, &name);
    picture.text((MARGIN + INNER_WIDTH, baseline), Lettering::Value, Anchor::End, &bar.value);
    format!("{name}: {}", bar.value)
}
