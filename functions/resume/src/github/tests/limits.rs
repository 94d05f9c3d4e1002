//! GitHub's secondary limits, and repositories that take too long.

use std::time::{Duration, Instant};

use super::collect::collect_within;
use super::*;

/// Long enough to see that nothing happens.
const MOMENT: Duration = Duration::from_millis(200);

async fn until_limited(session: &Session<'_>) {
    while session.silence.left().is_none() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

#[tokio::test]
async fn a_worker_waits_a_minute_and_lets_no_other_request_out_meanwhile() {
    // With the usual header, and without it: "at least one minute".
    for limit in [with(403, &[("retry-after", "60")], SECONDARY), said(403, SECONDARY)] {
        let server = Server::start(vec![limit.clone(), said(200, PAY)]).await;
        let github = server.github();
        let session = github.with_token("gho_secret", Patience::Long);
        let others = async {
            until_limited(&session).await;
            let others = [session.repository("octo/tide"), session.repository("octo/sea")];
            tokio::time::timeout(MOMENT, futures::future::select_all(others.map(Box::pin))).await
        };
        tokio::select! {
            answered = session.repository("octo/pay") => panic!("{limit:?}: {answered:?}"),
            waited = others => assert!(waited.is_err(), "{limit:?}"),
        }
        assert_eq!(server.asked(), ["/repos/octo/pay"], "{limit:?}");
    }
}

#[tokio::test]
async fn once_the_limit_is_over_all_are_answered() {
    let limit = with(403, &[("retry-after", "1")], SECONDARY);
    let server = Server::start(vec![limit, said(200, PAY)]).await;
    let github = server.github();
    let session = github.with_token("gho_secret", Patience::Long);
    let others = async {
        until_limited(&session).await;
        tokio::join!(session.repository("octo/tide"), session.repository("octo/sea"))
    };
    let (first, (second, third)) = tokio::join!(session.repository("octo/pay"), others);
    assert!(first.is_ok() && second.is_ok() && third.is_ok(), "{first:?} {second:?} {third:?}");
    assert_eq!(server.asked().len(), 4);
}

#[tokio::test]
async fn a_limit_that_lasts_too_long_ends_all_at_once_without_asking_again() {
    let server = Server::start(vec![with(403, &[("retry-after", "600")], SECONDARY)]).await;
    let github = server.github();
    let session = github.with_token("gho_secret", Patience::Long);
    for name in ["octo/pay", "octo/tide"] {
        let error = session.repository(name).await.unwrap_err();
        let GithubError::RateLimited { until } = error else { panic!("{name}: {error:?}") };
        assert!((after(590)..=after(600)).contains(&until), "{name}: {until}");
    }
    assert_eq!(server.asked(), ["/repos/octo/pay"]);
}

#[tokio::test]
async fn a_spent_hour_is_no_pause_of_the_session() {
    let reset = after(1_800).as_second().to_string();
    let spent = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", reset.as_str())];
    // As the search has an hour of its own, of thirty requests a minute.
    let server = Server::start(vec![with(403, &spent, SECONDARY), said(200, PAY)]).await;
    let github = server.github();
    let session = github.with_token("gho_secret", Patience::Long);
    assert_eq!(session.repository("octo/pay").await.unwrap_err().code(), "github_rate_limited");
    assert!(session.repository("octo/pay").await.is_ok());
}

#[tokio::test]
async fn a_repository_that_is_too_slow_is_given_up_in_its_own_time() {
    // Takes connections and never answers.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = Server { answers: Arc::default(), asked: Arc::default(), url };
    let github = server.github();
    let session = github.with_token("gho_secret", Patience::Long);
    let begun = Instant::now();
    let error = collect_within(MOMENT, &session, &connection(), "octo/pay").await.unwrap_err();
    assert_eq!(error.code(), "github_unavailable");
    // One attempt alone would take fifteen seconds.
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
}
