use maru_document::Evidence;

use super::*;

#[test]
fn what_the_sources_say_stands() {
    for (text, cites) in [
        ("Retried failed payments up to 3 times", &[("a1", "retry a failed payment 3 times")][..]),
        ("Retried failed payments three times", &[("a1", "retry a failed payment 3 times")]),
        ("실패한 결제를 세 번 재시도하도록 구현했습니다", &[("a1", "retry a failed payment 3 times")]),
        ("Redis로 가격을 캐싱해 p99를 800ms에서 0.2초로 단축", &[("b2", "cache prices in Redis")]),
        ("Moved refunds from RabbitMQ to SQS, replacing the broker", &[("c3", "replace RabbitMQ with SQS")]),
        ("Spring Boot 3.2와 Kotlin으로 환불 금액 오류를 수정", &[("d4", "환불 금액이 음수가 되는 오류")]),
        ("2024년 3월 환불 금액 오류를 수정", &[("d4", "환불 금액이 음수가 되는 오류")]),
        ("정산 배치를 초당 1,000건까지 처리하도록 개선", &[("e5", "초당 1000건으로 개선")]),
        (
            "Made refunds idempotent, so that one sent twice is carried out once",
            &[("#7", "Idempotent refunds")],
        ),
        ("Docker로 결제 재시도를 시험", &[("a1", "retry a failed payment")]),
    ] {
        assert_eq!(deed(text, cites).map(|it| it.text), Ok(text.to_owned()));
    }
}

#[test]
fn a_context_may_rest_on_a_document_or_a_language() {
    let readme = ("readme", "A payment service for small shops");
    assert!(check(Slot::Context, "A payment service for small shops", &[readme]).is_ok());
    assert!(check(Slot::Context, "Kotlin 92%로 작성된 서비스", &[("Kotlin", "Kotlin 92.0%")]).is_ok());
    assert!(check(Slot::Context, "주로 Kotlin으로 개발합니다", &[("Kotlin", "Kotlin")]).is_ok());
}

#[test]
fn the_evidence_is_what_a_reader_can_open() {
    let cites = [("a1", "retry a failed"), ("a1", "failed payment"), ("readme", "payment service")];
    let statement = deed("Retried failed payments", &cites).unwrap();
    let commit = Evidence {
        kind: EvidenceKind::Commit,
        reference: "a1".repeat(20),
        url: format!("https://github.com/octo/pay/commit/{}", "a1".repeat(20)),
    };
    assert_eq!(statement.evidence.len(), 2);
    assert_eq!(statement.evidence[0], commit);
    assert_eq!(statement.evidence[1].reference, "README.md");
}

#[test]
fn an_edit_may_say_what_stood_there_before_and_what_any_source_says() {
    let grounds = Grounds::of_all([&*PAY]);
    let before = "저는 5명의 팀을 이끌며 Zanzibar를 운영했습니다";
    assert_eq!(grounds.check_edit(before, "5명의 팀을 이끌고 Zanzibar와 Redis를 운영했습니다"), Ok(()));
    assert_eq!(grounds.check_edit(before, "정산 배치를 초당 1000건으로 개선"), Ok(()));
    assert_eq!(grounds.check_edit(before, ""), Ok(()));
    for (after, reason) in [
        ("9명의 팀을 이끌었습니다", Reason::UnknownNumber),
        ("5명의 팀을 이끌며 Kafka를 운영했습니다", Reason::UnknownName),
        ("5명의 팀을 이끌어 대상을 수상했습니다", Reason::UnknownClaim),
    ] {
        assert_eq!(grounds.check_edit(before, after), Err(reason), "{after}");
    }
}
