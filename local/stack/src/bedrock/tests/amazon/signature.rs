//! The service's side of Signature Version 4, written from its description and not with the crate that signs
//! (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>).

use aws_lc_rs::{digest, hmac};
use axum::http::request::Parts;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

pub(super) const KEY_ID: &str = "AKIDEXAMPLE";
pub(super) const SECRET_KEY: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
pub(super) const TOKEN: &str = "a-session-token";
pub(super) const REGION: &str = "eu-west-1";

/// What `UriEncode` encodes of a path, whatever is encoded in it already.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Whether a request is signed with the keys above, for Bedrock, with all that matters under the signature.
pub(super) fn verify(head: &Parts, body: &[u8]) -> Result<(), String> {
    let header =
        |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let date_time = header("x-amz-date");
    let date = date_time.get(..8).ok_or("no date")?;
    let scope = format!("{date}/{REGION}/bedrock/aws4_request");
    let expected = format!("AWS4-HMAC-SHA256 Credential={KEY_ID}/{scope}, SignedHeaders=");
    let rest = header("authorization").strip_prefix(&expected).ok_or("another credential or scope")?;
    let (signed, signature) = rest.split_once(", Signature=").ok_or("no signature")?;
    for needed in ["content-type", "host", "x-amz-date", "x-amz-security-token"] {
        if !signed.split(';').any(|name| name == needed) {
            return Err(format!("{needed} is not signed"));
        }
    }
    if header("x-amz-security-token") != TOKEN {
        return Err("another session token".to_owned());
    }
    let headers: String = signed.split(';').map(|name| format!("{name}:{}\n", header(name).trim())).collect();
    let path = utf8_percent_encode(head.uri.path(), PATH);
    let canonical = format!("{}\n{path}\n\n{headers}\n{signed}\n{}", head.method, sha256(body));
    let to_sign = format!("AWS4-HMAC-SHA256\n{date_time}\n{scope}\n{}", sha256(canonical.as_bytes()));
    let key = format!("AWS4{SECRET_KEY}").into_bytes();
    let key = [date, REGION, "bedrock", "aws4_request"].iter().fold(key, |key, part| mac(&key, part));
    if hex(&mac(&key, &to_sign)) == signature { Ok(()) } else { Err("another signature".to_owned()) }
}

fn mac(key: &[u8], data: &str) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), data.as_bytes()).as_ref().to_vec()
}

fn sha256(data: &[u8]) -> String {
    hex(digest::digest(&digest::SHA256, data).as_ref())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
