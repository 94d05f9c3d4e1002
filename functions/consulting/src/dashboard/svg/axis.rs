//! Axes of values: the marked values with their words, and the lines across the chart.

use super::{
    Language, Style,
    lettering::{Anchor, Lettering},
    numbers::{Unit, group},
    picture::{Area, Picture},
    scale::Scale,
};

/// An axis of values from 0 on.
pub(super) struct Axis {
    scale: Scale,
    labels: Vec<String>,
    /// What the values are and in which unit.
    pub(super) caption: String,
}

impl Axis {
    /// An axis of money that reaches `greatest` KRW, in a unit that keeps the numbers short.
    pub(super) fn money(greatest: u128, style: Style) -> Self {
        let scale = Scale::reaching(u64::try_from(greatest).unwrap_or(u64::MAX));
        let unit = Unit::of(scale.end(), style.language);
        let money = unit.of_money(style.language);
        let caption = style.language.choose(format!("수익(단위: {money})"), format!("Revenue ({money})"));
        Self { scale, labels: scale.ticks().map(|tick| unit.count(tick)).collect(), caption }
    }

    /// An axis of whole people or things that reaches `greatest`.
    pub(super) fn count(greatest: u64, caption: &str) -> Self {
        let scale = Scale::reaching(greatest);
        Self { scale, labels: scale.ticks().map(group).collect(), caption: caption.to_owned() }
    }

    /// An axis from 0 to 100 %.
    pub(super) fn percent(caption: &str) -> Self {
        let scale = Scale::percent();
        let labels = scale.ticks().map(|tick| format!("{tick}%")).collect();
        Self { scale, labels, caption: caption.to_owned() }
    }

    /// Gives the place of a value: 0 at the beginning of the axis, 1 at its end.
    pub(super) fn place(&self, value: u128) -> f64 {
        self.scale.place(value)
    }

    /// Gives the room that the labels need beside an upright axis.
    pub(super) fn label_width(&self) -> f64 {
        let widths = self.labels.iter().map(|label| Lettering::Remark.width(label));
        widths.fold(0.0, f64::max) + 10.0
    }

    /// Draws the axis upright at the left of the plot, with its caption above.
    pub(super) fn draw_upright(&self, picture: &mut Picture, plot: Area) {
        for (place, label) in self.marks() {
            let y = plot.bottom() - place * plot.height;
            picture.rule((plot.left, y), (plot.right(), y));
            picture.text((plot.left - 8.0, y + 4.0), Lettering::Remark, Anchor::End, label);
        }
        let left = plot.left - self.label_width() + 2.0;
        picture.text((left, plot.top - 24.0), Lettering::Remark, Anchor::Start, &self.caption);
    }

    /// Draws the axis lying below the plot, with its caption under the labels.
    pub(super) fn draw_lying(&self, picture: &mut Picture, plot: Area) {
        for (place, label) in self.marks() {
            let x = plot.left + place * plot.width;
            picture.rule((x, plot.bottom()), (x, plot.bottom() + 5.0));
            let anchor = if place == 0.0 {
                Anchor::Start
            } else if place < 1.0 {
                Anchor::Middle
            } else {
                Anchor::End
            };
            picture.text((x, plot.bottom() + 19.0), Lettering::Remark, anchor, label);
        }
        let below = (plot.centre().0, plot.bottom() + 37.0);
        picture.text(below, Lettering::Remark, Anchor::Middle, &self.caption);
    }

    fn marks(&self) -> impl Iterator<Item = (f64, &str)> {
        self.scale.ticks().zip(&self.labels).map(|(tick, label)| (self.scale.place(tick), label.as_str()))
    }
}

/// Gives the remark under every chart of revenue.
pub(super) fn revenue_footnote(language: Language) -> String {
    let footnote = language.choose(
        "실제 결제 금액 기준이며, 환불과 강사 본인의 수강은 제외합니다.",
        "What was paid; refunds and the lecturer's own enrolments are not counted.",
    );
    footnote.to_owned()
}
