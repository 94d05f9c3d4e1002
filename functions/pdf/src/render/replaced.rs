//! How much of a resume no font could draw.

use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;

use crate::fonts::REPLACEMENT;

/// How many glyphs on all pages are boxes that stand for something else.
pub(super) fn count(document: &PagedDocument) -> usize {
    document.pages().iter().map(|page| in_frame(&page.frame)).sum()
}

fn in_frame(frame: &Frame) -> usize {
    let boxes = |(_, item): &(_, FrameItem)| match item {
        FrameItem::Group(group) => in_frame(&group.frame),
        FrameItem::Text(text) if text.font.info().family == REPLACEMENT => text.glyphs.len(),
        _ => 0,
    };
    frame.items().map(boxes).sum()
}
