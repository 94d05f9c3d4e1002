//! Commits, pull requests and files.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::super::{Account, Author, Draft, World};
use super::*;

#[tokio::test]
async fn commits_are_chosen_by_author_time_path_and_start() {
    let service = Service::built_in().await;
    let count = async |query: &str| {
        let commits = service.json(&format!("/repos/minseo-kim/orders/commits?per_page=100&{query}")).await;
        commits.as_array().unwrap().len()
    };
    let all = count("").await;
    let (minseo, jiwoo) = (count("author=minseo-kim").await, count("author=jiwoo-han").await);
    assert!(jiwoo >= 4 && minseo > jiwoo && minseo + jiwoo == all, "{minseo} + {jiwoo} of {all}");
    assert_eq!(count("author=jiwoo.han@example.com").await, jiwoo);
    assert_eq!(count("author=nobody").await, 0);
    assert_eq!(count("since=2024-07-09T00:00:00Z").await, 2);
    assert_eq!(count("until=2024-03-05T00:00:00Z").await, 2);
    assert_eq!(count("path=build.gradle").await, 2);
    assert_eq!(count("path=src/main/java/shop/orders/outbox").await, 2);
    let second = service.json("/repos/minseo-kim/orders/commits?until=2024-03-05T00:00:00Z").await;
    assert_eq!(count(&format!("sha={}", second[0]["sha"].as_str().unwrap())).await, 2);
    assert_eq!(count("sha=main").await, all);
    assert_eq!(service.get("/repos/minseo-kim/orders/commits?sha=other").await.status, 404);
    assert_eq!(service.get("/repos/minseo-kim/orders/commits?since=yesterday").await.status, 400);
}

#[tokio::test]
async fn a_commit_names_its_account_if_its_address_is_linked_to_one() {
    let service = Service::built_in().await;
    let at_work = service.json("/repos/sori-lab/speech-pipeline/commits?author=minseo-kim&per_page=1").await;
    assert_eq!(at_work[0]["author"]["login"], "minseo-kim");
    assert_eq!(at_work[0]["commit"]["author"]["email"], "minseo@sori.example");
    let of_stranger = service.json("/repos/minseo-kim/cronlite/commits?author=ana@elsewhere.example").await;
    assert_eq!((&of_stranger[0]["author"], of_stranger.as_array().unwrap().len()), (&Value::Null, 3));
    let merge = service.json("/repos/minseo-kim/orders/commits?until=2024-03-19T08:00:00Z&per_page=1").await;
    assert_eq!(merge[0]["parents"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn an_empty_repository_is_a_conflict() {
    let service = Service::built_in().await;
    let commits = service.get("/repos/minseo-kim/notes/commits").await;
    assert_eq!((commits.status, &commits.body["message"]), (409, &"Git Repository is empty.".into()));
    assert_eq!(service.get("/repos/minseo-kim/notes/readme").await.status, 404);
    assert_eq!(service.get("/repos/minseo-kim/notes/contents").await.status, 404);
    assert_eq!(service.json("/repos/minseo-kim/notes/languages").await, serde_json::json!({}));
    assert_eq!(service.json("/repos/minseo-kim/notes/pulls?state=all").await, serde_json::json!([]));
}

#[tokio::test]
async fn pages_of_many_commits_are_linked_by_the_repositorys_number() {
    let author = Author { name: "A", email: "a@x", login: Some("a") };
    let account = Account::new(1, "a", None, &["a@x"]);
    let mut draft = Draft::new(7, &account, "huge", "2020-01-01 00:00");
    for _ in 0..250 {
        draft = draft.commit(&author, "2020-01-02 00:00", "Again", "a");
    }
    let repositories = vec![Arc::new(draft.build())];
    let service = Service::start(Repositories::given(World { accounts: vec![account], repositories })).await;
    let (mut seen, mut next) = (Vec::new(), Some("/repos/a/huge/commits?per_page=100".to_owned()));
    while let Some(url) = next {
        let answer = Answer::read(service.request("a", "", &url).send().await.unwrap()).await;
        seen.extend(each(&answer.body, "/sha"));
        next = answer.link("next");
        assert!(
            next.as_ref().is_none_or(|next| next.contains("/api/repositories/7/commits?per_page=100&page="))
        );
    }
    let different: std::collections::BTreeSet<_> = seen.iter().collect();
    assert_eq!((seen.len(), different.len()), (250, 250));
}

#[tokio::test]
async fn merged_pull_requests_are_listed_and_searched() {
    let service = Service::built_in().await;
    let pulls = service.json("/repos/minseo-kim/orders/pulls?state=closed").await;
    assert_eq!(each(&pulls, "/number"), ["12", "11", "9", "4"]);
    assert_eq!(each(&pulls, "/user/login"), ["jiwoo-han", "minseo-kim", "minseo-kim", "minseo-kim"]);
    assert!(pulls[0]["merged_at"].is_string());
    assert_eq!(service.json("/repos/minseo-kim/orders/pulls").await, serde_json::json!([]));
    assert_eq!(service.get("/repos/minseo-kim/orders/pulls?state=merged").await.status, 422);
    let of_stranger =
        service.json("/repos/minseo-kim/tidewatch/pulls?state=all&head=ana:windows-paths").await;
    assert_eq!((of_stranger[0]["number"].as_u64(), &of_stranger[0]["user"]), (Some(6), &Value::Null));

    let found =
        service.json("/search/issues?q=is:pr+author:minseo-kim+is:merged+repo:minseo-kim/orders").await;
    assert_eq!((found["total_count"].as_u64(), &found["incomplete_results"]), (Some(3), &false.into()));
    assert_eq!(each(&found["items"], "/number"), ["11", "9", "4"]);
    let everywhere = service.json("/search/issues?q=is:pr+author:minseo-kim+is:merged&per_page=100").await;
    assert_eq!(everywhere["total_count"], 10);
    assert_eq!(service.get("/search/issues?q=author:minseo-kim").await.status, 422);
}

#[tokio::test]
async fn files_come_as_base64_in_lines_or_raw() {
    let service = Service::built_in().await;
    let readme = service.json("/repos/minseo-kim/orders/readme").await;
    let content: String = readme["content"].as_str().unwrap().split_whitespace().collect();
    let text = String::from_utf8(STANDARD.decode(content).unwrap()).unwrap();
    assert!(text.starts_with("# orders") && readme["path"] == "README.md");
    let raw = service.request("minseo-kim", "", "/repos/minseo-kim/orders/readme");
    let raw = raw.header("accept", "application/vnd.github.raw+json").send().await.unwrap();
    assert_eq!(raw.text().await.unwrap(), text);
    let manifest = service.json("/repos/minseo-kim/tidewatch/contents/Cargo.toml").await;
    assert_eq!((&manifest["type"], &manifest["name"]), (&"file".into(), &"Cargo.toml".into()));
    let root = service.json("/repos/minseo-kim/orders/contents").await;
    assert!(each(&root, "/name").contains(&"build.gradle".to_owned()));
    let tree = service.json("/repos/minseo-kim/orders/git/trees/main?recursive=1").await;
    assert!(each(&tree["tree"], "/path").contains(&"Dockerfile".to_owned()));
    assert_eq!(service.get("/repos/minseo-kim/orders/contents/none").await.status, 404);
}

#[tokio::test]
async fn links_lead_to_pages_that_show_the_thing() {
    let service = Service::built_in().await;
    let shown = async |url: &Value| {
        let page = service.client.get(url.as_str().unwrap()).send().await.unwrap();
        assert_eq!(page.status().as_u16(), 200, "{url}");
        page.text().await.unwrap()
    };
    let commits = service.json("/repos/minseo-kim/orders/commits?per_page=1").await;
    assert!(shown(&commits[0]["html_url"]).await.contains("docs: 실행 방법과"));
    let pulls = service.json("/repos/minseo-kim/orders/pulls?state=closed&per_page=1").await;
    assert!(shown(&pulls[0]["html_url"]).await.contains("정산 배치 추가"));
    let readme = service.json("/repos/minseo-kim/orders/readme").await;
    assert!(shown(&readme["html_url"]).await.contains("아웃박스"));
    let gone = service.client.get(format!("{}/web/minseo-kim/homelab", service.base)).send().await.unwrap();
    assert_eq!(gone.status().as_u16(), 404);
}

#[test]
fn the_built_in_set_is_dated_and_its_own() {
    let world = Repositories::built_in().world(true);
    for repository in &world.repositories {
        let name = repository.full_name();
        assert!(repository.created_at.as_second() > 1_600_000_000, "{name}");
        let commits = &repository.content.commits;
        assert!(commits.iter().all(|commit| commit.author.at.as_second() > 1_600_000_000), "{name}");
        let shas: std::collections::BTreeSet<_> = commits.iter().map(|commit| &commit.sha).collect();
        assert_eq!(shas.len(), commits.len(), "{name}");
        for pull in &repository.content.pulls {
            assert!(
                pull.merged_at > Some(pull.created_at) && shas.contains(&pull.head.1),
                "{name}#{}",
                pull.number
            );
        }
    }
    assert_eq!(world.account("minseo-kim").unwrap().emails.len(), 3);
}
