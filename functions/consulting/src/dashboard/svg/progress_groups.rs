//! The picture of `progress-groups`: ten columns.

use jiff::civil::Date;

use super::{
    Style,
    axis::Axis,
    columns::{self, Column},
    dates,
    names::scope_name,
    numbers::{group, heads, people},
    picture::{Frame, Picture},
};
use crate::dashboard::{Chart, ProgressGroups};

/// Draws the chart as of `day`.
pub(super) fn draw(view: &ProgressGroups, day: Date, style: Style) -> String {
    let language = style.language;
    let mut picture = Picture::new(Chart::ProgressGroups, style);
    let bottom = if view.learners == 0 {
        picture.message(language.choose("아직 수강생이 없습니다.", "There are no learners yet."))
    } else {
        draw_columns(&mut picture, view)
    };
    let scope = scope_name(view.title.as_deref(), view.lecture_id.as_deref(), language);
    let (day, learners) = (dates::full(day, language), people(view.learners, "수강생", "learner", language));
    let listed =
        view.groups.iter().map(|each| format!("{}%: {}", each.label, heads(each.learners, language)));
    let subtitle = language
        .choose(format!("{day} 기준 · {learners} · {scope}"), format!("As of {day} · {learners} · {scope}"));
    picture.finish(&Frame {
        title: language.choose("수강률 구간별 수강생", "Learners by progress").to_owned(),
        description: format!("{subtitle}. {}", listed.collect::<Vec<_>>().join("; ")),
        subtitle,
        footnote: language
            .choose(
                "두 강의를 듣는 학생은 강의마다 한 번씩 셉니다.",
                "A student who learns in two lectures counts in each.",
            )
            .to_owned(),
        bottom,
    })
}

fn draw_columns(picture: &mut Picture, view: &ProgressGroups) -> f64 {
    let language = picture.style.language;
    let greatest = view.groups.iter().map(|group| group.learners).max().unwrap_or(0);
    let axis = Axis::count(greatest, language.choose("수강생(명)", "Learners"));
    let columns = view.groups.iter().map(|each| Column {
        label: each.label.clone(),
        count: each.learners,
        value: group(u128::from(each.learners)),
        remark: String::new(),
    });
    let columns: Vec<_> = columns.collect();
    columns::draw(picture, &columns, &axis, language.choose("수강률(%)", "Progress (%)"))
}
