//! Signature Version 4, by the AWS crate that the SDK itself signs with.

use std::{error::Error, time::SystemTime};

use aws_sigv4::{
    http_request::{self, SignableBody, SignableRequest, SigningSettings},
    sign::v4,
};
use axum::http::HeaderValue;
use reqwest::{Body, Request};
use tracing::subscriber::{NoSubscriber, with_default};

use super::Account;

/// The service's name in signatures; its host is called `bedrock-runtime`
/// (<https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrock.html>).
const SERVICE: &str = "bedrock";

/// Signs `request` and all its headers as of `time`. The headers that this adds are never shown in logs.
pub(super) fn sign(
    request: &mut Request,
    account: &Account,
    time: SystemTime,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let parameters = v4::SigningParams::builder()
        .identity(&account.identity)
        .region(&account.region)
        .name(SERVICE)
        .time(time)
        .settings(SigningSettings::default())
        .build()?
        .into();
    let headers = request.headers().iter();
    let headers = headers.filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
    let body = SignableBody::Bytes(request.body().and_then(Body::as_bytes).unwrap_or_default());
    let signable = SignableRequest::new(request.method().as_str(), request.url().as_str(), headers, body)?;
    // The crate traces whom it signs for.
    let signed = with_default(NoSubscriber::new(), || http_request::sign(signable, &parameters))?;
    let (instructions, _) = signed.into_parts();
    for (name, value) in instructions.headers() {
        let mut value = HeaderValue::try_from(value)?;
        value.set_sensitive(true);
        request.headers_mut().insert(http::HeaderName::try_from(name)?, value);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_the_token_nor_the_signature_is_shown() {
        let account = Account::read(|name| {
            Some(format!("value-of-{name}").to_lowercase()).filter(|_| !name.contains("ENDPOINT"))
        });
        let mut request = Request::new(reqwest::Method::POST, "http://127.0.0.1/".parse().unwrap());
        sign(&mut request, &account.unwrap(), SystemTime::UNIX_EPOCH).unwrap();
        let shown = format!("{request:?}");
        assert!(request.headers()["x-amz-security-token"] == "value-of-aws_session_token");
        assert!(!shown.contains("value-of") && !shown.contains("AWS4-HMAC-SHA256"), "{shown}");
    }
}
