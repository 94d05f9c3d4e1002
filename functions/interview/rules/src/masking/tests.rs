//! What is hidden, what is not, and that everything comes back.

mod phones;
mod surroundings;

use proptest::prelude::*;

use super::*;

fn hidden(text: &str) -> String {
    let masks = Masks::of(&[text], Language::Ko);
    let hidden = masks.hide(text);
    assert_eq!(masks.restore(&hidden), text);
    hidden
}

#[test]
fn resident_registration_numbers_are_hidden() {
    for number in ["900101-1234567", "9001011234567", "900101 - 1234567", "０１０２２８－３１２３４５６"]
    {
        assert_eq!(hidden(&format!("({number})")), "([주민등록번호 1])", "{number}");
    }
    for other in ["901301-1234567", "900132-1234567", "900101-123456", "9788912345678", "1700000000000"] {
        assert_eq!(hidden(other), other);
    }
}

#[test]
fn e_mail_addresses_are_hidden() {
    for (text, expected) in [
        ("메일은 maru.dev+job@example.co.kr입니다", "메일은 [이메일 1]입니다"),
        ("<maru@example.com>.", "<[이메일 1]>."),
        ("maru@example.com.", "[이메일 1]."),
        ("ｍaru＠example.com", "[이메일 1]"),
        ("mailto:01012345678@example.com", "mailto:[이메일 1]"),
        ("010-1234-5678maru@example.com", "[이메일 1]"),
        ("a@b.co, c@d.co, a@b.co", "[이메일 1], [이메일 2], [이메일 1]"),
        ("a@b.co01012345678", "[이메일 1][전화번호 1]"),
        ("010 1234 5678maru@example.com", "[전화번호 1]"),
    ] {
        assert_eq!(hidden(text), expected);
    }
}

#[test]
fn placeholders_that_the_text_has_already_are_left_alone() {
    let text = "[전화번호 1] [전화번호 2 010-1234-5678 [이메일 1] a@b.co";
    assert_eq!(hidden(text), "[전화번호 1] [전화번호 2 [전화번호 2] [이메일 1] [이메일 2]");
    assert_eq!(hidden("[전화번호 010-1234-5678]"), "[전화번호 [전화번호 1]]");
}

#[test]
fn what_the_model_writes_gets_them_back_whole_or_not_at_all() {
    let text = "연락처: 010-1234-5678, 02-123-4567";
    let masks = Masks::of(&[text], Language::Ko);
    for (written, restored) in [
        ("[전화번호 2]로 전화해도 되나요?", "02-123-4567로 전화해도 되나요?"),
        ("[[전화번호 1]]", "[010-1234-5678]"),
        ("[전화번호 3]", "[전화번호 3]"),
        ("[전화번호1] [전화번호 1", "[전화번호1] [전화번호 1"),
        ("번호 1]와 [전화", "번호 1]와 [전화"),
        ("[", "["),
    ] {
        assert_eq!(masks.restore(written), restored);
    }
}

#[test]
fn several_texts_share_their_masks_and_other_texts_leak_nothing() {
    let (first, second) = ("Call +1 415 555 2671", "[phone number 1] or +1 415 555 2671, a@b.co");
    let masks = Masks::of(&[first, second], Language::En);
    assert_eq!(masks.hide(first), "Call [phone number 2]");
    assert_eq!(masks.hide(second), "[phone number 1] or [phone number 2], [e-mail address 1]");
    assert_eq!(masks.hide("010-1234-5678"), "[phone number]");
    assert!(!format!("{masks:?}").contains("555"));
}

proptest! {
    #[test]
    fn every_text_comes_back(text in any::<String>()) {
        hidden(&text);
    }

    #[test]
    fn so_does_one_of_numbers_and_placeholders(
        parts in prop::collection::vec(
            prop_oneof![
                Just("010-1234-5678".to_owned()), Just("[전화번호 1]".to_owned()), Just("[이메일 ".to_owned()),
                Just("a@b.co".to_owned()), Just("900101-1234567".to_owned()), "[-0-9.()+ \\[\\]@a가]{0,6}",
            ],
            0..12,
        )
    ) {
        let text = parts.concat();
        let masked = hidden(&text);
        prop_assert_eq!(find(&masked), []);
    }
}
