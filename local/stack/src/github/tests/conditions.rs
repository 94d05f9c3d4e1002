//! What GitHub asks of a client: headers, tags, limits.

use std::time::Duration;

use super::*;

#[tokio::test]
async fn an_unchanged_answer_is_short_and_costs_nothing() {
    let service = Service::built_in().await;
    let first = service.get("/user/repos?per_page=2").await;
    let etag = first.header("etag").to_owned();
    assert!(etag.starts_with("W/\"") && first.header("x-ratelimit-remaining") == "4999");
    let again = service.request("minseo-kim", "", "/user/repos?per_page=2").header("if-none-match", &etag);
    let again = Answer::read(again.send().await.unwrap()).await;
    assert_eq!((again.status, again.header("x-ratelimit-remaining")), (304, "4999"));
    assert_eq!((again.header("etag"), &again.body), (etag.as_str(), &Value::Null));
    assert_eq!(again.link("next"), first.link("next"));
    let other = service.request("minseo-kim", "", "/user/repos?per_page=1").header("if-none-match", &etag);
    let other = Answer::read(other.send().await.unwrap()).await;
    assert_eq!((other.status, other.header("x-ratelimit-remaining")), (200, "4998"));
}

#[tokio::test]
async fn the_primary_limit_is_counted_by_account_and_ends_with_its_window() {
    let service = Service::built_in().await;
    let search = "/search/issues?q=is:pr+author:jiwoo-han";
    for left in (0..30).rev() {
        let answer = service.get(search).await;
        assert_eq!((answer.status, answer.header("x-ratelimit-remaining")), (200, left.to_string().as_str()));
    }
    let spent = service.get(search).await;
    assert_eq!((spent.status, spent.header("x-ratelimit-remaining")), (403, "0"));
    assert_eq!(
        (spent.header("x-ratelimit-resource"), spent.header("x-ratelimit-reset")),
        ("search", "1768435260")
    );
    assert!(spent.body["message"].as_str().unwrap().contains("rate limit"));
    assert_eq!(service.get("/user").await.status, 200);
    let limits = service.json("/rate_limit").await;
    assert_eq!(
        (&limits["resources"]["search"]["remaining"], &limits["resources"]["core"]["used"]),
        (&0.into(), &1.into())
    );
    service.clock.advance(Duration::from_secs(60));
    assert_eq!(service.get(search).await.status, 200);
}

#[tokio::test]
async fn limits_and_failures_happen_on_demand() {
    let service = Service::built_in().await;
    let cases = [
        (FaultKind::PrimaryLimit, 403),
        (FaultKind::SecondaryLimit, 403),
        (FaultKind::Throttle, 429),
        (FaultKind::Error, 502),
        (FaultKind::Unauthorized, 401),
        (FaultKind::NotReady, 202),
    ];
    for (kind, status) in cases {
        service.suffer("github/languages:minseo-kim/orders", kind);
        assert_eq!(
            service.get("/repos/minseo-kim/tidewatch/languages").await.status,
            200,
            "another repository"
        );
        let answer = service.get("/repos/minseo-kim/orders/languages").await;
        assert_eq!(answer.status, status, "{kind:?}");
        match kind {
            FaultKind::PrimaryLimit => {
                assert_eq!((answer.header("x-ratelimit-remaining"), answer.header("retry-after")), ("0", ""));
                assert_eq!(answer.header("x-ratelimit-reset"), "1768435201");
            }
            FaultKind::SecondaryLimit | FaultKind::Throttle => assert_eq!(answer.header("retry-after"), "1"),
            _ => {}
        }
        assert_eq!(service.get("/repos/minseo-kim/orders/languages").await.status, 200, "it passes");
    }
    service.suffer("github", FaultKind::Half);
    let half = service.request("minseo-kim", "", "/user").send().await.unwrap();
    assert!(half.bytes().await.is_err());
}

#[tokio::test]
async fn who_does_not_say_who_they_are_or_says_it_wrongly_is_refused() {
    let service = Service::built_in().await;
    let user = format!("{}/api/user", service.base);
    let status = async |request: RequestBuilder| Answer::read(request.send().await.unwrap()).await;
    assert_eq!(status(service.client.get(&user)).await.body["message"], "Requires authentication");
    let bad = status(service.client.get(&user).bearer_auth("gho_wrong")).await;
    assert_eq!((bad.status, &bad.body["message"]), (401, &"Bad credentials".into()));
    assert_eq!(status(service.request("nobody", "", "/user")).await.status, 401);
    assert_eq!(status(Client::new().get(&user)).await.status, 403, "without a user agent");
    let version = service.request("minseo-kim", "", "/user").header("x-github-api-version", "2026-03-10");
    assert_eq!(status(version).await.status, 400);
    let anybody = status(service.client.get(format!("{}/api/repos/minseo-kim/orders", service.base))).await;
    assert_eq!((anybody.status, anybody.header("x-ratelimit-limit")), (200, "60"));
    assert_eq!(status(service.client.post(format!("{}/api/user/repos", service.base))).await.status, 404);
}
