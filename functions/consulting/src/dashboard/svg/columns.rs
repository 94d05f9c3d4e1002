//! Upright bars side by side, each with its value above it: for groups in an order of their own.

use super::{
    axis::Axis,
    lettering::{Anchor, Lettering},
    numbers::short,
    picture::{Area, HEAD, INNER_WIDTH, MARGIN, Picture, WIDTH},
};

/// One bar.
pub(super) struct Column {
    /// What the group is, under the bar.
    pub(super) label: String,
    /// How many are in it.
    pub(super) count: u64,
    /// The count in words, above the bar.
    pub(super) value: String,
    /// A second line above the bar; may be empty.
    pub(super) remark: String,
}

const HEIGHT: f64 = 240.0;

/// Draws the bars between the axis and the caption of the groups, and gives where they end.
pub(super) fn draw(picture: &mut Picture, columns: &[Column], axis: &Axis, caption: &str) -> f64 {
    let left = MARGIN + axis.label_width();
    let lines_above = if columns.iter().all(|column| column.remark.is_empty()) { 1.0 } else { 2.0 };
    let plot =
        Area { left, top: HEAD + 20.0 + 15.0 * lines_above, width: WIDTH - MARGIN - left, height: HEIGHT };
    axis.draw_upright(picture, plot);
    let pitch = plot.width / f64::from(u16::try_from(columns.len().max(1)).unwrap_or(u16::MAX));
    let mut middle = plot.left + pitch / 2.0;
    for column in columns {
        draw_column(picture, column, axis, Area { left: middle - pitch / 2.0, width: pitch, ..plot });
        middle += pitch;
    }
    let below = (MARGIN + INNER_WIDTH / 2.0, plot.bottom() + 38.0);
    picture.text(below, Lettering::Remark, Anchor::Middle, caption);
    below.1
}

/// Draws one bar into its slice of the plot.
fn draw_column(picture: &mut Picture, column: &Column, axis: &Axis, slice: Area) {
    let (middle, _) = slice.centre();
    let height = match axis.place(u128::from(column.count)) * slice.height {
        0.0 => 0.0,
        some => some.max(2.0),
    };
    let top = slice.bottom() - height;
    let bar = Area { left: middle - slice.width * 0.34, top, width: slice.width * 0.68, height };
    if height > 0.0 {
        let hint = format!("{}: {} {}", column.label, column.value, column.remark);
        picture.bar(bar, 2.0, "fill0", Some(hint.trim_end()));
    }
    let mut baseline = top - 7.0;
    if !column.remark.is_empty() {
        picture.text((middle, baseline), Lettering::Remark, Anchor::Middle, &column.remark);
        baseline -= 15.0;
    }
    let fits = Lettering::Value.width(&column.value) < slice.width;
    let value = if fits { column.value.clone() } else { short(column.count.into(), picture.style.language) };
    picture.text((middle, baseline), Lettering::Value, Anchor::Middle, &value);
    picture.text((middle, slice.bottom() + 17.0), Lettering::Remark, Anchor::Middle, &column.label);
}
