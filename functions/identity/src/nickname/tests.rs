//! Which texts are nicknames, and which of them are the same.

use proptest::prelude::*;

use super::*;

fn parse(text: &str) -> Result<Nickname, NicknameError> {
    text.to_owned().try_into()
}

#[track_caller]
fn key(text: &str) -> String {
    parse(text).unwrap().key()
}

#[test]
fn two_to_twelve_characters_of_any_script() {
    for good in ["마루", "maru", "Müller 2", "열두글자까지쓸수있어요응", "😀😀", "नमस्ते", "ab"]
    {
        assert!(parse(good).is_ok(), "{good}");
    }
    for bad in ["", "마", "열세글자는하나더많아요그래요", &"a".repeat(13), &"가".repeat(1000)]
    {
        assert_eq!(parse(bad), Err(NicknameError::Length), "{bad}");
    }
}

#[test]
fn a_syllable_is_one_character_however_it_was_typed() {
    let typed_as_letters = "마루".chars().flat_map(|syllable| {
        let index = u32::from(syllable) - 0xAC00;
        [0x1100 + index / 588, 0x1161 + index % 588 / 28].map(|code| char::from_u32(code).unwrap())
    });
    let nickname = parse(&typed_as_letters.collect::<String>()).unwrap();
    assert_eq!(nickname.as_str(), "마루");
}

#[test]
fn what_looks_the_same_is_the_same() {
    for (one, other) in
        [("Maru", "mARU"), ("ｍａｒｕ", "maru"), ("Straße", "STRASSE"), ("ﬁsh", "Fish"), ("①②", "12")]
    {
        assert_eq!(key(one), key(other), "{one} {other}");
    }
    assert_ne!(key("마루"), key("미루"));
}

#[test]
fn what_could_not_be_read_is_no_name() {
    assert_eq!(parse("\u{fffd}\u{fffd}"), Err(NicknameError::Unreadable));
    assert_eq!(Nickname::suggested("ma\u{fffd}ru", None).as_str(), "maru");
}

#[test]
fn what_cannot_be_seen_may_not_be_in_it() {
    let unseen = [
        "\u{0}",
        "\u{7f}",
        "\u{85}",
        "\u{ad}",
        "\u{34f}",
        "\u{61c}",
        "\u{115f}",
        "\u{1160}",
        "\u{17b4}",
        "\u{180e}",
        "\u{200b}",
        "\u{200c}",
        "\u{200d}",
        "\u{200e}",
        "\u{200f}",
        "\u{202a}",
        "\u{202e}",
        "\u{2060}",
        "\u{2066}",
        "\u{2069}",
        "\u{2800}",
        "\u{3164}",
        "\u{fe0f}",
        "\u{feff}",
        "\u{ffa0}",
        "\u{e000}",
        "\u{e0001}",
        "\u{e0041}",
        "\u{fffe}",
        "\u{378}",
    ];
    for character in unseen {
        for text in [format!("ma{character}ru"), format!("{character}maru"), format!("maru{character}")] {
            assert_eq!(parse(&text), Err(NicknameError::Invisible), "{}", text.escape_unicode());
        }
    }
}

#[test]
fn spaces_stand_alone_and_inside() {
    assert!(parse("a b").is_ok());
    for bad in [" ab", "ab ", "a  b", "a\u{3000}b", "a\u{a0}b", "a\u{2028}b", "  "] {
        assert_eq!(parse(bad), Err(NicknameError::Space), "{bad:?}");
    }
    assert_eq!(parse("\u{301}ab"), Err(NicknameError::Mark));
}

#[test]
fn a_suggestion_is_a_nickname() {
    let suggested = |name: &str, number| Nickname::suggested(name, number).as_str().to_owned();
    assert_eq!(suggested("octo-cat", None), "octo-cat");
    assert_eq!(suggested("홍 길동", Some(1234)), "홍길동1234");
    assert_eq!(suggested("a-very-long-login-name", None), "a-very-long-");
    assert_eq!(suggested("a-very-long-login-name", Some(1234)), "a-very-l1234");
    assert_eq!(suggested("\u{200b}", None), "회원");
    assert_eq!(suggested("x", None), "회원");
}

proptest! {
    #[test]
    fn whatever_somebody_is_called_the_suggestion_is_a_nickname(name in any::<String>(), number: Option<u16>) {
        let suggestion = Nickname::suggested(&name, number);
        prop_assert_eq!(parse(suggestion.as_str()), Ok(suggestion.clone()));
    }

    #[test]
    fn a_key_is_its_own_key(text in "\\PC{2,12}") {
        if let Ok(nickname) = parse(&text) {
            let key = nickname.key();
            prop_assert_eq!(fold(&key), key.clone());
            prop_assert_eq!(fold(&fold(&nickname.as_str().to_uppercase())), fold(&fold(&nickname.as_str().to_lowercase())));
        }
    }
}
