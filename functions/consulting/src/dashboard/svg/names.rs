//! What a picture calls a lecture.

use super::{Language, text::fit};

/// Gives what a picture calls a lecture: its title, or its id where the title has nothing to show. A name
/// takes one line at most.
pub(super) fn lecture_name(title: &str, lecture_id: &str) -> String {
    let name = fit(title, 13.0, 600.0);
    if name.is_empty() { fit(lecture_id, 13.0, 600.0) } else { name }
}

/// Gives what a picture calls the lectures that it does not show by themselves.
pub(super) fn others_name(lectures: usize, language: Language) -> String {
    let plural = if lectures == 1 { "lecture" } else { "lectures" };
    language.choose(format!("기타 (강의 {lectures}개)"), format!("Other ({lectures} {plural})"))
}

/// Gives what a picture calls its selection: the lecture, or all.
pub(super) fn scope_name(title: Option<&str>, lecture_id: Option<&str>, language: Language) -> String {
    match lecture_id {
        Some(lecture_id) => lecture_name(title.unwrap_or_default(), lecture_id),
        None => language.choose("전체 강의", "all lectures").to_owned(),
    }
}
