//! Texts of a profile.

use maru_document::{has_direction_control, has_visible_character, is_https_address};
use serde::{Deserialize, Serialize};

macro_rules! text_type {
    ($(#[$doc:meta])* $name:ident $(<const $max:ident: usize>)?, $text:ident => $rule:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name $(<const $max: usize>)? (String);

        impl $(<const $max: usize>)? $name $(<$max>)? {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl $(<const $max: usize>)? TryFrom<String> for $name $(<$max>)? {
            type Error = String;

            fn try_from($text: String) -> Result<Self, String> {
                let refusal: Option<String> = $rule;
                refusal.map_or(Ok(Self($text)), Err)
            }
        }

        impl $(<const $max: usize>)? From<$name $(<$max>)?> for String {
            fn from(text: $name $(<$max>)?) -> Self {
                text.0
            }
        }
    };
}

text_type! {
    /// One line with something to see on it, of at most `MOST` characters, that turns nothing around: others read
    /// it, too.
    Line<const MOST: usize>, text => {
        let fits = text.chars().count() <= MOST;
        let plain = !text.chars().any(char::is_control) && !has_direction_control(&text);
        let line = plain && has_visible_character(&text);
        (!fits || !line).then(|| format!("must be one line of 1 to {MOST} characters"))
    }
}

text_type! {
    /// An address of the form `local@domain` of at most 254 characters (RFC 5321 §4.5.3.1). That it is theirs
    /// is not known.
    Email, text => (!is_email(&text)).then(|| "must be an e-mail address".to_owned())
}

text_type! {
    /// A telephone number of Korea, 10 or 11 digits, with hyphens or without.
    Phone, text => (!is_phone(&text)).then(|| "must have 10 or 11 digits, such as 010-1234-5678".to_owned())
}

text_type! {
    /// An address of the web that begins with `https://`, of at most 2,000 bytes.
    HttpsUrl, text => {
        let good = text.len() <= 2_000 && is_https_address(&text);
        (!good).then(|| "must begin with https://".to_owned())
    }
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let plain = |part: &str| part.chars().all(|each| !each.is_control() && !each.is_whitespace());
    let local_good = !local.is_empty() && local.len() <= 64 && plain(local) && !local.contains('@');
    let labels = domain.split('.');
    let label_good =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    text.len() <= 254 && local_good && domain.contains('.') && labels.into_iter().all(label_good)
}

fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let plain = text.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    plain && (10..=11).contains(&digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_can_be_read() {
        let line = |text: &str| Line::<5>::try_from(text.to_owned());
        assert_eq!(line("홍 길동").unwrap().as_str(), "홍 길동");
        assert!(line("שלום\u{200f}").is_ok());
        let (fillers, zero_width, turned) = ("\u{3164}\u{2800}", "\u{200b}\u{200d}", "\u{202e}uram");
        for bad in ["", "  ", "여섯글자입니", "a\nb", "a\u{0}", fillers, zero_width, turned, "a\u{2066}b"]
        {
            assert!(line(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn an_address_has_two_parts() {
        for good in ["a@b.kr", "gil.dong+maru@mail.example.com", "a@한국.kr"] {
            assert!(Email::try_from(good.to_owned()).is_ok(), "{good}");
        }
        for bad in ["", "a", "@b.kr", "a@", "a@b", "a@b..kr", "a b@c.kr", "a@b@c.kr", "a@b.kr\n"] {
            assert!(Email::try_from(bad.to_owned()).is_err(), "{bad:?}");
        }
        assert!(Email::try_from(format!("a@{}.kr", "b".repeat(250))).is_err());
    }

    #[test]
    fn a_number_has_ten_or_eleven_digits() {
        for good in ["01012345678", "010-1234-5678", "0212345678", "02-1234-5678"] {
            assert!(Phone::try_from(good.to_owned()).is_ok(), "{good}");
        }
        for bad in
            ["", "010-123", "010--1234-5678", "+82 10 1234 5678", "０１０１２３４５６７８", "010123456789"]
        {
            assert!(Phone::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_link_is_secure() {
        assert!(HttpsUrl::try_from("https://maru.example/a".to_owned()).is_ok());
        for bad in ["http://maru.example", "javascript:alert(1)", "https://", "https://a@evil.example"] {
            assert!(HttpsUrl::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }
}
