//! Statements against a repository: lies that a model may tell, and truths that it may.

mod lies;
mod truths;

use std::sync::LazyLock;

use maru_document::{EvidenceKind, Statement};

use super::{Cited, Grounds, Proposed, Reason, Slot};
use crate::facts::{Collected, Commit, Digest, Manifest, Pull, Readme, RepositoryFacts};

/// A payment service in Kotlin, with Redis, without Kafka.
static PAY: LazyLock<Digest> = LazyLock::new(|| Digest::of(&pay()));

fn pay() -> Collected {
    let url = "https://github.com/octo/pay";
    let commit = |sha: &str, message: &str| Commit {
        sha: sha.repeat(20),
        url: format!("{url}/commit/{}", sha.repeat(20)),
        message: message.to_owned(),
        written_at: "2024-03-15T03:00:00Z".parse().unwrap(),
        merge: false,
    };
    Collected {
        repository: RepositoryFacts {
            full_name: "octo/pay".to_owned(),
            name: "pay".to_owned(),
            url: url.to_owned(),
            default_branch: "main".to_owned(),
        },
        languages: vec![("Kotlin".to_owned(), 920), ("Shell".to_owned(), 80)],
        readme: Some(Readme {
            path: "README.md".to_owned(),
            url: format!("{url}/blob/main/README.md"),
            text:
                "# Pay\nA payment service for small shops, inspired by Cassandra.\nLed a team of 800 people."
                    .to_owned(),
            own: true,
        }),
        paths: vec!["Dockerfile".to_owned()],
        manifests: vec![Manifest {
            path: "build.gradle.kts".to_owned(),
            text: "id(\"org.springframework.boot\") version \"3.2.1\"\n\
                   implementation(\"org.springframework.boot:spring-boot-starter-data-redis\")"
                .to_owned(),
        }],
        commits: vec![
            commit("a1", "feat: retry a failed payment 3 times"),
            commit("b2", "perf: cache prices in Redis, p99 from 800 to 200 ms"),
            commit("c3", "refactor: replace RabbitMQ with SQS for refunds"),
            commit("d4", "fix: 환불 금액이 음수가 되는 오류 수정"),
            commit("e5", "feat: 정산 배치를 초당 1000건으로 개선"),
        ],
        commit_count: 5,
        pull_count: Some(1),
        first_commit: Some("2024-01-02T00:00:00Z".parse().unwrap()),
        last_commit: Some("2024-03-15T03:00:00Z".parse().unwrap()),
        pulls: vec![Pull {
            number: 7,
            url: format!("{url}/pull/7"),
            title: "Idempotent refunds".to_owned(),
            body: "A refund that is sent twice is carried out once.".to_owned(),
            merged_at: "2024-03-01T00:00:00Z".parse().unwrap(),
        }],
    }
}

/// A short name for a source and a passage of it: a commit by its first two digits, `#7`, `readme`, a language.
fn cited(name: &str, quote: &str) -> Cited {
    let (kind, id) = match name {
        "readme" => (EvidenceKind::Readme, "README.md#1".to_owned()),
        _ if name.starts_with('#') => (EvidenceKind::Pull, name[1..].to_owned()),
        _ if name.len() == 2 => (EvidenceKind::Commit, name.repeat(6)),
        _ => (EvidenceKind::Language, name.to_owned()),
    };
    Cited { kind, id, quote: quote.to_owned() }
}

fn check(slot: Slot, text: &str, cites: &[(&str, &str)]) -> Result<Statement, Reason> {
    let cited = cites.iter().map(|(name, quote)| cited(name, quote)).collect();
    Grounds::of(&PAY).check(&Proposed { text: text.to_owned(), cited }, slot)
}

fn deed(text: &str, cites: &[(&str, &str)]) -> Result<Statement, Reason> {
    check(Slot::Deed, text, cites)
}
