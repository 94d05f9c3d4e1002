//! Credentials stay with the host that they are for.

use maru_partner::PartnerError;

use crate::server::{RETRY, Service, answer, redirect};

#[tokio::test]
async fn a_redirect_to_another_host_takes_nothing_there() {
    let other = Service::start(|_| answer(200, "")).await;
    let there = format!("{}/x", other.url);
    let service = Service::start(move |_| redirect(301, &there)).await;
    let call = service.partner().get(["x"]).bearer("secret").redirects(5).send(&RETRY).await;
    let error = call.unwrap_err();
    assert!(matches!(&error, PartnerError::Elsewhere { host, .. } if host == "127.0.0.1"), "{error:?}");
    assert!(other.seen().is_empty());
}

#[tokio::test]
async fn a_redirect_within_the_partner_is_followed_with_its_credentials() {
    let service = Service::start(|number| match number {
        0 => redirect(301, "/repositories/7"),
        _ => answer(200, "moved"),
    })
    .await;
    let given = service.partner().get(["x"]).bearer("secret").redirects(5).send(&RETRY).await.unwrap();
    assert_eq!((&given.body[..], given.url.path()), (&b"moved"[..], "/repositories/7"));
    assert_eq!(service.seen()[1].headers["authorization"], "Bearer secret");
}

#[tokio::test]
async fn redirects_are_answers_unless_the_caller_wants_them_followed() {
    let service = Service::start(|_| redirect(302, "/again")).await;
    let partner = service.partner();
    assert_eq!(partner.get(["x"]).send(&RETRY).await.unwrap().status.as_u16(), 302);
    assert_eq!(partner.get(["x"]).redirects(2).send(&RETRY).await.unwrap().status.as_u16(), 302);
    assert_eq!(partner.post(["x"]).redirects(2).send(&RETRY).await.unwrap().status.as_u16(), 302);
    assert_eq!(service.seen().len(), 1 + 3 + 1);
}

#[tokio::test]
async fn a_link_is_followed_verbatim_within_the_partner_only() {
    let other = Service::start(|_| answer(200, "")).await;
    let service = Service::start(|_| answer(200, "")).await;
    let partner = service.partner();
    let next = format!("{}/repositories/7/commits?per_page=2&page=2", service.url);
    partner.follow(&next).bearer("secret").send(&RETRY).await.unwrap();
    assert_eq!(service.seen()[0].target, "/repositories/7/commits?per_page=2&page=2");
    for elsewhere in [other.url.as_str(), "https://127.0.0.1/", "http://user@example.com/", "nonsense"] {
        let error = partner.follow(elsewhere).bearer("secret").send(&RETRY).await.unwrap_err();
        assert!(
            matches!(error, PartnerError::Elsewhere { .. } | PartnerError::Request { .. }),
            "{elsewhere}: {error:?}"
        );
    }
    assert!(other.seen().is_empty());
    assert_eq!(service.seen().len(), 1);
}
