//! What answers mean, which are asked for again, and where redirects and links lead.

use super::*;

#[tokio::test]
async fn a_refusal_means_what_githubs_rules_say() {
    for (answer, code) in [
        (said(401, "{}"), "github_unauthorized"),
        (said(403, r#"{ "message": "Resource not accessible by integration" }"#), "github_forbidden"),
        (said(404, "{}"), "github_not_found"),
        (said(410, "{}"), "github_not_found"),
        (said(451, "{}"), "github_not_found"),
        (said(409, r#"{ "message": "Git Repository is empty." }"#), "github_repository_empty"),
        (said(422, "{}"), "github_unavailable"),
        (said(200, "<html>"), "github_unavailable"),
    ] {
        let server = Server::start(vec![answer]).await;
        assert_eq!(server.repository().await.unwrap_err().code(), code);
        assert_eq!(server.asked().len(), 1, "{code} is not asked for again");
    }
}

#[tokio::test]
async fn a_limit_says_until_when() {
    let reset = after(1_800).as_second().to_string();
    for (answer, until) in [
        (with(403, &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", &reset)], "{}"), after(1_800)),
        (with(403, &[("retry-after", "90")], SECONDARY), after(90)),
        (with(429, &[("retry-after", "90")], "{}"), after(90)),
        (said(403, SECONDARY), after(60)),
        (said(429, "{}"), after(60)),
    ] {
        let server = Server::start(vec![answer.clone()]).await;
        let error = server.repository().await.unwrap_err();
        assert!(
            matches!(error, GithubError::RateLimited { until: told } if told == until),
            "{answer:?}: {error:?}"
        );
        assert_eq!(server.asked().len(), 1, "{answer:?}");
    }
}

#[tokio::test]
async fn what_passes_is_asked_for_again_and_what_does_not_pass_is_unavailable() {
    for passing in [
        said(500, ""),
        said(502, "<html>"),
        said(503, ""),
        said(202, "{}"),
        with(429, &[("retry-after", "0")], "{}"),
    ] {
        let server = Server::start(vec![passing.clone(), said(200, PAY)]).await;
        assert_eq!(server.repository().await.unwrap(), "octo/pay", "{passing:?}");
        assert_eq!(server.asked().len(), 2, "{passing:?}");
    }
    for lasting in [said(500, ""), said(202, "{}")] {
        let server = Server::start(vec![lasting.clone()]).await;
        assert_eq!(server.repository().await.unwrap_err().code(), "github_unavailable", "{lasting:?}");
        assert_eq!(server.asked().len(), 2, "{lasting:?}");
    }
}

#[tokio::test]
async fn a_renamed_repository_is_followed_within_github_and_never_elsewhere() {
    let server = Server::start(vec![with(301, &[("location", "/repositories/7")], ""), said(200, PAY)]).await;
    assert_eq!(server.repository().await.unwrap(), "octo/pay");
    assert_eq!(server.asked(), ["/repos/octo/pay", "/repositories/7"]);

    let thief = Server::start(vec![said(200, PAY)]).await;
    for status in [301, 302, 307, 308] {
        let server = Server::start(vec![with(status, &[("location", &thief.url)], "")]).await;
        assert_eq!(server.repository().await.unwrap_err().code(), "github_unavailable");
    }
    let round = Server::start(vec![with(301, &[("location", "/repos/octo/pay")], "")]).await;
    assert_eq!(round.repository().await.unwrap_err().code(), "github_unavailable");
    assert_eq!(round.asked().len(), 4);
    assert_eq!(thief.asked(), [""; 0]);
}

#[tokio::test]
async fn a_page_of_another_host_is_not_followed() {
    let thief = Server::start(vec![said(200, "[]")]).await;
    let link = format!("<{}/repositories/7/commits?page=2>; rel=\"next\"", thief.url);
    let server = Server::start(vec![with(200, &[("link", &link)], "[]")]).await;
    let github = server.github();
    let session = github.with_token("gho_secret", Patience::Short);
    assert_eq!(fetch_listing(&session, &[]).await.unwrap_err().code(), "github_unavailable");
    assert_eq!((server.asked().len(), thief.asked().len()), (1, 0));
}
