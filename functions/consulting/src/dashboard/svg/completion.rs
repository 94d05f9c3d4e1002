//! The picture of `completion`: ranked bars on an axis from 0 to 100 %.

use jiff::civil::Date;

use super::{
    Language, Style,
    axis::Axis,
    dates,
    names::lecture_name,
    numbers::{group, heads, percent},
    picture::{Frame, Picture},
    ranked_bars::{self, RankedBar},
};
use crate::dashboard::{Chart, Completion, LectureCompletion};

/// Draws the chart as of `day`.
pub(super) fn draw(view: &Completion, day: Date, style: Style) -> String {
    let language = style.language;
    let mut picture = Picture::new(Chart::Completion, style);
    let bars: Vec<_> = view.items.iter().map(|item| bar(item, language)).collect();
    let bottom = if bars.is_empty() {
        picture.message(language.choose("수강생이 있는 강의가 없습니다.", "No lecture has learners yet."))
    } else {
        let caption = language.choose("완강한 수강생의 비율", "Learners who finished");
        ranked_bars::draw(&mut picture, &bars, &Axis::percent(caption))
    };
    let listed: Vec<_> = bars.iter().map(|bar| format!("{}: {}", bar.name, bar.value)).collect();
    let day = dates::full(day, language);
    let finished = view.finished_from;
    let subtitle = language.choose(
        format!("{day} 기준 · 수강률 {finished}% 이상을 완강으로 봅니다"),
        format!("As of {day} · finished means {finished}% or more"),
    );
    picture.finish(&Frame {
        title: language.choose("강의 완강률 상위 5", "Completion rate, top 5 lectures").to_owned(),
        description: format!("{subtitle}. {}", listed.join("; ")),
        subtitle,
        footnote: language
            .choose("수강생이 없는 강의는 제외합니다.", "Lectures without learners are left out.")
            .to_owned(),
        bottom,
    })
}

fn bar(item: &LectureCompletion, language: Language) -> RankedBar {
    let (share, finished) = (percent(item.percent), group(u128::from(item.finished)));
    let learners = heads(item.learners, language);
    RankedBar {
        name: lecture_name(&item.title, &item.lecture_id),
        value: language.choose(
            format!("{share} ({learners} 중 {}명)", finished),
            format!("{share} ({finished} of {learners})"),
        ),
        length: Some(f64::from(item.percent.hundredths()) / 10_000.0),
    }
}
