//! The words: titles of lectures, reviews and questions in Korean, put together from parts that fit.

mod categories;
mod questions;
mod reviews;

pub(super) use self::{categories::CATEGORIES, questions::question, reviews::review};

/// The title of a lecturer's lecture. Among each ten lecturers the first has two lectures of one title, one
/// titled `all`, and one whose title needs quoting.
pub(super) fn lecture_title(category: usize, lecturer: u64, slot: u64) -> String {
    let titles = CATEGORIES[category].titles;
    match (lecturer % 10, slot) {
        (0, 0 | 1) => titles[0].to_owned(),
        (0, 2) => "all".to_owned(),
        (0, 3) => format!("{}, \"한 번에\" 끝내기 🚀", CATEGORIES[category].name),
        _ => {
            let edition = ["", " (2026 개정판)", " - 실전 프로젝트", " 핵심 요약"];
            let title = titles[(lecturer + slot) as usize % titles.len()];
            format!("{title}{}", edition[(lecturer / 4 + slot) as usize % edition.len()])
        }
    }
}
