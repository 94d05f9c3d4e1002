use super::*;

const RETRY: (&str, &str) = ("a1", "retry a failed payment");
const CACHE: (&str, &str) = ("b2", "cache prices in Redis");
const BATCH: (&str, &str) = ("e5", "정산 배치를");

fn refused(reason: Reason, lies: &[(&str, (&str, &str))]) {
    for (lie, cite) in lies {
        assert_eq!(deed(lie, &[*cite]).err(), Some(reason), "{lie}");
    }
}

#[test]
fn an_invented_number() {
    refused(
        Reason::UnknownNumber,
        &[
            ("Cached prices in Redis and cut p99 by 75%", CACHE),
            ("Cached prices in Redis, p99 from 900 to 200 ms", CACHE),
            ("Retried failed payments five times", RETRY),
            ("Retried failed payments, which doubled the success rate", RETRY),
            ("Retried failed payments for 3% of orders", RETRY),
            ("Retried failed payments for hundreds of shops", RETRY),
            ("정산 배치를 초당 2000건으로 개선", BATCH),
            ("정산 배치를 열 배 빠르게 개선", BATCH),
            ("정산 배치 시간을 절반으로 줄임", BATCH),
            ("정산 배치를 삼십 퍼센트 개선", BATCH),
            ("정산 배치를 초당 1000명 규모로 개선 ③", BATCH),
        ],
    );
}

#[test]
fn a_number_of_something_else() {
    refused(
        Reason::UnknownNumber,
        &[
            ("Cached prices in Redis for 800 users", CACHE),
            ("Cached prices in Redis, 200 times faster", CACHE),
            ("정산 배치를 1000명이 쓰도록 개선", BATCH),
        ],
    );
}

#[test]
fn an_unused_technology() {
    refused(
        Reason::UnknownName,
        &[
            ("Retried failed payments with Kafka", RETRY),
            ("Retried failed payments in Go", RETRY),
            ("Retried failed payments with FooDB", RETRY),
            ("Deployed payment retries to k8s", RETRY),
            ("정산 배치를 카프카 기반으로 개선", BATCH),
            ("정산 배치를 FooDB로 개선", BATCH),
            ("정산 배치를 쿠버네티스에서 실행하도록 개선", BATCH),
        ],
    );
}

#[test]
fn a_technology_that_was_taken_away_or_that_only_the_readme_names() {
    refused(Reason::UnknownName, &[("Built refunds on RabbitMQ", ("c3", "replace RabbitMQ with SQS"))]);
    let readme = ("readme", "inspired by Cassandra");
    let lie = check(Slot::Context, "A payment service for small shops on Cassandra", &[readme]);
    assert_eq!(lie.err(), Some(Reason::UnknownName));
}

#[test]
fn a_version_that_is_not_declared() {
    refused(
        Reason::UnknownNumber,
        &[
            ("Retried failed payments on Spring Boot 4", RETRY),
            ("Retried failed payments on Spring Boot 3.1", RETRY),
        ],
    );
}

#[test]
fn a_colleagues_commit_and_what_does_not_exist() {
    refused(
        Reason::UnknownSource,
        &[
            ("Retried failed payments", ("f9", "retry a failed payment")),
            ("Retried failed payments", ("#8", "retry a failed payment")),
            ("Retried failed payments in Rust", ("Rust", "Rust")),
        ],
    );
}

#[test]
fn a_source_of_another_repository() {
    let other = Collected {
        commits: vec![Commit { sha: "99".repeat(20), ..pay().commits[0].clone() }],
        pulls: vec![Pull { number: 70, ..pay().pulls[0].clone() }],
        ..pay()
    };
    let other = Digest::of(&other);
    let both = Grounds::of_all([&*PAY, &other]);
    let theirs = Proposed {
        text: "Retried failed payments".to_owned(),
        cited: vec![cited("99", "retry a failed payment")],
    };
    assert_eq!(Grounds::of(&PAY).check(&theirs, Slot::Deed).err(), Some(Reason::UnknownSource));
    let mut numbered = theirs.clone();
    numbered.cited[0].id = format!("2/{}", numbered.cited[0].id);
    assert!(both.check(&numbered, Slot::Deed).is_ok());
    numbered.cited[0].id = numbered.cited[0].id.replace("2/", "1/");
    assert_eq!(both.check(&numbered, Slot::Deed).err(), Some(Reason::UnknownSource));
}

#[test]
fn a_quote_that_is_not_there() {
    refused(
        Reason::NoQuote,
        &[
            ("Retried failed payments", ("a1", "retry every payment")),
            ("Retried failed payments", ("a1", "Retry a failed payment")),
            ("Retried failed payments", ("a1", "")),
            ("Retried failed payments", ("a1", "a")),
            ("Retried failed payments", ("a1", "cache prices in Redis")),
            ("정산 배치 개선", ("e5", "정산배치를")),
        ],
    );
}

#[test]
fn one_good_source_does_not_excuse_a_bad_one() {
    let both = deed("Retried failed payments", &[RETRY, ("b2", "no such words here")]);
    assert_eq!(both.err(), Some(Reason::NoQuote));
    assert_eq!(deed("Retried failed payments", &[]).err(), Some(Reason::NoEvidence));
}

#[test]
fn a_lead_a_rank_or_a_prize() {
    refused(
        Reason::UnknownClaim,
        &[
            ("Led the work on payment retries", RETRY),
            ("Mentored engineers on payment retries", RETRY),
            ("Single-handedly built payment retries", RETRY),
            ("Senior engineer for payment retries", RETRY),
            ("Won an award for payment retries", RETRY),
            ("Ran payment retries in production", RETRY),
            ("정산 배치 개선을 주도", BATCH),
            ("팀을 이끌어 정산 배치를 개선", BATCH),
            ("혼자 정산 배치를 개선", BATCH),
            ("정산 배치 개선으로 수상", BATCH),
            ("업계 최고 수준의 정산 배치", BATCH),
        ],
    );
}

#[test]
fn a_team_of_800_even_if_the_readme_or_another_number_says_so() {
    let readme = ("readme", "Led a team of 800 people.");
    assert_eq!(deed("Led a team of 800 people", &[readme]).err(), Some(Reason::NotADeed));
    assert_eq!(deed("Led a team of 800 people", &[readme, RETRY]).err(), Some(Reason::UnknownClaim));
    assert_eq!(deed("Led a team of 800", &[CACHE]).err(), Some(Reason::UnknownNumber));
    assert_eq!(deed("800명의 팀을 이끌었습니다", &[CACHE]).err(), Some(Reason::UnknownNumber));
}

#[test]
fn a_deed_that_only_a_document_or_a_language_shows() {
    let readme = ("readme", "A payment service for small shops");
    assert_eq!(deed("Built a payment service for small shops", &[readme]).err(), Some(Reason::NotADeed));
    assert_eq!(deed("Kotlin으로 결제 서비스를 개발", &[("Kotlin", "Kotlin")]).err(), Some(Reason::NotADeed));
}

#[test]
fn something_that_has_nothing_to_do_with_its_source() {
    refused(
        Reason::Unrelated,
        &[("Designed a distributed consensus algorithm", RETRY), ("분산 합의 알고리즘을 설계", BATCH)],
    );
}

#[test]
fn a_forged_address_or_a_mark_in_the_text() {
    refused(
        Reason::Form,
        &[
            ("Retried failed payments, see https://evil.example/proof", RETRY),
            ("Retried [failed payments](evil)", RETRY),
            ("Retried <img src=x> failed payments", RETRY),
            ("Retried failed payments\nLed a team", RETRY),
            ("", RETRY),
        ],
    );
    let forged = Cited {
        kind: EvidenceKind::Commit,
        id: "https://evil.example".to_owned(),
        quote: RETRY.1.to_owned(),
    };
    let proposed = Proposed { text: "Retried failed payments".to_owned(), cited: vec![forged] };
    assert_eq!(Grounds::of(&PAY).check(&proposed, Slot::Deed).err(), Some(Reason::UnknownSource));
}
