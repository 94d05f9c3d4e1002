//! The picture of `lectures-per-student`: five columns. The groups have an order, which a pie would hide.

use jiff::civil::Date;

use super::{
    Language, Style,
    axis::Axis,
    columns::{self, Column},
    dates,
    numbers::{heads, people, percent},
    picture::{Frame, Picture},
};
use crate::dashboard::{Chart, LecturesPerStudent, StudentGroup};

/// Draws the chart as of `day`.
pub(super) fn draw(view: &LecturesPerStudent, day: Date, style: Style) -> String {
    let language = style.language;
    let mut picture = Picture::new(Chart::LecturesPerStudent, style);
    let columns: Vec<_> = view.groups.iter().map(|group| column(group, language)).collect();
    let bottom = if view.students == 0 {
        picture.message(language.choose("아직 수강생이 없습니다.", "There are no students yet."))
    } else {
        let greatest = columns.iter().map(|column| column.count).max().unwrap_or(0);
        let axis = Axis::count(greatest, language.choose("학생(명)", "Students"));
        let caption = language.choose("수강하는 내 강의 수", "Number of lectures");
        columns::draw(&mut picture, &columns, &axis, caption)
    };
    let (day, students) = (dates::full(day, language), people(view.students, "학생", "student", language));
    let listed =
        columns.iter().map(|column| format!("{}: {} ({})", column.label, column.value, column.remark));
    let subtitle = language.choose(format!("{day} 기준 · {students}"), format!("As of {day} · {students}"));
    picture.finish(&Frame {
        title: language.choose("수강생당 내 강의 수", "Lectures per student").to_owned(),
        description: format!("{subtitle}. {}", listed.collect::<Vec<_>>().join("; ")),
        subtitle,
        footnote: language
            .choose(
                "학생 한 명은 한 번만 셉니다. 환불한 수강은 제외합니다.",
                "Each student counts once; refunded enrolments are not counted.",
            )
            .to_owned(),
        bottom,
    })
}

fn column(group: &StudentGroup, language: Language) -> Column {
    let label = match (language, group.lectures.as_str()) {
        (Language::Korean, "5+") => "5개 이상".to_owned(),
        (Language::Korean, number) => format!("{number}개"),
        (Language::English, "5+") => "5 or more".to_owned(),
        (Language::English, number) => number.to_owned(),
    };
    let value = heads(group.students, language);
    Column { label, count: group.students, value, remark: percent(group.share) }
}
