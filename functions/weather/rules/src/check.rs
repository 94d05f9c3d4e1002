//! Whether a line that a model wrote may be shown.

use crate::facts::Facts;
use crate::numbers::{Unit, numbers};

/// The most characters of a line.
pub const LONGEST: usize = 160;

/// Why a line may not be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It is blank, or too long.
    #[error("the line must have 1 to {LONGEST} characters")]
    Length,
    /// It is not one line of plain text.
    #[error("the line must be one line of plain text, without links, markup or emoji")]
    Form,
    /// It is not in Korean.
    #[error("the line must be in Korean")]
    Language,
    /// It has a number that is not among the facts, or is one of another unit or sign.
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
    let is_markup = |character: char| {
        character.is_control() || matches!(character, '<' | '>' | '{' | '}' | '`') || is_emoji(character)
    };
    if line.chars().any(is_markup) || line.contains("://") || line.contains("www.") {
        return Err(Unfit::Form);
    }
    let letters = line.chars().filter(|character| character.is_alphabetic()).count();
    let korean = line.chars().filter(|character| matches!(character, '가'..='힣')).count();
    if korean * 2 < letters || korean == 0 {
        return Err(Unfit::Language);
    }
    let is_fact = |(number, unit): &(i32, Unit)| facts.numbers(*unit).contains(number);
    if numbers(line).is_some_and(|numbers| numbers.iter().all(is_fact)) { Ok(()) } else { Err(Unfit::Number) }
}

/// Whether it is a picture, or makes one of what stands before it.
const fn is_emoji(character: char) -> bool {
    matches!(
        character,
        '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}' | '\u{FE0F}'
            | '\u{200D}' | '\u{20E3}' | '\u{2300}'..='\u{23FF}' | '\u{E0020}'..='\u{E007F}'
    )
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
            "바람이 5m/s로 불어요.",
            "체감 -8~-3도예요.",
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
            "기온이 3도예요.",
            "영상 8도예요.",
            "기온이 40도예요.",
            "습도 5%예요.",
            "바람이 15m/s로 불어요.",
            "눈이 5cm 와요.",
            "5시부터 눈이 와요.",
            "3시간 뒤에 눈이 와요.",
        ] {
            assert_eq!(check(line, &FACTS), Err(Unfit::Number), "{line}");
        }
    }

    #[test]
    fn what_is_above_nought_is_not_said_to_be_below() {
        let facts = Facts { temperature: Some(3), felt: Some(1), highest: Some(12), ..FACTS };
        for line in ["지금 3도, 낮에는 12도까지 올라요.", "영상 3도예요.", "1~3도로 쌀쌀해요."]
        {
            assert_eq!(check(line, &facts), Ok(()), "{line}");
        }
        for line in ["지금 -3도예요.", "영하 3도로 추워요.", "마이너스 12도예요.", "−1도예요."]
        {
            assert_eq!(check(line, &facts), Err(Unfit::Number), "{line}");
        }
    }

    #[test]
    fn a_line_is_short_plain_and_korean() {
        assert_eq!(check(" ", &FACTS), Err(Unfit::Length));
        assert_eq!(check(&"가".repeat(LONGEST + 1), &FACTS), Err(Unfit::Length));
        for line in
            ["가나\n다라", "<b>따뜻하게</b>", "자세한 것은 http://a.kr 에서", "눈이 와요 ☃️", "추워요 🥶"]
        {
            assert_eq!(check(line, &FACTS), Err(Unfit::Form), "{line}");
        }
        assert_eq!(check("Dress warmly today.", &FACTS), Err(Unfit::Language));
        assert_eq!(check("!!!", &FACTS), Err(Unfit::Language));
    }
}
