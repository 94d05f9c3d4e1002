//! The kinds of text in a picture, their sizes and the room that they take.

use super::text;

/// The kinds of text in a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lettering {
    /// The heading.
    Title,
    /// What stands for a whole chart, and messages.
    Subtitle,
    /// The name of a thing.
    Name,
    /// The number of a thing.
    Value,
    /// Ticks, captions and remarks.
    Remark,
    /// A letter on the fill of this series.
    OnFill(usize),
}

impl Lettering {
    /// Gives the size of the letters.
    pub(super) const fn size(self) -> f64 {
        match self {
            Self::Title => 18.0,
            Self::Subtitle | Self::Name | Self::Value => 13.0,
            Self::Remark => 11.5,
            Self::OnFill(_) => 10.5,
        }
    }

    /// Estimates how wide the text is in these letters.
    pub(super) fn width(self, text: &str) -> f64 {
        let bold = match self {
            Self::Title | Self::Value | Self::OnFill(_) => 1.08,
            Self::Subtitle | Self::Name | Self::Remark => 1.0,
        };
        text::width(text, self.size() * bold)
    }

    /// Cuts the text to at most `limit` units in these letters.
    pub(super) fn fit(self, text: &str, limit: f64) -> String {
        text::fit(text, self.size(), limit)
    }

    /// Gives the classes of the text in the style sheet.
    pub(super) fn class(self) -> String {
        match self {
            Self::Title => "ink bold".to_owned(),
            Self::Value => "ink bold halo".to_owned(),
            Self::Name => "ink".to_owned(),
            Self::Subtitle | Self::Remark => "muted".to_owned(),
            Self::OnFill(series) => format!("bold on{series}"),
        }
    }
}

/// Which point of a text stands where it is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    /// Gives the anchor as an attribute, with a space before it.
    pub(super) const fn attribute(self) -> &'static str {
        match self {
            Self::Start => "",
            Self::Middle => " text-anchor=\"middle\"",
            Self::End => " text-anchor=\"end\"",
        }
    }
}
