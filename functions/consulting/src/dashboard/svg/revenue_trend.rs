//! The picture of `revenue-trend`: a line over the days.

use jiff::{ToSpan, civil::Date};

use super::{
    Language, Style,
    axis::{Axis, revenue_footnote},
    dates,
    lettering::{Anchor, Lettering},
    names::scope_name,
    numbers::{positive, won},
    picture::{Area, Frame, HEAD, MARGIN, Picture, WIDTH},
    trend_axis::TrendAxis,
};
use crate::dashboard::{Chart, RevenueTrend, TrendPoint};

const HEIGHT: f64 = 240.0;

/// Days up to which each has a dot of its own.
const MOST_DOTS: usize = 62;

/// Draws the chart; nothing is known of the days after `day`.
pub(super) fn draw(view: &RevenueTrend, day: Date, style: Style) -> String {
    let language = style.language;
    let mut picture = Picture::new(Chart::RevenueTrend, style);
    let peak = view.points.iter().rev().max_by_key(|point| point.amount).filter(|peak| peak.amount > 0);
    let bottom = match peak {
        Some(peak) => draw_trend(&mut picture, view, *peak),
        None if view.data_until.is_none() => picture
            .message(language.choose("아직 집계되지 않은 기간입니다.", "These days are not counted yet.")),
        None => picture
            .message(language.choose("이 기간에는 수익이 없습니다.", "There is no revenue in this range.")),
    };
    let subtitle = subtitle(view, day, style);
    let peak = peak.map(|peak| peak_words(*peak, view, language)).unwrap_or_default();
    picture.finish(&Frame {
        title: language.choose("일별 수익", "Revenue per day").to_owned(),
        description: format!("{subtitle}. {peak}"),
        subtitle,
        footnote: revenue_footnote(language),
        bottom,
    })
}

fn subtitle(view: &RevenueTrend, day: Date, style: Style) -> String {
    let language = style.language;
    let (range, total) = (dates::range(view.from, view.to, language), won(view.total, language));
    let scope = scope_name(view.title.as_deref(), view.lecture_id.as_deref(), language);
    let counted = if view.to > day {
        let day = dates::short(day, language);
        language.choose(format!(" · {day}까지 집계"), format!(" · counted until {day}"))
    } else {
        String::new()
    };
    language.choose(
        format!("{range} · 합계 {total}{counted} · {scope}"),
        format!("{range} · total {total}{counted} · {scope}"),
    )
}

fn draw_trend(picture: &mut Picture, view: &RevenueTrend, peak: TrendPoint) -> f64 {
    let axis = Axis::money(positive(peak.amount), picture.style);
    let left = MARGIN + axis.label_width();
    // The last label of the time axis reaches over the end of the plot.
    let plot = Area { left, top: HEAD + 50.0, width: WIDTH - MARGIN - 14.0 - left, height: HEIGHT };
    let time = TrendAxis::new(view.from, view.to);
    draw_uncounted(picture, view, time, plot);
    axis.draw_upright(picture, plot);
    time.draw(picture, plot);
    let place = |point: &TrendPoint| {
        let height = axis.place(positive(point.amount)) * plot.height;
        (time.x(point.day, plot), plot.bottom() - height)
    };
    let line: Vec<_> = view.points.iter().map(place).collect();
    draw_line(picture, &line, plot.bottom());
    if view.points.len() <= MOST_DOTS {
        for (point, at) in view.points.iter().zip(&line) {
            let hint = format!(
                "{}: {}",
                dates::full(point.day, picture.style.language),
                won(point.amount, picture.style.language)
            );
            picture.dot(*at, 3.0, "fill0", Some(&hint));
        }
    }
    let words = peak_words(peak, view, picture.style.language);
    draw_peak(picture, &words, place(&peak), plot);
    plot.bottom() + 24.0
}

fn draw_line(picture: &mut Picture, line: &[(f64, f64)], ground: f64) {
    let ends = line.last().into_iter().chain(line.first()).map(|(x, _)| (*x, ground));
    let area: Vec<_> = line.iter().copied().chain(ends).collect();
    picture.path(&area, true, "class=\"fill0\" fill-opacity=\"0.14\"");
    picture.path(line, false, "class=\"trend\"");
}

/// Shades the days of the range of which nothing is known, so that they do not look like days without
/// revenue.
fn draw_uncounted(picture: &mut Picture, view: &RevenueTrend, time: TrendAxis, plot: Area) {
    let Some(until) = view.data_until.filter(|until| *until < view.to) else { return };
    let left = time.x(until.saturating_add(1.day()), plot).min(plot.right());
    let uncounted = Area { left, width: (plot.right() - left).max(2.0), ..plot };
    let words = picture.style.language.choose("집계 전", "not counted yet");
    picture.bar(uncounted, 0.0, "track", Some(words));
    if Lettering::Remark.width(words) + 8.0 < uncounted.width {
        // The peak is in the upper half.
        let low = (uncounted.centre().0, plot.bottom() - 12.0);
        picture.text(low, Lettering::Remark, Anchor::Middle, words);
    }
}

fn draw_peak(picture: &mut Picture, words: &str, (x, y): (f64, f64), plot: Area) {
    let half = Lettering::Value.width(words) / 2.0;
    let middle = x.max(plot.left + half).min(plot.right() - half);
    picture.dot((x, y), 4.5, "fill0", Some(words));
    picture.text((middle, y - 10.0), Lettering::Value, Anchor::Middle, words);
}

/// Names the day with most revenue. Of the only day there is no need to say that it is the greatest.
fn peak_words(peak: TrendPoint, view: &RevenueTrend, language: Language) -> String {
    let (day, amount) = (dates::full(peak.day, language), won(peak.amount, language));
    match view.points.as_slice() {
        [_] => format!("{day} {amount}"),
        _ => language.choose(format!("최고 {day} {amount}"), format!("Peak {day}: {amount}")),
    }
}
