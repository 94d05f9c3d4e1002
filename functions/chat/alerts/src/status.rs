//! The service's other word on whether there are warnings: the text of its state (`getPwnStatus`, `t6`).

/// Whether the text names any warning. It is one line for each kind, such as `o 강풍주의보 : 부산서부`, or says that
/// there is none: `o 없음`, `o 없 음`.
#[must_use]
pub fn names_warnings(text: &str) -> bool {
    text.lines().any(|line| {
        let said: String = line.chars().filter(|character| !character.is_whitespace()).collect();
        let said = said.trim_start_matches(['o', 'O', 'ㅇ', '○', '-', '*']);
        !said.is_empty() && !said.starts_with("없음")
    })
}

#[cfg(test)]
mod tests {
    use super::names_warnings;

    #[test]
    fn a_line_with_a_warning_is_told_from_one_that_says_none() {
        for some in ["o 강풍주의보 : 부산서부\r\n", "o 없음\r\no 건조경보 : 강릉평지", "풍랑주의보"]
        {
            assert!(names_warnings(some), "{some}");
        }
        for none in ["", "o 없음", "o 없 음\r\n\r\n", "\r\n", " o  없음 ", "없음"] {
            assert!(!names_warnings(none), "{none}");
        }
    }
}
