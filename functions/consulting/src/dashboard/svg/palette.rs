//! The colours of the two themes.
//!
//! The hues are those of Okabe and Ito ("Color Universal Design", 2008), which people with any colour vision
//! can tell apart, darkened for the light theme and lightened for the dark one until each stands out from
//! the background by 3:1 and carries its letters with 4.5:1 (WCAG 2.2, 1.4.11 and 1.4.3; tested below).

/// The colours of one theme, as `#rrggbb`.
pub(super) struct Palette {
    /// The background.
    pub(super) surface: &'static str,
    /// Titles, names and values.
    pub(super) ink: &'static str,
    /// Everything else that is read.
    pub(super) muted: &'static str,
    /// Lines that help the eye and are not needed to read the chart.
    pub(super) grid: &'static str,
    /// The empty rest of a bar.
    pub(super) track: &'static str,
    /// The fills of the lectures in their order, and last that of all others together.
    pub(super) series: [Series; 9],
}

/// The fill of one part and the letters on it.
#[derive(Clone, Copy)]
pub(super) struct Series {
    /// The fill.
    pub(super) fill: &'static str,
    /// Letters on the fill.
    pub(super) letters: &'static str,
}

const fn dark_on(fill: &'static str) -> Series {
    Series { fill, letters: "#111111" }
}

const fn white_on(fill: &'static str) -> Series {
    Series { fill, letters: "#ffffff" }
}

/// For a light background.
pub(super) const LIGHT: Palette = Palette {
    surface: "#ffffff",
    ink: "#1b1f24",
    muted: "#57606a",
    grid: "#d8dee4",
    track: "#eef1f4",
    series: [
        white_on("#0072b2"),
        dark_on("#c98500"),
        dark_on("#009e73"),
        dark_on("#c77bab"),
        dark_on("#d55e00"),
        dark_on("#3d97d3"),
        dark_on("#958f1b"),
        white_on("#7d2f4f"),
        dark_on("#8a939c"),
    ],
};

/// For a dark background.
pub(super) const DARK: Palette = Palette {
    surface: "#14181d",
    ink: "#f0f3f6",
    muted: "#a9b3bd",
    grid: "#323a43",
    track: "#20262d",
    series: [
        dark_on("#3b9ad9"),
        dark_on("#e69f00"),
        dark_on("#16b088"),
        dark_on("#d98cba"),
        dark_on("#e8741a"),
        dark_on("#84cbf2"),
        dark_on("#f0e442"),
        dark_on("#b98a9c"),
        dark_on("#8a939c"),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
        one.max(other) / one.min(other)
    }

    #[test]
    fn every_text_can_be_read_and_every_fill_stands_out() {
        for palette in [LIGHT, DARK] {
            for letters in [palette.ink, palette.muted] {
                assert!(contrast(letters, palette.surface) >= 4.5, "{letters}");
                assert!(contrast(letters, palette.track) >= 4.5, "{letters}");
            }
            for Series { fill, letters } in palette.series {
                let stands_out = contrast(fill, palette.surface);
                assert!(stands_out >= 3.0, "{fill} on {} has {stands_out:.2}", palette.surface);
                assert!(
                    contrast(letters, fill) >= 4.5,
                    "{letters} on {fill} has {:.2}",
                    contrast(letters, fill)
                );
            }
        }
    }
}
