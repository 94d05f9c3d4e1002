//! Whether a line that a model wrote may be shown.

use crate::facts::Facts;

/// The most characters of a line.
pub const LONGEST: usize = 160;

/// Why a line may not be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It is blank, or too long.
    #[error("the line must have 1 to {LONGEST} characters")]
    Length,
    /// It is not one line of plain text.
    #[error("the line must be one line of plain text, without links or markup")]
    Form,
    /// It is not in Korean.
    #[error("the line must be in Korean")]
    Language,
    /// It has a number that is not among the facts.
    #[error("the line has a number that is not among the facts")]
    Number,
}

/// Checks a line about `facts`.
///
/// # Errors
/// [`Unfit`].
pub fn check(line: &str, facts: &Facts) -> Result<(), Unfit> {
    if line.trim().is_empty() || line.chars().count() > LONGEST {
        return Err(Unfit::Length);
    }
    let is_markup =
        |character: char| character.is_control() || matches!(character, '<' | '>' | '{' | '}' | '`');
    if line.chars().any(is_markup) || line.contains("://") || line.contains("www.") {
        return Err(Unfit::Form);
    }
    let letters = line.chars().filter(|character| character.is_alphabetic()).count();
    let korean = line.chars().filter(|character| matches!(character, '가'..='힣')).count();
    if korean * 2 < letters || korean == 0 {
        return Err(Unfit::Language);
    }
    if numbers(line).is_some_and(|numbers| numbers.iter().all(|number| facts.numbers().contains(number))) {
        Ok(())
    } else {
        Err(Unfit::Number)
    }
}

/// The whole numbers in a line; none if it has others, such as in parts or in other digits.
fn numbers(line: &str) -> Option<Vec<u32>> {
    let mut numbers = Vec::new();
    let mut rest = line;
    while let Some(begin) = rest.find(char::is_numeric) {
        rest = rest.get(begin..)?;
        let end = rest.find(|character: char| !character.is_numeric()).unwrap_or(rest.len());
        let (digits, behind) = rest.split_at(end);
        // Only those of ASCII are read.
        numbers.push(digits.parse().ok()?);
        let mut behind_it = behind.chars();
        let is_part =
            matches!(behind_it.next(), Some('.' | ',')) && behind_it.next().is_some_and(char::is_numeric);
        if is_part {
            return None;
        }
        rest = behind;
    }
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Next;
    use crate::hour::Precipitation;

    const FACTS: Facts = Facts {
        temperature: Some(-3),
        felt: Some(-8),
        humidity: Some(40),
        precipitation: Precipitation::None,
        sky: None,
        wind_speed: Some(5),
        next: Some(Next { precipitation: Precipitation::Snow, hour: 15 }),
        lowest: None,
        highest: None,
    };

    #[test]
    fn the_numbers_of_the_facts_may_be_said_and_no_others() {
        for line in [
            "체감 -8도예요.",
            "영하 3도, 습도 40%.",
            "오후 3시부터 눈이 와요.",
            "15시부터 눈이 와요. 따뜻하게.",
        ] {
            assert_eq!(check(line, &FACTS), Ok(()), "{line}");
        }
        for line in [
            "체감 -9도예요.",
            "8.5도예요.",
            "기온이 1,000도예요.",
            "체감 ⑧도예요.",
            "８도예요.",
            "눈이 70% 확률로 와요.",
        ] {
            assert_eq!(check(line, &FACTS), Err(Unfit::Number), "{line}");
        }
    }

    #[test]
    fn a_line_is_short_plain_and_korean() {
        assert_eq!(check(" ", &FACTS), Err(Unfit::Length));
        assert_eq!(check(&"가".repeat(LONGEST + 1), &FACTS), Err(Unfit::Length));
        for line in ["가나\n다라", "<b>따뜻하게</b>", "자세한 것은 http://a.kr 에서"] {
            assert_eq!(check(line, &FACTS), Err(Unfit::Form), "{line}");
        }
        assert_eq!(check("Dress warmly today.", &FACTS), Err(Unfit::Language));
        assert_eq!(check("!!!", &FACTS), Err(Unfit::Language));
    }
}
