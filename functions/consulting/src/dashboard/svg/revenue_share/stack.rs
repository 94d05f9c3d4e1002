//! The stacked columns.

use std::collections::HashMap;

use super::{OTHERS, Part, key};
use crate::dashboard::{
    DayShares, Percent, RevenueShare,
    svg::{
        SHOWN_LECTURES, dates,
        lettering::{Anchor, Lettering},
        numbers::{percent, positive, short, won},
        picture::{Area, Picture},
    },
};

/// From this height on a part has room for its letter and share.
const LABELLED: f64 = 13.0;

/// Draws the columns of all days.
pub(super) fn draw(picture: &mut Picture, view: &RevenueShare, parts: &[Part], plot: Area) {
    let shown = view.lectures.iter().take(SHOWN_LECTURES).enumerate();
    let series: HashMap<&str, usize> =
        shown.map(|(series, lecture)| (lecture.lecture_id.as_str(), series)).collect();
    let pitch = plot.width / 7.0;
    let mut left = plot.left;
    for day in &view.days {
        let column = Area { left: left + pitch * 0.1, width: pitch * 0.8, ..plot };
        draw_labels(picture, day, column);
        draw_portions(picture, day, parts, &series, column);
        left += pitch;
    }
}

fn draw_labels(picture: &mut Picture, day: &DayShares, column: Area) {
    let language = picture.style.language;
    let (middle, bottom) = (column.centre().0, column.bottom());
    picture.text(
        (middle, bottom + 18.0),
        Lettering::Remark,
        Anchor::Middle,
        &dates::short(day.day, language),
    );
    let weekday = dates::weekday(day.day, language);
    picture.text((middle, bottom + 34.0), Lettering::Remark, Anchor::Middle, weekday);
    let total = short(positive(day.total), language);
    picture.text((middle, column.top - 7.0), Lettering::Remark, Anchor::Middle, &total);
}

/// What one part of the picture has of one day.
struct Portion {
    series: usize,
    amount: i64,
    share: Percent,
}

/// Gives the portions of the day in the order of the key.
fn portions(day: &DayShares, series: &HashMap<&str, usize>) -> Vec<Portion> {
    let mut portions: Vec<Portion> = Vec::with_capacity(OTHERS + 1);
    for item in &day.items {
        let series = series.get(item.lecture_id.as_str()).copied().unwrap_or(OTHERS);
        // Items come in the order of the key, so that all others are neighbours.
        match portions.last_mut().filter(|last| last.series == series) {
            Some(others) => {
                others.amount = others.amount.saturating_add(item.amount);
                others.share = [others.share, item.share].into_iter().sum();
            }
            None => portions.push(Portion { series, amount: item.amount, share: item.share }),
        }
    }
    portions
}

fn draw_portions(
    picture: &mut Picture,
    day: &DayShares,
    parts: &[Part],
    series: &HashMap<&str, usize>,
    column: Area,
) {
    picture.bar(column, 0.0, "track", None);
    let language = picture.style.language;
    let mut bottom = column.bottom();
    for Portion { series, amount, share } in portions(day, series) {
        let height = f64::from(share.hundredths()) / 10_000.0 * column.height;
        let area = Area { top: bottom - height, height, ..column };
        bottom = area.top;
        let name = parts.iter().find(|part| part.series == series).map_or("", |part| part.name.as_str());
        let (date, amount) = (dates::short(day.day, language), won(amount, language));
        let hint = format!("{date} {name}: {amount} ({})", percent(share));
        key::fill(picture, area, series, Some(&hint));
        if height >= LABELLED {
            let label = format!("{} {}%", Part::letter(series), (share.hundredths() + 50) / 100);
            draw_label(picture, &label, series, area);
        }
    }
}

/// Writes the label on a patch without the pattern, which would cross the letters.
fn draw_label(picture: &mut Picture, label: &str, series: usize, area: Area) {
    let (x, y) = area.centre();
    let width = (Lettering::OnFill(series).width(label) + 2.0).min(area.width);
    let patch = Area { left: x - width / 2.0, top: y - 6.0, width, height: 12.0 };
    picture.bar(patch, 2.0, &format!("fill{series}"), None);
    picture.text((x, y + 3.8), Lettering::OnFill(series), Anchor::Middle, label);
}
