//! Telephone numbers wherever they stand.

use proptest::prelude::*;

use super::hidden;

#[test]
fn what_stands_beside_a_number_stays() {
    assert_eq!(hidden("HP010-1234-5678 1995.03.02"), "HP[전화번호 1] 1995.03.02");
    assert_eq!(hidden("(010-1234-5678)"), "([전화번호 1])");
    assert_eq!(hidden("(집: 02-123-4567)"), "(집: [전화번호 1])");
    assert_eq!(hidden("010-1234-5678 / 02-123-4567"), "[전화번호 1] / [전화번호 2]");
    assert_eq!(hidden("010-1234-5678, 010-1234-5678"), "[전화번호 1], [전화번호 1]");
}

#[test]
fn a_date_right_before_a_number_takes_nothing_of_it() {
    for date in ["2021.03.02", "2021.03.01", "2021-03 ~ 2024-02", "2021/03/02", "2,000 1.0.2"] {
        for number in ["010-1234-5678", "010-123-4567", "01012345678", "070-1234-5678"] {
            for between in [" ", ", ", " / ", "\n"] {
                let expected = format!("{date}{between}[전화번호 1]");
                assert_eq!(hidden(&format!("{date}{between}{number}")), expected);
            }
        }
    }
}

#[test]
fn what_might_be_either_number_is_hidden_whole() {
    for numbers in ["032 010-1234-5678", "0502 010-1234-5678", "+33 6 12 34 56 78 010-1234-5678"] {
        assert_eq!(hidden(&format!("({numbers})")), "([전화번호 1])");
    }
}

#[test]
fn a_label_right_before_an_unbroken_number_makes_no_word_of_it() {
    for label in [
        "Tel",
        "TEL",
        "tel_",
        "HP",
        "h.p",
        "H.P",
        "H.P.",
        "M",
        "M.",
        "Mobile",
        "phone",
        "Cell",
        "전화",
        "연락처",
        "휴대폰_",
        "home_tel",
        "2Tel",
        "_",
        "**_",
        "이력서_2021_",
    ] {
        assert_eq!(hidden(&format!("{label}01012345678")), format!("{label}[전화번호 1]"));
        assert_eq!(hidden(&format!("{label}0212345678")), format!("{label}[전화번호 1]"));
    }
}

#[test]
fn a_label_right_before_the_sign_of_a_country_makes_no_word_of_it() {
    for number in ["+82 2-123-4567", "+82212345678", "+4915112345678", "+49 151 12345678"] {
        assert_eq!(hidden(&format!("Tel{number}")), "Tel[전화번호 1]");
    }
    assert_eq!(hidden("ext+82 2-123-4567"), "ext[전화번호 1]");
    for sum in ["1+1000000000", "C++2011 2014 2017", "x+1000000000"] {
        assert_eq!(hidden(sum), sum);
    }
}

#[test]
fn letters_right_behind_an_unbroken_mobile_number_do_not_save_it() {
    for number in ["01012345678", "+821012345678", "821012345678"] {
        for letters in ["kim", "_kim", "_"] {
            assert_eq!(hidden(&format!("{number}{letters}")), format!("[전화번호 1]{letters}"));
        }
    }
}

#[test]
fn a_list_or_a_date_before_an_unbroken_number_makes_no_decimal_of_it() {
    for before in ["1.", "2021.03.02.", "10,", "번호 3."] {
        assert_eq!(hidden(&format!("{before}01012345678")), format!("{before}[전화번호 1]"));
    }
    for sign in [",", "."] {
        let numbers = format!("010-1111-2222{sign}01033334444{sign}0212345678");
        assert_eq!(hidden(&numbers), format!("[전화번호 1]{sign}[전화번호 2]{sign}[전화번호 3]"));
    }
}

/// Numbers whose last digits, and no others but a country's, are from 6 on.
fn number() -> impl Strategy<Value = String> {
    let mobile =
        ("(010|011|\\(010|\\+82 ?10|82-10|0082 10|\\+82 \\(0\\)10)", "( |-|\\.|/|_|,|~|--|-\n| -\r\n |)");
    let mobile = (mobile, "[6-9]{4}", "[6-9]{4}")
        .prop_map(|((prefix, sign), exchange, line)| [prefix, sign.clone(), exchange, sign, line].concat());
    let other =
        ("(02|\\(02|031|070|0505|\\+82 2)", "(-| |\\.|\\)| - )", "[6-9]{3,4}", "(-| |\\.)", "[6-9]{4}");
    let other =
        other.prop_map(|(area, sign, exchange, other, line)| [area, sign, exchange, other, line].concat());
    prop_oneof![2 => mobile, 1 => other]
}

/// What stands before a number or behind it, without digits from 6 on.
fn beside() -> impl Strategy<Value = String> {
    prop_oneof![
        "(2021\\.03\\.02|2021\\.03 - 2024\\.02|2020-01-10 ~ 2021-11-30|14:30|1\\.0\\.2|2,000|1544-1234|0\\.5)",
        "(010|02|032|0502|\\+1|\\+33 5 12 34 51 24|02-123-4512|010-1234-5123|a@b\\.co|C\\+\\+|\\[전화번호 1\\])",
        "[-0-5.,/~()_+ \n가:@]{0,8}",
    ]
}

/// What keeps it apart from the number.
fn apart() -> impl Strategy<Value = String> {
    "( |\n|, | / |-|\\.|,|~|_|\\(|\\)|: |번호|\\+)"
}

proptest! {
    #[test]
    fn no_digits_of_a_number_stay_whatever_stands_around(
        before in beside(), first in apart(), number in number(), second in apart(), after in beside()
    ) {
        let before = [before, first].concat();
        // A decimal, as far as one can tell.
        prop_assume!(!before.ends_with("0.") && !before.ends_with("0,"));
        let hidden = hidden(&[before, number, second, after].concat());
        prop_assert!(!hidden.contains(['6', '7', '8', '9']), "{hidden}");
    }

    #[test]
    fn nor_of_several_numbers_in_a_row(numbers in prop::collection::vec((number(), apart()), 1..5)) {
        let text: String = numbers.into_iter().flat_map(|(number, apart)| [number, apart]).collect();
        let hidden = hidden(&text);
        prop_assert!(!hidden.contains(['6', '7', '8', '9']), "{hidden}");
    }

    #[test]
    fn letters_beside_a_number_in_pieces_do_not_save_it(
        before in "[a-zA-Z가-힣 ]{0,5}", number in number(), after in "[a-zA-Z가-힣 ,]{0,5}"
    ) {
        let is_in_pieces = number.contains([' ', '-', '.', '/', ',', '_', '~', ')']);
        prop_assume!(is_in_pieces || !before.ends_with(|last: char| last.is_ascii_alphabetic()));
        let hidden = hidden(&[before, number, after].concat());
        prop_assert!(!hidden.contains(['6', '7', '8', '9']), "{hidden}");
    }
}
