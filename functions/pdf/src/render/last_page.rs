//! How much of the last page is used.

use typst::layout::{Abs, Frame, FrameItem};
use typst_layout::PagedDocument;

/// Points from the top of a page: where the text begins, and where the lower margin does, with the footer in it
/// (`templates/theme.typ`).
const TOP: f64 = 48.2;
const BOTTOM: f64 = 790.8;
/// How much of that has to be used for a page to be worth its paper.
const LEAST: f64 = 0.12;

/// Whether a document of more than one page ends with a few lines on the last one.
pub(super) fn is_nearly_empty(document: &PagedDocument) -> bool {
    match document.pages() {
        [_, .., last] => lowest(&last.frame, Abs::zero()) < Abs::pt(TOP + LEAST * (BOTTOM - TOP)),
        _ => false,
    }
}

/// How far from the top of the page the lowest line of a frame stands, the footer aside.
fn lowest(frame: &Frame, top: Abs) -> Abs {
    let heights = frame.items().map(|(place, item)| match item {
        FrameItem::Group(group) => lowest(&group.frame, top + place.y + group.transform.ty),
        FrameItem::Text(_) => top + place.y,
        _ => Abs::zero(),
    });
    heights.filter(|&height| height < Abs::pt(BOTTOM)).fold(Abs::zero(), Abs::max)
}
