//! Rain and snow as the forecasts write them: in words and ranges, not in numbers.

/// How much rain or snow falls within an hour, as closely as it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    /// At least so much.
    pub from: f64,
    /// At most so much; none if there is no bound.
    pub to: Option<f64>,
}

impl Amount {
    /// Nothing falls.
    pub const NONE: Self = Self { from: 0.0, to: Some(0.0) };

    /// Exactly so much.
    #[must_use]
    pub const fn exactly(amount: f64) -> Self {
        Self { from: amount, to: Some(amount) }
    }

    /// What the service writes: `강수없음`, `1mm 미만`, `6.2mm`, `30.0~50.0mm`, `50.0mm 이상`; `적설없음`, `0.5cm 미만`,
    /// `1.2cm`, `5.0cm 이상`. None for anything else.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.ends_with("없음") {
            return Some(Self::NONE);
        }
        let bare: String = text.chars().filter(|character| !character.is_whitespace()).collect();
        let bare = bare.replace("mm", "").replace("cm", "");
        if let Some(bound) = bare.strip_suffix("미만") {
            return Some(Self { from: 0.0, to: Some(amount(bound)?) });
        }
        if let Some(bound) = bare.strip_suffix("이상") {
            return Some(Self { from: amount(bound)?, to: None });
        }
        if let Some((from, to)) = bare.split_once('~') {
            let (from, to) = (amount(from)?, amount(to)?);
            return (from <= to).then_some(Self { from, to: Some(to) });
        }
        amount(&bare).map(Self::exactly)
    }

    /// The class of rain that stands instead of it beyond the third day.
    pub(crate) fn of_rain_class(class: &str) -> Option<Self> {
        match class.trim() {
            "0" => Some(Self::NONE),
            "1" => Some(Self { from: 0.0, to: Some(3.0) }),
            "2" => Some(Self { from: 3.0, to: Some(15.0) }),
            "3" => Some(Self { from: 15.0, to: None }),
            _ => None,
        }
    }

    /// The class of snow that stands instead of it beyond the third day. How much the two classes are is not said.
    pub(crate) fn of_snow_class(class: &str) -> Option<Self> {
        match class.trim() {
            "0" => Some(Self::NONE),
            "1" | "2" => Some(Self { from: 0.0, to: None }),
            _ => None,
        }
    }
}

/// A number that is no sign of a missing value.
fn amount(text: &str) -> Option<f64> {
    text.parse().ok().filter(|amount: &f64| (0.0..900.0).contains(amount))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(f64, Option<f64>)> {
        Amount::read(text).map(|Amount { from, to }| (from, to))
    }

    #[test]
    fn the_words_of_the_service_are_read() {
        assert_eq!(read("강수없음"), Some((0.0, Some(0.0))));
        assert_eq!(read("1mm 미만"), Some((0.0, Some(1.0))));
        assert_eq!(read("1.0mm미만"), Some((0.0, Some(1.0))));
        assert_eq!(read("6.2mm"), Some((6.2, Some(6.2))));
        assert_eq!(read("30.0~50.0mm"), Some((30.0, Some(50.0))));
        assert_eq!(read("50.0mm 이상"), Some((50.0, None)));
        assert_eq!(read("적설없음"), Some((0.0, Some(0.0))));
        assert_eq!(read("0.5cm 미만"), Some((0.0, Some(0.5))));
        assert_eq!(read("1.2cm"), Some((1.2, Some(1.2))));
        assert_eq!(read("5.0cm 이상"), Some((5.0, None)));
        // The observation's is a number.
        assert_eq!(read("0"), Some((0.0, Some(0.0))));
    }

    #[test]
    fn what_is_missing_or_no_amount_is_none() {
        for text in ["", "-", "null", "-998.9", "999", "비", "mm", "50~30mm", "미만", "~", "NaN", "inf"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(Amount::of_rain_class("2"), Some(Amount { from: 3.0, to: Some(15.0) }));
        assert_eq!(Amount::of_snow_class("1"), Some(Amount { from: 0.0, to: None }));
        assert_eq!((Amount::of_rain_class("4"), Amount::of_snow_class("6.2mm")), (None, None));
    }
}
