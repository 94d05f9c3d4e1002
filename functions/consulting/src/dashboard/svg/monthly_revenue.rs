//! The picture of `monthly-revenue`: ranked bars.

use super::{
    Language, SHOWN_LECTURES, Style,
    axis::{Axis, revenue_footnote},
    dates,
    names::{lecture_name, others_name},
    numbers::{percent, positive, won},
    picture::{Frame, Picture},
    ranked_bars::{self, RankedBar},
};
use crate::dashboard::{Chart, LectureRevenue, MonthlyRevenue, Percent};

/// Draws the chart.
pub(super) fn draw(view: &MonthlyRevenue, style: Style) -> String {
    let language = style.language;
    let mut picture = Picture::new(Chart::MonthlyRevenue, style);
    let entries = entries(&view.items, language);
    let bottom = if view.total == 0 {
        picture.message(
            language.choose("이번 달에는 아직 수익이 없습니다.", "There is no revenue this month so far."),
        )
    } else {
        draw_bars(&mut picture, &entries)
    };
    let range = dates::range(view.from, view.to, language);
    let total = won(view.total, language);
    let listed = entries.iter().map(|entry| format!("{}: {}", entry.name, entry.value(language)));
    picture.finish(&Frame {
        title: language.choose("이번 달 강의별 수익", "Revenue by lecture this month").to_owned(),
        subtitle: language.choose(format!("{range} · 합계 {total}"), format!("{range} · total {total}")),
        description: language.choose(format!("{range} 합계 {total}. "), format!("{range}, total {total}. "))
            + &listed.collect::<Vec<_>>().join("; "),
        footnote: revenue_footnote(language),
        bottom,
    })
}

/// What one bar stands for.
struct Entry {
    name: String,
    amount: i64,
    share: Percent,
    grouped: bool,
}

impl Entry {
    fn value(&self, language: Language) -> String {
        format!("{} · {}", won(self.amount, language), percent(self.share))
    }
}

fn entries(items: &[LectureRevenue], language: Language) -> Vec<Entry> {
    let (shown, others) = items.split_at(items.len().min(SHOWN_LECTURES));
    let single = |item: &LectureRevenue| Entry {
        name: lecture_name(&item.title, &item.lecture_id),
        amount: item.amount,
        share: item.share,
        grouped: false,
    };
    let mut entries: Vec<Entry> = shown.iter().map(single).collect();
    if !others.is_empty() {
        entries.push(Entry {
            name: others_name(others.len(), language),
            // A part of the view's total, which is an amount of money.
            amount: others.iter().map(|item| item.amount).fold(0, i64::saturating_add),
            share: others.iter().map(|item| item.share).sum(),
            grouped: true,
        });
    }
    entries
}

fn draw_bars(picture: &mut Picture, entries: &[Entry]) -> f64 {
    let single = entries.iter().filter(|entry| !entry.grouped);
    let greatest = single.map(|entry| positive(entry.amount)).max().unwrap_or(0);
    let axis = Axis::money(greatest, picture.style);
    let bars = entries.iter().map(|entry| RankedBar {
        name: entry.name.clone(),
        value: entry.value(picture.style.language),
        length: (!entry.grouped).then(|| axis.place(positive(entry.amount))),
    });
    let bars: Vec<_> = bars.collect();
    ranked_bars::draw(picture, &bars, &axis)
}
