//! Light, dark, or what the reader's system prefers: the style sheet of a picture.

use std::fmt::Write;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::palette::{DARK, LIGHT, Palette};

/// The colours of a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// On a light background.
    Light,
    /// On a dark background.
    Dark,
    /// Dark where the reader's system prefers it (`prefers-color-scheme`), else light.
    #[default]
    Auto,
}

/// What does not depend on the theme. The fonts are those that systems bring along for Korean and Latin.
const SHAPES: [(&str, &str); 6] = [
    (
        "text",
        "font-family:system-ui,-apple-system,'Segoe UI','Apple SD Gothic Neo','Malgun Gothic','Noto Sans KR',\
         'Noto Sans CJK KR',sans-serif;font-variant-numeric:tabular-nums",
    ),
    (".bold", "font-weight:600"),
    // The lines of the axis keep a distance from values that stand on them.
    (".halo", "paint-order:stroke;stroke-width:4;stroke-linejoin:round"),
    (".rule", "stroke-width:1"),
    (".trend", "fill:none;stroke-width:2;stroke-linejoin:round"),
    (".pattern", "fill:none;stroke-width:1.5"),
];

impl Theme {
    /// Gives the class of the picture's root, which keeps the rules of two inlined pictures apart.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Light => "maru-light",
            Self::Dark => "maru-dark",
            Self::Auto => "maru-auto",
        }
    }

    /// Gives the style sheet.
    pub(super) fn style_sheet(self) -> String {
        let class = self.class();
        let shapes: String =
            SHAPES.iter().map(|(what, declarations)| format!(".{class} {what}{{{declarations}}}")).collect();
        match self {
            Self::Light => shapes + &colours(class, &LIGHT),
            Self::Dark => shapes + &colours(class, &DARK),
            Self::Auto => {
                let (light, dark) = (colours(class, &LIGHT), colours(class, &DARK));
                format!("{shapes}{light}@media (prefers-color-scheme:dark){{{dark}}}")
            }
        }
    }
}

fn colours(class: &str, palette: &Palette) -> String {
    let mut rules = String::new();
    let mut rule = |name: &str, declarations: &str| {
        // Writing to a string cannot fail.
        let _ = write!(rules, ".{class} .{name}{{{declarations}}}");
    };
    rule("surface", &format!("fill:{}", palette.surface));
    rule("ink", &format!("fill:{}", palette.ink));
    rule("muted", &format!("fill:{}", palette.muted));
    rule("track", &format!("fill:{}", palette.track));
    rule("rule", &format!("stroke:{}", palette.grid));
    rule("trend", &format!("stroke:{}", palette.series[0].fill));
    rule("halo", &format!("stroke:{}", palette.surface));
    rule("part", &format!("stroke:{}", palette.surface));
    for (index, series) in palette.series.iter().enumerate() {
        rule(&format!("fill{index}"), &format!("fill:{}", series.fill));
        rule(&format!("on{index}"), &format!("fill:{}", series.letters));
        rule(&format!("hatch{index}"), &format!("stroke:{}", series.letters));
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn auto_is_light_with_the_dark_colours_behind_a_question() {
        let sheet = Theme::Auto.style_sheet();
        let (always, preferred) = sheet.split_once("@media (prefers-color-scheme:dark)").unwrap();
        assert!(always.contains(LIGHT.surface) && !always.contains(DARK.surface));
        assert!(preferred.contains(DARK.surface));
    }

    #[test]
    fn a_fixed_theme_asks_nothing() {
        for theme in [Theme::Light, Theme::Dark] {
            assert!(!theme.style_sheet().contains("@media"));
        }
    }
}
