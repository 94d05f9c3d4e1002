//! A folder of real git repositories.

use std::path::Path;
use std::process::{Command, Stdio};

use super::*;

/// Runs git in a repository as somebody, at a second of 2025.
fn git(directory: &Path, who: &str, second: u32, arguments: &[&str]) {
    let date = format!("2025-01-01T00:{:02}:{:02}Z", second / 60, second % 60);
    let email = format!("{who}@example.com");
    let mut command = Command::new("git");
    command.arg("-C").arg(directory).args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    for role in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{role}_NAME"), who).env(format!("GIT_{role}_EMAIL"), &email);
        command.env(format!("GIT_{role}_DATE"), &date);
    }
    // Nothing of this machine's configuration.
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    assert!(command.status().unwrap().success(), "git {arguments:?}");
}

fn commit(directory: &Path, who: &str, second: u32, message: &str, file: (&str, &str)) {
    let path = directory.join(file.0);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, file.1).unwrap();
    git(directory, who, second, &["add", "."]);
    git(directory, who, second, &["commit", "-q", "-m", message]);
}

fn begin(parent: &Path, name: &str) -> std::path::PathBuf {
    let directory = parent.join(name);
    std::fs::create_dir_all(&directory).unwrap();
    git(&directory, "kim", 0, &["init", "-q", "-b", "main"]);
    directory
}

/// Two repositories, one of them empty, and a folder that is none.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    begin(folder.path(), "empty");
    std::fs::create_dir(folder.path().join("none")).unwrap();
    let svc = begin(folder.path(), "my svc");
    commit(&svc, "kim", 1, "처음", ("README.md", "# svc\n"));
    commit(&svc, "kim", 2, "Add code", ("src/main.rs", "fn main() {}\n"));
    git(&svc, "kim", 3, &["switch", "-q", "-c", "cache"]);
    commit(&svc, "kim", 4, "Cache it", ("src/cache.rs", "// cache\n"));
    git(&svc, "han", 5, &["switch", "-q", "main"]);
    commit(&svc, "han", 6, "Meanwhile", ("web/app.ts", "export {}\n"));
    git(&svc, "han", 7, &["merge", "-q", "--no-ff", "-m", "Merge branch 'cache'", "cache"]);
    commit(&svc, "kim", 8, "Pin (#9)", ("Cargo.toml", "[package]\nname = \"svc\"\n"));
    folder
}

async fn serve(folder: &Path, authors: &[&str]) -> Service {
    let authors = authors.iter().map(|author| (*author).to_owned()).collect();
    Service::start(Repositories::git(folder.to_owned(), authors).unwrap()).await
}

async fn get(service: &Service, login: &str, path: &str) -> Value {
    Answer::read(service.request(login, "user:email", path).send().await.unwrap()).await.body
}

#[tokio::test]
async fn every_repository_of_the_folder_is_the_most_frequent_author_s() {
    let folder = folder();
    let service = serve(folder.path(), &[]).await;
    let repositories = get(&service, "kim", "/user/repos").await;
    assert_eq!(each(&repositories, "/full_name"), ["kim/empty", "kim/my-svc"]);
    assert_eq!(get(&service, "kim", "/user/emails").await[0]["email"], "kim@example.com");
    assert_eq!(get(&service, "kim", "/repos/kim/empty/commits").await["status"], "409");
    let languages = get(&service, "kim", "/repos/kim/my-svc/languages").await;
    assert_eq!(languages, serde_json::json!({ "Rust": 22, "TypeScript": 10 }));
    let readme = get(&service, "kim", "/repos/kim/my-svc/readme").await;
    assert_eq!(readme["content"], "IyBzdmMK\n");
    // What `git hash-object` says of it.
    assert_eq!(readme["sha"], super::super::git::object_id("blob", b"# svc\n"));
    assert_eq!(get(&service, "jiwoo-han", "/user/repos").await[0]["name"], "mapae", "the colleague stays");
}

#[tokio::test]
async fn commits_and_merged_branches_are_whose_they_are() {
    let folder = folder();
    let service = serve(folder.path(), &[]).await;
    let commits = get(&service, "kim", "/repos/kim/my-svc/commits?author=kim").await;
    assert_eq!(each(&commits, "/commit/message"), ["Pin (#9)", "Cache it", "Add code", "처음"]);
    let of_han = get(&service, "kim", "/repos/kim/my-svc/commits?author=han@example.com").await;
    assert_eq!((of_han.as_array().unwrap().len(), &of_han[0]["author"]), (2, &Value::Null));
    let touching = get(&service, "kim", "/repos/kim/my-svc/commits?path=src").await;
    assert_eq!(each(&touching, "/commit/message"), ["Cache it", "Add code"]);
    let pulls = get(&service, "kim", "/repos/kim/my-svc/pulls?state=closed").await;
    assert_eq!(each(&pulls, "/number"), ["9", "10"]);
    assert_eq!(each(&pulls, "/title"), ["Pin", "Cache it"]);
    assert_eq!(each(&pulls, "/user/login"), ["kim", "kim"]);
    let manifest = get(&service, "kim", "/repos/kim/my-svc/contents/Cargo.toml").await;
    assert_eq!(manifest["size"], 23);
}

#[tokio::test]
async fn an_author_can_be_chosen() {
    let folder = folder();
    let service = serve(folder.path(), &["han@example.com"]).await;
    let commits = get(&service, "han", "/repos/han/my-svc/commits?author=han").await;
    assert_eq!(each(&commits, "/commit/message"), ["Merge branch 'cache'", "Meanwhile"]);
    let pulls = get(&service, "han", "/repos/han/my-svc/pulls?state=closed").await;
    assert_eq!(each(&pulls, "/user"), ["null", "null"]);
}

#[tokio::test]
async fn what_is_committed_meanwhile_is_seen_in_the_list_and_then_everywhere() {
    let folder = folder();
    let service = serve(folder.path(), &[]).await;
    let list = service.request("kim", "", "/user/repos").send().await.unwrap();
    let etag = list.headers()["etag"].clone();
    let unchanged =
        service.request("kim", "", "/user/repos").header("if-none-match", &etag).send().await.unwrap();
    assert_eq!(unchanged.status().as_u16(), 304);
    commit(&folder.path().join("empty"), "kim", 70, "No longer empty", ("a.py", "print()\n"));
    let changed =
        service.request("kim", "", "/user/repos").header("if-none-match", &etag).send().await.unwrap();
    assert_eq!(changed.status().as_u16(), 200);
    let commits = get(&service, "kim", "/repos/kim/empty/commits").await;
    assert_eq!(each(&commits, "/commit/message"), ["No longer empty"]);
}

#[test]
fn a_folder_that_is_a_repository_is_one_and_one_without_any_is_refused() {
    let folder = folder();
    let itself = Repositories::git(folder.path().join("my svc"), Vec::new()).unwrap().world(true);
    assert!(itself.repositories.iter().any(|repository| repository.full_name() == "kim/my-svc"));
    let none = Repositories::git(folder.path().join("none"), Vec::new()).unwrap_err();
    assert!(none.to_string().contains("no git repository"), "{none}");
    assert!(Repositories::git(folder.path().join("missing"), Vec::new()).is_err());
}
