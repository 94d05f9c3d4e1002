//! What a verifier takes and what it refuses.
#![expect(clippy::unwrap_used, reason = "a test panics where it cannot go on")]

use std::time::Duration;

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use maru_auth::{Audience, Role, Signer, Verifier};

struct Issuer {
    pair: Ed25519KeyPair,
    signer: Signer,
    verifier: Verifier,
}

fn audience() -> Audience {
    Audience { issuer: "https://maru.example".to_owned(), audience: "maru".to_owned() }
}

fn issuer() -> Issuer {
    let pair = Ed25519KeyPair::generate().unwrap();
    let signer = Signer::new(audience(), pair.to_pkcs8().unwrap().as_ref());
    let verifier = Verifier::new(&audience(), &URL_SAFE_NO_PAD.encode(pair.public_key())).unwrap();
    Issuer { pair, signer, verifier }
}

fn now() -> Timestamp {
    "2026-01-01T00:00:00Z".parse().unwrap()
}

/// A token with this header and these claims, signed rightly.
fn forged(pair: &Ed25519KeyPair, header: &str, claims: &str) -> String {
    let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
    let signature = URL_SAFE_NO_PAD.encode(pair.sign(signed.as_bytes()));
    format!("{signed}.{signature}")
}

fn claims(change: &[(&str, &str)]) -> String {
    let (iat, exp) = (now().as_second().to_string(), (now().as_second() + 900).to_string());
    let mut fields = vec![
        ("sub", "\"usr_1\""),
        ("roles", "[\"USER\"]"),
        ("iss", "\"https://maru.example\""),
        ("aud", "\"maru\""),
        ("iat", &iat),
        ("exp", &exp),
    ];
    for (name, value) in change {
        fields.retain(|(field, _)| field != name);
        if !value.is_empty() {
            fields.push((name, value));
        }
    }
    let fields: Vec<String> = fields.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
    format!("{{{}}}", fields.join(","))
}

const GOOD_HEADER: &str = r#"{"alg":"EdDSA","typ":"at+jwt"}"#;

#[test]
fn a_signed_token_is_taken_until_its_time_is_over() {
    let Issuer { signer, verifier, .. } = issuer();
    let token = signer.sign("usr_1", &[Role::Lecturer], now(), Duration::from_secs(900)).unwrap();
    let claims = verifier.verify(&token, now()).unwrap();
    assert_eq!((claims.sub.as_str(), claims.roles.as_slice()), ("usr_1", [Role::Lecturer].as_slice()));
    assert!(verifier.verify(&token, now() + SignedDuration::from_secs(899)).is_ok());
    assert!(verifier.verify(&token, now() + SignedDuration::from_secs(905)).is_err());
    assert!(verifier.verify(&token, now() - SignedDuration::from_secs(60)).is_err());
}

#[test]
fn the_forger_of_these_tests_can_make_a_good_token() {
    let Issuer { pair, verifier, .. } = issuer();
    assert!(verifier.verify(&forged(&pair, GOOD_HEADER, &claims(&[])), now()).is_ok());
}

#[test]
fn anything_else_than_a_good_access_token_is_refused() {
    let Issuer { pair, verifier, .. } = issuer();
    let headers = [
        r#"{"alg":"none","typ":"at+jwt"}"#,
        r#"{"alg":"HS256","typ":"at+jwt"}"#,
        r#"{"alg":"RS256","typ":"at+jwt"}"#,
        r#"{"alg":"ES256","typ":"at+jwt"}"#,
        r#"{"typ":"at+jwt"}"#,
        r#"{"alg":"EdDSA"}"#,
        r#"{"alg":"EdDSA","typ":"JWT"}"#,
        r#"{"alg":"EdDSA","typ":"refresh+jwt"}"#,
        "{}",
        "not json",
    ];
    for header in headers {
        assert!(verifier.verify(&forged(&pair, header, &claims(&[])), now()).is_err(), "{header}");
    }
    let changes: [&[(&str, &str)]; 14] = [
        &[("iss", "\"https://evil.example\"")],
        &[("iss", "")],
        &[("aud", "\"other\"")],
        &[("aud", "")],
        &[("sub", "")],
        &[("exp", "")],
        &[("exp", "0")],
        &[("exp", "\"soon\"")],
        &[("exp", "-1")],
        &[("iat", "")],
        &[("iat", "99999999999")],
        &[("roles", "")],
        &[("roles", "[\"ROOT\"]")],
        &[("roles", "\"ADMIN\"")],
    ];
    for change in changes {
        assert!(verifier.verify(&forged(&pair, GOOD_HEADER, &claims(change)), now()).is_err(), "{change:?}");
    }
}

#[test]
fn a_token_of_another_key_or_with_any_other_byte_is_refused() {
    let Issuer { signer, verifier, .. } = issuer();
    let token = signer.sign("usr_1", &[Role::User], now(), Duration::from_secs(900)).unwrap();
    assert!(issuer().verifier.verify(&token, now()).is_err());
    for (index, _) in token.char_indices() {
        let mut other = token.clone();
        let replacement = if &token[index..=index] == "A" { "B" } else { "A" };
        other.replace_range(index..=index, replacement);
        // The last digit of a part may carry bits that mean nothing; those must be refused too.
        assert!(verifier.verify(&other, now()).is_err(), "byte {index}");
    }
    for broken in ["", ".", "..", "a.b.c", "한글.토큰.예", &token[1..], &token[..token.len() - 1]] {
        assert!(verifier.verify(broken, now()).is_err(), "{broken}");
    }
}

#[test]
fn a_public_key_must_be_a_key() {
    for wrong in ["", "short", "!!!", &URL_SAFE_NO_PAD.encode([0; 31])] {
        assert!(Verifier::new(&audience(), wrong).is_err(), "{wrong}");
    }
}
