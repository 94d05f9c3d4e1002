use super::*;
use crate::facts::{Commit, Manifest, Pull, Readme};

fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

fn collected() -> Collected {
    let commit = |sha: &str, message: &str, time: &str| Commit {
        sha: sha.repeat(40),
        url: format!("https://github.com/octo/pay/commit/{}", sha.repeat(40)),
        message: message.to_owned(),
        written_at: at(time),
        merge: false,
    };
    Collected {
        repository: RepositoryFacts {
            full_name: "octo/pay".to_owned(),
            name: "pay".to_owned(),
            url: "https://github.com/octo/pay".to_owned(),
            default_branch: "main".to_owned(),
        },
        languages: vec![("Shell".to_owned(), 5), ("Kotlin".to_owned(), 900), ("SQL".to_owned(), 95)],
        readme: Some(Readme {
            path: "README.md".to_owned(),
            url: "https://github.com/octo/pay/blob/main/README.md".to_owned(),
            text: "# Pay\nA payment service for small shops.".to_owned(),
            own: true,
        }),
        paths: vec!["Dockerfile".to_owned(), "build.gradle.kts".to_owned()],
        manifests: vec![Manifest {
            path: "build.gradle.kts".to_owned(),
            text: "id(\"org.springframework.boot\") version \"3.2.1\"\nimplementation(\"org.springframework.boot:spring-boot-starter-data-redis\")".to_owned(),
        }],
        commits: vec![
            commit("a", "feat(pay): retry a failed payment 3 times (#4)\n\nIn steps.\n\nSigned-off-by: x", "2024-03-31T15:30:00Z"),
            commit("b", "wip", "2024-02-02T00:00:00Z"),
        ],
        commit_count: 120,
        first_commit: Some(at("2023-12-31T15:00:00Z")),
        last_commit: Some(at("2024-03-31T15:30:00Z")),
        pulls: vec![Pull {
            number: 4,
            url: "https://github.com/octo/pay/pull/4".to_owned(),
            title: "feat: retry payments".to_owned(),
            body: "- [x] tests\nLost answers are asked for again.".to_owned(),
            merged_at: at("2024-04-01T00:00:00Z"),
        }],
        pull_count: Some(340),
    }
}

fn source<'a>(digest: &'a Digest, id: &str) -> &'a Source {
    digest.sources.iter().find(|source| source.id == id).unwrap()
}

#[test]
fn the_months_are_those_of_the_own_commits_in_seoul() {
    let digest = Digest::of(&collected());
    let months = [digest.started, digest.ended].map(|month| month.unwrap().to_string());
    assert_eq!(months, ["2024-01", "2024-04"]);
    let unreal = Collected { first_commit: Some(Timestamp::MIN), ..collected() };
    assert_eq!(Digest::of(&unreal).started, None);
}

#[test]
fn the_skills_are_languages_and_declarations_with_their_proof() {
    let skills = Digest::of(&collected()).skills();
    let names: Vec<&str> = skills.iter().map(|skill| skill.name.as_str()).collect();
    assert_eq!(names, ["Kotlin", "SQL", "Spring", "Spring Boot", "Gradle", "Redis", "Docker"]);
    let url = |name: &str| {
        let skill = skills.iter().find(|skill| skill.name == name).unwrap();
        skill.evidence[0].url.clone()
    };
    assert_eq!(url("Kotlin"), "https://github.com/octo/pay");
    assert_eq!(url("Redis"), "https://github.com/octo/pay/blob/main/build.gradle.kts");
    assert!(skills.iter().all(|skill| !skill.evidence.is_empty()));
}

#[test]
fn a_file_is_found_by_its_address_whatever_it_is_called() {
    let paths = vec!["my app/#1/Dockerfile".to_owned()];
    let skills = Digest::of(&Collected { paths, ..collected() }).skills();
    let evidence = &skills.iter().find(|skill| skill.name == "Docker").unwrap().evidence[0];
    assert_eq!(evidence.reference, "my app/#1/Dockerfile");
    assert_eq!(evidence.url, "https://github.com/octo/pay/blob/main/my%20app/%231/Dockerfile");
}

#[test]
fn sources_say_what_was_done_without_marks() {
    let digest = Digest::of(&collected());
    let commit = source(&digest, "aaaaaaaaaaaa");
    assert_eq!(commit.text, "retry a failed payment 3 times\nIn steps.");
    assert_eq!((commit.reference.len(), commit.date.unwrap().to_string().as_str()), (40, "2024-04-01"));
    assert_eq!(source(&digest, "4").text, "retry payments\nLost answers are asked for again.");
    assert_eq!(source(&digest, "README.md#1").text, "Pay\nA payment service for small shops.");
    assert_eq!(source(&digest, "Kotlin").text, "Kotlin 90.0%");
    assert_eq!(source(&digest, "Spring Boot").text, "Spring Boot 3.2.1");
    assert_eq!(digest.texts().count(), 3);
}

#[test]
fn a_readme_that_others_wrote_proves_nothing() {
    let mut collected = collected();
    collected.readme.as_mut().unwrap().own = false;
    assert!(Digest::of(&collected).sources.iter().all(|source| source.kind != EvidenceKind::Readme));
}

#[test]
fn how_many_pull_requests_there_are_is_told_only_if_it_is_known() {
    assert_eq!(serde_json::to_value(Digest::of(&collected())).unwrap()["pullCount"], 340);
    let unknown = Digest::of(&Collected { pull_count: None, ..collected() });
    assert_eq!(serde_json::to_value(unknown).unwrap().get("pullCount"), None);
}

#[test]
fn an_empty_repository_gives_an_empty_digest() {
    let digest = Digest::of(&Collected::default());
    assert!(digest.sources.is_empty() && digest.skills().is_empty() && digest.started.is_none());
    let overflowing = Collected {
        languages: vec![("C".to_owned(), u64::MAX), ("D".to_owned(), u64::MAX)],
        ..Collected::default()
    };
    assert_eq!(Digest::of(&overflowing).languages[0].tenths, 500);
}

#[test]
fn a_digest_of_a_huge_repository_is_small() {
    let mut collected = collected();
    collected.commits = (0..10_000)
        .map(|number| Commit {
            sha: format!("{number:040x}"),
            url: format!("https://github.com/octo/pay/commit/{number:040x}"),
            message: format!("feat: 변경 {number}\n\n{}", "가".repeat(1_000)),
            written_at: Timestamp::UNIX_EPOCH,
            merge: false,
        })
        .collect();
    collected.pulls = vec![Pull { body: "나".repeat(60_000), ..collected.pulls[0].clone() }; 100];
    let digest = Digest::of(&collected);
    assert!(serde_json::to_string(&digest).unwrap().len() < 100_000);
}
