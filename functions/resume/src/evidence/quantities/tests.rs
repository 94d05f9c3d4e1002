use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Vec<Quantity> {
    quantities(&plain(text)).into_iter().map(|found| found.quantity).collect()
}

fn same(one: &str, other: &str) -> bool {
    assert!(!read(one).is_empty(), "{one}");
    read(one) == read(other)
}

#[test]
fn one_number_written_in_many_ways_is_one_number() {
    for (one, other) in [
        ("1,200 ms", "1.2초"),
        ("200ms", "200밀리초"),
        ("30k rows", "3만 건"),
        ("30,000", "30 thousand"),
        ("1만 2천 건", "12,000"),
        ("40%", "사십 퍼센트"),
        ("40 percent", "40퍼센트로"),
        ("2x", "두 배"),
        ("doubled the rate", "2배"),
        ("세 개", "three"),
        ("３개", "3"),
        ("5명", "five people"),
        ("800 concurrent users", "동시 사용자 800명"),
        ("1,000 requests per second", "초당 1000건"),
        ("90 minutes", "1.5시간"),
        ("2024-05-01", "2024.05.01"),
        ("2024년 5월", "2024-05"),
        ("retried 3 times", "세 번"),
        ("the agency's 500s", "500 오류"),
        ("초당 처리량을 38건에서 61건으로", "from 38 to 61 utterances per second"),
        ("3 cm", "3cm"),
        ("half", "절반"),
        ("수백 건", "hundreds of rows"),
        ("1.50", "1.5"),
    ] {
        assert!(same(one, other), "{one} {:?}, {other} {:?}", read(one), read(other));
    }
}

#[test]
fn numbers_that_count_other_things_are_other_numbers() {
    for (one, other) in [
        ("800 requests", "a team of 800"),
        ("40 files", "40% faster"),
        ("3초", "3분"),
        ("3만", "3"),
        ("10 GB", "10 MB"),
        ("2 services", "2 times faster"),
        ("5월", "5개"),
        ("1.2.3", "1.2.4"),
        ("#12", "12"),
    ] {
        assert!(!same(one, other), "{one} {:?}", read(one));
    }
}

#[test]
fn digits_of_a_name_are_no_numbers() {
    for name in ["S3", "p99", "OAuth2", "UTF-8", "HTTP/2", "sha256", "utf_8", "k8s", "Log4j2", "EC2에"] {
        assert_eq!(read(name), [], "{name}");
    }
    assert_eq!(read("2FA"), [Quantity::Literal("2fa".to_owned())]);
}

#[test]
fn a_range_counts_the_same_at_both_ends() {
    assert_eq!(read("800에서 200ms로"), read("800ms, 200ms"));
    assert_eq!(read("from 3 to 5 s"), read("3s 5s"));
    assert_eq!(read("10–20%"), read("10% 20%"));
    assert_eq!(read("800 -> 200 µs"), read("800µs 200µs"));
}

#[test]
fn digits_of_other_scripts_and_endless_numbers_do_not_slip_through() {
    assert_eq!(read("③ ½"), [Quantity::Literal("③".to_owned()), Quantity::Literal("½".to_owned())]);
    assert_eq!(read("٤").len(), 1);
    let endless = "9".repeat(60);
    assert_eq!(read(&endless), [Quantity::Literal(endless.clone())]);
    assert_eq!(read("9조조조조조").len(), 1);
}

#[test]
fn words_are_no_numbers() {
    for text in [
        "이 개발 환경을 구성",
        "사용자 인증",
        "이번 배포",
        "백엔드 개발",
        "만들었다",
        "the second one",
        "tenant",
        "세션 만료",
    ] {
        assert_eq!(read(text), [], "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_and_no_digit_is_missed(text in any::<String>()) {
        let text = plain(&text);
        for found in quantities(&text) {
            prop_assert!(text.get(found.at).is_some());
        }
    }

    #[test]
    fn a_number_is_found_wherever_it_stands(number in 11_u32..1_900, before in "[가-힣 ]{0,10}", after in "[ .,!]{0,3}") {
        let text = format!("{before} {number}{after}");
        prop_assert!(read(&text).contains(&Quantity::Measured(u128::from(number) * ONE, Unit::Plain)), "{text}");
    }
}
