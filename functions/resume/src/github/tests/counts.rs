//! How many commits and pull requests are the member's.

use serde_json::{Value, json};

use super::reading::{Commits, Pulls, Reading};
use super::*;

fn commit(sha: &str, account: Option<i64>) -> Value {
    json!({
        "sha": sha, "html_url": "https://github.com/octo/pay/commit", "author": account.map(|id| json!({ "id": id })),
        "commit": {
            "message": "feat: x", "author": { "email": "octo@example.com", "date": "2024-01-01T00:00:00Z" },
        },
    })
}

fn pull(number: u64, account: i64) -> Value {
    json!({
        "number": number, "title": "x", "html_url": "https://github.com/octo/pay/pull",
        "user": { "id": account }, "merged_at": "2024-01-01T00:00:00Z",
    })
}

async fn commits(server: &Server) -> Commits {
    let (github, connection) = (server.github(), connection());
    let session = &github.with_token("gho_secret", Patience::Short);
    Reading { session, connection: &connection, owner: "octo", name: "pay" }.commits().await.unwrap()
}

async fn pulls(server: &Server) -> Pulls {
    let (github, connection) = (server.github(), connection());
    let session = &github.with_token("gho_secret", Patience::Short);
    Reading { session, connection: &connection, owner: "octo", name: "pay" }.pulls().await.unwrap()
}

#[tokio::test]
async fn commits_of_the_account_that_were_not_read_are_not_counted_twice_when_an_address_finds_them() {
    let server = Server::start_at(|url| {
        let page = |number: u32| {
            let at = |number| format!("<{url}/repositories/1/commits?per_page=100&page={number}>");
            let link = format!("{}; rel=\"next\", {}; rel=\"last\"", at(number + 1), at(10));
            with(200, &[("link", &link)], &json!([commit(&number.to_string(), Some(1))]).to_string())
        };
        let mut answers: Vec<Said> = (1..=5).map(page).collect();
        answers.push(said(200, &json!([commit("10", Some(1))]).to_string()));
        // By the address: one of the account's between the pages that were read, and one of nobody's account.
        answers.push(said(200, &json!([commit("7", Some(1)), commit("unlinked", None)]).to_string()));
        answers
    })
    .await;
    let Commits { found, count } = commits(&server).await;
    // Nine full pages and a commit, and the one that GitHub gives to no account.
    assert_eq!((count, found.len()), (902, 8));
}

#[tokio::test]
async fn pull_requests_on_one_page_are_counted_there() {
    let page = json!([pull(1, 1), pull(2, 2), pull(3, 1)]).to_string();
    let Pulls { found, count } = pulls(&Server::start(vec![said(200, &page)]).await).await;
    assert_eq!((found.len(), count), (2, Some(2)));
}

#[tokio::test]
async fn of_many_pull_requests_the_search_says_how_many_are_the_members_or_nobody_does() {
    let search = |incomplete: bool, items: Value| {
        json!({ "total_count": 340, "incomplete_results": incomplete, "items": items }).to_string()
    };
    for (case, answer, expected) in [
        ("whole", said(200, &search(false, json!([pull(8, 1), pull(9, 1)]))), (2, Some(340))),
        ("incomplete", said(200, &search(true, json!([pull(8, 1), pull(9, 1)]))), (1, None)),
        (
            "of a name that was another's",
            said(200, &search(false, json!([pull(8, 1), pull(9, 2)]))),
            (1, None),
        ),
        ("refused", said(422, "{}"), (1, None)),
    ] {
        let server = Server::start_at(|url| {
            let link = format!("<{url}/repositories/1/pulls?page=2>; rel=\"next\"");
            vec![with(200, &[("link", &link)], &json!([pull(1, 1), pull(2, 2)]).to_string()), answer]
        })
        .await;
        let Pulls { found, count } = pulls(&server).await;
        assert_eq!((found.len(), count), expected, "{case}");
    }
}
