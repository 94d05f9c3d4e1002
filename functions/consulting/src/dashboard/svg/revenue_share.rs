//! The picture of `revenue-share`: one column a day, stacked to 100 %, with the day's amount above it.

mod key;
mod stack;

use super::{
    SHOWN_LECTURES, Style,
    axis::{Axis, revenue_footnote},
    dates,
    names::{lecture_name, others_name},
    numbers::{percent, won},
    picture::{Area, Frame, HEAD, MARGIN, Picture, WIDTH},
};
use crate::dashboard::{Chart, Percent, RevenueShare};

/// What one colour, letter and pattern stand for: a lecture, or all that are not shown by themselves.
struct Part {
    /// Which colour, pattern and letter: 0 to 7 for lectures, 8 for the others.
    series: usize,
    name: String,
    amount: i64,
    share: Percent,
}

/// The part of all lectures that are not shown by themselves.
const OTHERS: usize = SHOWN_LECTURES;

impl Part {
    /// Gives the letter by which a part is known without its colour.
    fn letter(series: usize) -> &'static str {
        ["A", "B", "C", "D", "E", "F", "G", "H"].get(series).copied().unwrap_or("+")
    }
}

const HEIGHT: f64 = 300.0;
const KEY_WIDTH: f64 = 214.0;

/// Draws the chart.
pub(super) fn draw(view: &RevenueShare, style: Style) -> String {
    let language = style.language;
    let mut picture = Picture::new(Chart::RevenueShare, style);
    let parts = parts(view, style);
    let bottom = if view.total == 0 {
        picture.message(
            language.choose("최근 7일 동안 수익이 없습니다.", "There is no revenue in the last seven days."),
        )
    } else {
        draw_days(&mut picture, view, &parts)
    };
    let (range, total) = (dates::range(view.from, view.to, language), won(view.total, language));
    let listed = parts
        .iter()
        .map(|part| format!("{}: {} ({})", part.name, won(part.amount, language), percent(part.share)));
    let subtitle = language.choose(format!("{range} · 합계 {total}"), format!("{range} · total {total}"));
    picture.finish(&Frame {
        title: language
            .choose("최근 7일 강의별 수익 비중", "Share of revenue by lecture, last 7 days")
            .to_owned(),
        description: format!("{subtitle}. {}", listed.collect::<Vec<_>>().join("; ")),
        subtitle,
        footnote: revenue_footnote(language),
        bottom,
    })
}

fn parts(view: &RevenueShare, style: Style) -> Vec<Part> {
    let (shown, others) = view.lectures.split_at(view.lectures.len().min(SHOWN_LECTURES));
    let single = shown.iter().enumerate().map(|(series, lecture)| Part {
        series,
        name: lecture_name(&lecture.title, &lecture.lecture_id),
        amount: lecture.amount,
        share: lecture.share,
    });
    let grouped = (!others.is_empty()).then(|| Part {
        series: OTHERS,
        name: others_name(others.len(), style.language),
        amount: others.iter().map(|lecture| lecture.amount).fold(0, i64::saturating_add),
        share: others.iter().map(|lecture| lecture.share).sum(),
    });
    single.chain(grouped).collect()
}

fn draw_days(picture: &mut Picture, view: &RevenueShare, parts: &[Part]) -> f64 {
    let axis =
        Axis::percent(picture.style.language.choose(
            "하루 수익에서의 비중 (막대 위: 하루 수익, 원)",
            "Share of the day's revenue (above: KRW)",
        ));
    let left = MARGIN + axis.label_width();
    let right = WIDTH - MARGIN - KEY_WIDTH - 20.0;
    let plot = Area { left, top: HEAD + 46.0, width: right - left, height: HEIGHT };
    key::define_patterns(picture);
    axis.draw_upright(picture, plot);
    stack::draw(picture, view, parts, plot);
    let key = Area { left: right + 20.0, top: plot.top - 32.0, width: KEY_WIDTH, height: HEIGHT };
    key::draw(picture, parts, key).max(plot.bottom() + 36.0)
}
